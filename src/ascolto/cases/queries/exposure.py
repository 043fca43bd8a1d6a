"""Insults: which messages stay folded for somebody, what is said beside them, and who read them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, OuterRef, QuerySet

from ascolto.cases.models import Exposure, Message, MessageReading
from ascolto.reading.abuse import is_abusive
from ascolto.staff.models import Colleague

A_DAY = timedelta(days=1)
_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*")


def folded_for(colleague: Colleague, messages: Sequence[Message]) -> frozenset[int]:
    """Of these messages, with their readings, those whose insults he has not opened. One query,
    and none where nobody insults."""
    hostile = {
        one.pk for one in messages if getattr(one, "reading", None) and one.reading.is_hostile
    }
    if not hostile or colleague.shows_abuse:
        return frozenset()
    opened = Exposure.objects.filter(colleague=colleague, message__in=hostile)
    return frozenset(hostile - set(opened.values_list("message_id", flat=True)))


def insulting() -> QuerySet[MessageReading]:
    """Of messages, for `Exists`: that they are angry and insult."""
    return MessageReading.objects.filter(message=OuterRef("pk"), angry=True, abusive=True)


def without_insults(text: str) -> str:
    """The sentences in which nobody is insulted, as they were written: what is asked for."""
    said = [one.strip() for one in _SENTENCE.findall(text)]
    return " ".join(one for one in said if any(map(str.isalnum, one)) and not is_abusive(one))


def hostile_read_by(colleagues: Iterable[Colleague], *, now: datetime) -> dict[int, int]:
    """Hostile messages that each has read within a day, by id; who has none is left out.

    Angry words in a case are read by whose case it is; what is folded away, by who opens it.
    Two queries.
    """
    people = {one.pk: one for one in colleagues}
    lately = MessageReading.objects.filter(
        angry=True, message__case__assignee__in=people, message__at__gt=now - A_DAY
    )
    rows = lately.values_list("message__case__assignee", "abusive").annotate(Count("pk")).order_by()
    counted: Counter[int] = Counter()
    for colleague_id, abusive, many in rows:
        if not abusive or people[colleague_id].shows_abuse:
            counted[colleague_id] += many
    opened = Exposure.objects.filter(colleague__in=people, at__gt=now - A_DAY)
    counted.update(dict(opened.values_list("colleague").annotate(Count("pk")).order_by()))
    return dict(counted)
