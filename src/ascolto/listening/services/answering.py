"""An answer of ours has left: which mentions does it answer?"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from ascolto.channels.models import Outgoing
from ascolto.listening.models import Mention
from ascolto.listening.services.settling import answered
from ascolto.listening.services.speaking import wait_again
from ascolto.timeline.references import NotAReference, referred


def answers_left(outgoing_ids: Sequence[int], *, now: datetime) -> None:
    """Stamp the mentions that these messages answer, with the time at which they left.

    A word of thanks names its mention; an answer from a case names the post that it stands under.
    So does the line that says where the answer is: what we say in public of ourselves is no
    receipt. That a colleague only said that he read it is one: it is automatic, with an author.
    """
    ours = Q(automatic=False) | Q(public=True, author=None)
    sent = Outgoing.objects.filter(ours, pk__in=outgoing_ids, sent_at__isnull=False)
    for outgoing in sent.order_by("pk"):
        ids = _mentions(outgoing)
        if ids:
            answered(ids, now=outgoing.sent_at or now)


def answers_failed(outgoing_ids: Sequence[int], *, now: datetime) -> None:
    """What we wrote under a mention does not arrive: somebody has to look at it again."""
    for outgoing in Outgoing.objects.filter(pk__in=outgoing_ids, failed_at__isnull=False):
        try:
            mention_id = referred(outgoing.subject_ref, kind="mention")
        except NotAReference:
            continue
        for mention in Mention.objects.filter(pk=mention_id, answered_at=None):
            wait_again(mention, by=None, now=now)


def _mentions(outgoing: Outgoing) -> list[int]:
    try:
        return [referred(outgoing.subject_ref, kind="mention")]
    except NotAReference:
        pass
    if not outgoing.answers and not outgoing.public:
        return []
    named = [name for name in (outgoing.in_reply_to, *outgoing.references) if name]
    mentions = Mention.objects.filter(answered_at=None, identity=outgoing.identity_id)
    by_name = mentions.filter(item__message_id__in=named) if named else mentions.none()
    found = list(by_name.values_list("pk", flat=True))
    if found or not outgoing.answers:
        return found
    return list(
        mentions.filter(item__post__answerable=outgoing.answers).values_list("pk", flat=True)
    )
