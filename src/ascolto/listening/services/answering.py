"""An answer of ours has left: which mentions does it answer?"""

from collections.abc import Sequence
from datetime import datetime

from ascolto.channels.models import Outgoing
from ascolto.listening.models import Mention
from ascolto.listening.services.settling import answered
from ascolto.timeline.references import NotAReference, referred


def answers_left(outgoing_ids: Sequence[int], *, now: datetime) -> None:
    """Stamp the mentions that these messages answer, with the time at which they left.

    A word of thanks names its mention; an answer from a case names the post that it stands under.
    """
    sent = Outgoing.objects.filter(pk__in=outgoing_ids, sent_at__isnull=False, automatic=False)
    for outgoing in sent.order_by("pk"):
        ids = _mentions(outgoing)
        if ids:
            answered(ids, now=outgoing.sent_at or now)


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
