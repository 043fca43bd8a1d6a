from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from ascolto.cases.models import (
    CallRequest,
    Effort,
    MatterLink,
    Message,
    OtherMatter,
    Rating,
    Transfer,
)
from ascolto.cases.queries.ways import outside_threads
from ascolto.channels.models import Attachment, Enclosure, Item
from ascolto.people.queries import records_of
from ascolto.portal.policy import Facts, Standing, machine_address, standing
from ascolto.portal.queries.mine import next_opening
from ascolto.promises.models import Promise
from ascolto.promises.policy.resting import HIS_TURN
from ascolto.promises.queries import running
from ascolto.staff.hours import work_calendar

SHOWN = 100  # the newest so many; a matter with more is told so
ANSWERS = (Promise.Kind.FIRST_ANSWER, Promise.Kind.NEXT_ANSWER)
NEWS = (Promise.Kind.UPDATE, Promise.Kind.RESOLUTION, Promise.Kind.WORD)


@dataclass(frozen=True, slots=True)
class File:
    way: str  # "heard" or "said"
    pk: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Said:
    """One message as its customer sees it. `words` is empty where they are not for his eyes."""

    pk: int
    ours: bool
    who: str
    at: datetime
    words: str
    unverified: bool
    withheld: bool
    automatic: bool
    on_the_phone: bool
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Handed:
    at: datetime
    team: str


@dataclass(frozen=True, slots=True)
class Promised:
    """What we said he would have, beside the next answer. `words` are empty for the usual kinds.

    One that rests has no hour: it has the reason instead.
    """

    kind: str
    words: str
    due_at: datetime | None
    paused_because: str


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter as its customer sees it: never notes, never other people's words."""

    number: str
    subject: str
    customer: str
    standing: Standing
    team: str
    person: str
    opened_at: datetime
    answered_at: datetime | None
    resolved_at: datetime | None
    due_at: datetime | None
    resumes_at: datetime | None
    paused_at: datetime | None
    paused_because: str
    promised: tuple[Promised, ...]
    handed: tuple[Handed, ...]
    messages: tuple[Said, ...]
    earlier: int
    calls: tuple[CallRequest, ...]  # his wishes to be called, the newest first
    to_rate: int  # the answer he may judge, 0 for none
    rating: Rating | None
    may_tell_effort: bool  # it is over, and somebody answered
    effort: int  # from 1 to 7, as he said; 0 if he did not


def matter(link: MatterLink, *, now: datetime) -> Matter:
    """All that the holder of this link may see of its case. Changes nothing."""
    case = link.case
    messages, earlier = _messages(link)
    messages = (*_began(link), *messages)
    clocks = list(running(case.reference))
    clock = next((one for one in clocks if one.kind in ANSWERS), None)
    last = max(
        (said for said in messages if said.ours and not said.automatic),
        key=lambda said: (said.at, said.pk),
        default=None,
    )
    hours = work_calendar(case.team.calendar)
    open_now = hours.is_open(now)
    facts = Facts(
        resolved=case.resolved_at is not None,
        waiting=case.waiting_since is not None,
        answered=last is not None,
        due_at=clock.due_at if clock and clock.paused_at is None else None,
        open_now=open_now,
        paused=clock is not None and clock.paused_at is not None,
    )
    return Matter(
        number=case.number,
        subject=case.subject,
        customer=case.customer.name,
        standing=standing(facts, now=now),
        team=case.team.name,
        person=case.assignee.name if case.assignee else "",
        opened_at=case.opened_at,
        answered_at=last.at if last else None,
        resolved_at=case.resolved_at,
        due_at=facts.due_at,
        resumes_at=None if open_now else next_opening(hours, now=now),
        paused_at=clock.paused_at if clock else None,
        paused_because=clock.pause_reason if clock and clock.paused_at else "",
        promised=_promised(clocks),
        handed=_handed(case.pk),
        messages=messages,
        earlier=earlier,
        calls=tuple(CallRequest.objects.filter(case=case).order_by("-at", "-pk")[:3]),
        to_rate=last.pk if last else 0,
        rating=_rating(last, link),
        may_tell_effort=case.resolved_at is not None and last is not None,
        effort=_effort(link) if case.resolved_at is not None else 0,
    )


def answer_to_rate(link: MatterLink, message_id: int) -> Message | None:
    """An answer of ours to this reader that he may judge."""
    return _ours_to_him(link).filter(pk=message_id, outgoing__automatic=False).first()


def heard_file(link: MatterLink, attachment_id: int) -> Attachment | None:
    """A file that came with a message he can see on this page."""
    file = (
        Attachment.objects.select_related("item__identity")
        .only("name", "content_type", "blob", "item", "item__identity__value")
        .filter(pk=attachment_id, item__message__in=_his(link))
        .first()
    )
    return file if file is not None and _is_shown(link, file.item) else None


def said_file(link: MatterLink, enclosure_id: int) -> Enclosure | None:
    """A file that we sent him in this matter."""
    return Enclosure.objects.filter(
        pk=enclosure_id, outgoing__message__in=_ours_to_him(link)
    ).first()


