"""A second thing that one message asks for, and the case it became."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ascolto.cases.models.case import Case
from ascolto.cases.models.message import Message
from ascolto.cases.models.reading import MessageReading
from ascolto.staff.models import Colleague


class OtherMatter(models.Model):
    """A stretch of a message, `text[starts:ends]`, that is about something else than its beginning.

    The words stay in their message: a case that began with them refers to them, and nobody wrote
    twice. Not settled: somebody is asked. Settled without a case: it is all one matter.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="matters")
    starts = models.PositiveIntegerField()
    ends = models.PositiveIntegerField()
    topic = models.CharField(max_length=20, choices=MessageReading.Topic.choices)
    beside = models.CharField(max_length=20, choices=MessageReading.Topic.choices)  # of the rest
    share = models.FloatField()  # 0 to 1: how sure the reading was of the two, the lesser
    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, null=True, blank=True, related_name="began_as"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Colleague, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # null: it was so clear that nobody was asked

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "starts"], name="a_matter_begins_once"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="a_matter_has_some_words"
            ),
            models.CheckConstraint(
                condition=Q(case=None) | Q(settled_at__isnull=False),
                name="a_matter_with_a_case_is_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} in {self.message_id}"

    @property
    def words(self) -> str:
        """As they were written."""
        return self.message.text[self.starts : self.ends].strip()
