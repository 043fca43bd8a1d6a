"""An answer in public, under the post, where no case is needed for it. It can be called back."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet

from ascolto.channels.measuring import measure, worded
from ascolto.channels.models import Item, Outgoing
from ascolto.channels.registry import can_carry, manners_of
from ascolto.channels.services import Errand, cancel, queue
from ascolto.listening.models import Mention
from ascolto.listening.services.settling import STANDING, settle
from ascolto.people.policy import Sender
from ascolto.people.services import NotAnIdentity, recognise
from ascolto.staff.models import Colleague
from ascolto.timeline.references import referred


class CannotAnswer(Exception):
    """Nothing can be written there: the channel carries no answers, or the post is gone."""


class InACase(Exception):
    """It is in a case: the answer is written there, so that his other threads hear of it too."""


class NoWords(Exception):
    """An answer needs words."""


class TooLong(Exception):
    """Longer than the channel carries. `args` are the channel, the length and the limit."""


class SomebodyAnswered(Exception):
    """A colleague answered after the author looked. `args`: the id of that answer."""


class NotHis(Exception):
    """It is somebody else's answer, and not for him to call back."""


class TooLate(Exception):
    """It has left, or is leaving."""


@transaction.atomic
def answer(
    mention: Mention, text: str, *, by: Colleague, now: datetime, seen: int | None = None
) -> Outgoing:
    """Answer it in public under the post; it leaves after the author's undo time.

    The same words sent twice are one answer. `seen` is the newest of our answers that its author
    had before him (0: none; None: nobody can tell). Whoever is answered is known from then on.
    """
    held = held_to_speak(mention)
    words = text.strip()
    if not words:
        raise NoWords(held.reference)
    if held.standing == STANDING.CASE:
        raise InACase(held.reference)
    said = as_said(held, words)
    ours = our_answers(held)
    same = ours.filter(author=by, text=said).first()
    if same is not None:
        return same
    newest = ours.order_by("-pk").first()
    if seen is not None and newest is not None and newest.pk > seen:
        raise SomebodyAnswered(newest.pk)
    return speak(held, said, key=f"mention-{uuid4().hex}", ends=STANDING.ANSWERED, by=by, now=now)


@transaction.atomic
def call_back(outgoing_id: int, *, by: Colleague, now: datetime) -> Mention:
    """Call an answer, or a word of thanks, back before it leaves: the mention waits again.

    Its words stay with the message, to be written anew. Raises `NotHis` and `TooLate`.
    """
    outgoing = Outgoing.objects.select_related("identity", "author").get(pk=outgoing_id)
    mention = Mention.objects.get(pk=referred(outgoing.subject_ref, kind="mention"))
    if outgoing.author_id != by.pk:
        raise NotHis(outgoing_id)
    if not cancel(outgoing, now=now):
        raise TooLate(outgoing_id)
    wait_again(mention, by=by, now=now)
    return mention


def wait_again(mention: Mention, *, by: Colleague | None, now: datetime) -> None:
    """Nothing of ours is on its way there any more: it waits, if it ended by an answer."""
    ended = Mention.objects.get(pk=mention.pk).standing in {STANDING.ANSWERED, STANDING.THANKED}
    if ended and not our_answers(mention).exists():
        settle(mention, standing=STANDING.WAITING, by=by, now=now)


def our_answers(mention: Mention) -> QuerySet[Outgoing]:
    """What we wrote under it, and that left or will: not what was called back, or failed."""
    return Outgoing.objects.filter(
        subject_ref=mention.reference, cancelled_at=None, failed_at=None, automatic=False
    )


def held_to_speak(mention: Mention) -> Mention:
    """The mention, held until we commit. Raises `CannotAnswer`."""
    held = (
        Mention.objects.select_for_update(of=("self",))
        .select_related("item", "channel", "identity__customer")
        .get(pk=mention.pk)
    )
    answerable = held.item.post.get("answerable")
    if held.gone_at is not None or not answerable or not can_carry(held.channel):
        raise CannotAnswer(held.reference)
    return held


def as_said(mention: Mention, text: str) -> str:
    """The text as it leaves: named where he is not told otherwise, and no longer than fits."""
    manners = manners_of(mention.channel.kind)
    said = worded(text, name=named_as(mention), manners=manners)
    if manners.longest is not None:
        length = measure(said, manners.unit)
        if length > manners.longest:
            raise TooLong(mention.channel.title, length, manners.longest)
    return said


def named_as(mention: Mention) -> str:
    """How his network names him: "@giulia.example"."""
    return str(mention.item.post.get("handle") or "")


def speak(  # noqa: PLR0913 # to what, which words, by whose hand, and what it ends by
    held: Mention,
    said: str,
    *,
    key: str,
    ends: str,
    by: Colleague,
    now: datetime,
    wait: timedelta | None = None,
) -> Outgoing:
    """Put our words into the outbox; the mention has ended by them.

    They wait for the author's undo time, unless he had it before.
    """
    if held.identity is None:
        _meet(held, now=now)
    assert held.identity is not None  # noqa: S101 # met above, or refused
    outgoing = queue(
        Errand(
            key,
            held.channel,
            held.identity,
            said,
            subject_ref=held.reference,
            author=by,
            in_reply_to=held.item.message_id,
            public=held.item.public,
            answers=held.item.post["answerable"],
        ),
        now=now,
        wait=timedelta(seconds=by.undo_seconds) if wait is None else wait,
    )
    if held.standing != STANDING.CASE:
        settle(held, standing=ends, by=by, now=now)
    return outgoing


def _meet(mention: Mention, *, now: datetime) -> None:
    post = mention.item.post
    sender = Sender(
        "HANDLE",
        str(post.get("author") or ""),
        mention.author_name,
        shown=named_as(mention),
        aliases=tuple(str(one) for one in post.get("aliases") or ()),
    )
    try:
        mention.identity = recognise(sender, now=now, language=mention.language or "it")
    except NotAnIdentity:
        raise CannotAnswer(mention.reference) from None
    mention.save(update_fields=["identity"])
    Item.objects.filter(pk=mention.item_id, identity=None).update(identity=mention.identity)