def _messages(link: MatterLink) -> tuple[tuple[Said, ...], int]:
    shown = _his(link) | _ours_to_him(link)
    newest = list(
        shown.select_related("item__identity", "outgoing", "author", "conversation__identity")
        .defer("item__html", "item__quoted")
        .order_by("-at", "-pk")[: SHOWN + 1]
    )
    earlier = shown.count() - SHOWN if len(newest) > SHOWN else 0
    messages = [message for message in newest[:SHOWN] if not _by_machine(message.item)]
    records = set(records_of(link.case.customer_id))
    files = _files(messages)
    said = tuple(_said(message, records, files) for message in reversed(messages))
    return said, earlier


def _began(link: MatterLink) -> tuple[Said, ...]:
    """His words that this case began with: they stand in a message of another case of his."""
    whole = OtherMatter.objects.select_related("message__item", "message__conversation__identity")
    found = whole.filter(case=link.case_id).first()
    if found is None:
        return ()
    said = _said(found.message, set(records_of(link.case.customer_id)), {})
    return (replace(said, words=found.words if said.words else ""),)


def _said(message: Message, records: set[int], files: dict[int, list[File]]) -> Said:
    ours = message.outgoing is not None
    stranger = not ours and message.conversation.identity.customer_id not in records
    automatic = message.outgoing is not None and message.outgoing.automatic
    on_the_phone = message.proof == Message.Proof.CALL  # our notes of a call are for ourselves
    return Said(
        pk=message.pk,
        ours=ours,
        who="" if stranger else _author(message),
        at=message.at,
        words="" if stranger or on_the_phone else message.text.strip(),
        unverified=message.proof in {Message.Proof.OTHER_ADDRESS, Message.Proof.SAME_ADDRESS},
        withheld=stranger,
        automatic=automatic,
        on_the_phone=on_the_phone,
        files=() if stranger else tuple(files.get(message.pk, ())),
    )


def _author(message: Message) -> str:
    if message.outgoing is not None:
        return message.author.name if message.author else ""
    return message.item.author_name if message.item else ""


def _files(messages: Iterable[Message]) -> dict[int, list[File]]:
    by_item = {message.item_id: message.pk for message in messages if message.item_id}
    by_outgoing = {message.outgoing_id: message.pk for message in messages if message.outgoing_id}
    files: dict[int, list[File]] = {}
    for heard in Attachment.objects.filter(item__in=by_item).order_by("pk"):
        pk = by_item[heard.item_id]
        files.setdefault(pk, []).append(File("heard", heard.pk, heard.name, heard.size))
    enclosures = Enclosure.objects.filter(outgoing__in=by_outgoing).values_list(
        "outgoing", "pk", "name", "blob__size"
    )
    for outgoing_id, enclosure_id, name, size in enclosures.order_by("pk"):
        pk = by_outgoing[outgoing_id]
        files.setdefault(pk, []).append(File("said", enclosure_id, name, size))
    return files


def _his(link: MatterLink) -> QuerySet[Message]:
    """What people wrote in this case. Whose words are shown is decided message by message."""
    heard = Message.objects.filter(
        case=link.case_id, item__isnull=False, item__auto=False, item__bulk=False
    )
    return heard.exclude(conversation__in=outside_threads(link.case_id))


def _is_shown(link: MatterLink, item: Item) -> bool:
    """Whether the words of this message, heard in this case, are for his eyes."""
    records = records_of(link.case.customer_id)
    known = Message.objects.filter(
        case=link.case_id, item=item, conversation__identity__customer__in=records
    )
    return not _by_machine(item) and known.exists()


def _ours_to_him(link: MatterLink) -> QuerySet[Message]:
    """What left for him. What still waits to be sent can be called back: it was not said yet."""
    return Message.objects.filter(
        case=link.case_id,
        outgoing__sent_at__isnull=False,
        outgoing__identity__customer__in=records_of(link.case.customer_id),
    )


def _by_machine(item: Item | None) -> bool:
    return item is not None and item.identity is not None and machine_address(item.identity.value)


def _handed(case_id: int) -> tuple[Handed, ...]:
    moves = Transfer.objects.filter(case=case_id).select_related("to_team").order_by("at", "pk")
    return tuple(Handed(move.at, move.to_team.name) for move in moves)


def _promised(clocks: list[Promise]) -> tuple[Promised, ...]:
    """What he was told he would have. News that rest because the turn is his go without saying."""
    return tuple(
        Promised(
            clock.kind,
            clock.words,
            None if clock.paused_at else clock.due_at,
            clock.pause_reason if clock.paused_at else "",
        )
        for clock in clocks
        if clock.kind in NEWS
        and not (clock.kind == Promise.Kind.UPDATE and clock.pause_reason == HIS_TURN)
    )


def _effort(link: MatterLink) -> int:
    told = Effort.objects.filter(case=link.case_id, identity=link.identity_id)
    return told.values_list("score", flat=True).first() or 0


def _rating(last: Said | None, link: MatterLink) -> Rating | None:
    if last is None:
        return None
    return Rating.objects.filter(message=last.pk, identity=link.identity_id).first()
