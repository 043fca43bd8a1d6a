"""Two cases become one, or one becomes two. Nothing is lost, and it can be taken back."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from ascolto.cases.models import (
    Case,
    CaseTag,
    Conversation,
    Draft,
    Follower,
    Message,
    Moved,
    Moving,
    Note,
    Rating,
)
from ascolto.cases.services.hearing import locked_cases
from ascolto.cases.services.standing import STANDING
from ascolto.cases.services.telling import tell
from ascolto.cases.services.turns import show_newest_words, start_clock_if_silent, take_turn
from ascolto.people.queries import records_of
from ascolto.promises.queries import ANSWERS
from ascolto.promises.services import carrying
from ascolto.staff.models import Colleague


class SameCase(Exception):
    """A case is merged into another one."""


class AlreadyMerged(Exception):
    """One of the two has become part of another case."""


class OtherCustomer(Exception):
    """Cases of two customers stay two, unless their records are merged."""


class NothingToSplit(Exception):
    """A split takes some messages with it and leaves some where they are."""


class GrewMeanwhile(Exception):
    """More happened there since: merging the two again loses nothing, undoing would."""


@transaction.atomic
def merge(origin: Case, *, into: Case, by: Colleague, now: datetime) -> Moving:
    """Make `origin` part of another case of the same customer.

    Messages, notes, drafts, tags, followers and clocks go there; of each kind of clock the nearer
    one runs on. The origin stays as a signpost: links of the customer and new mails follow it.
    """
    origin, target = _two(origin.pk, into.pk)
    if target.customer_id not in records_of(origin.customer_id):
        raise OtherCustomer(origin.number, target.number)
    reason = f"unito a {target.number}"
    clocks = carrying.carry(origin.reference, target.reference, reason=reason, by=by, now=now)
    moving = Moving.objects.create(
        kind=Moving.Kind.MERGE, origin=origin, target=target, by=by, at=now
    )
    _move_messages(moving, origin.messages.all(), into=target)
    _move_notes(moving, origin, into=target)
    moving.before = {
        "resolved_at": origin.resolved_at.isoformat() if origin.resolved_at else None,
        "resolved_by": origin.resolved_by_id,
        "target_resolved": target.resolved_at is not None,
        "moved_clocks": clocks.moved,
        "waived_clocks": clocks.waived,
        **_join(origin, target, now=now),
    }
    moving.save(update_fields=["before"])
    origin.merged_into, origin.snoozed_until = target, None
    origin.resolved_at, origin.resolved_by = origin.resolved_at or now, origin.resolved_by or by
    _reckon(origin, at=now)
    if target.resolved_at is not None and moving.before["resolved_at"] is None:
        target.resolved_at = target.resolved_by = None  # what is still open stays open
    _reckon(target, at=now)
    tell("cases.merged", origin, at=now, by=by, other=target.number, came=False)
    tell("cases.merged", target, at=now, by=by, other=origin.number, came=True)
    return moving


@transaction.atomic
def split(
    case: Case, message_ids: Collection[int], *, subject: str, by: Colleague, now: datetime
) -> Moving:
    """Take these messages into a new case of the same customer, with a clock of their own.

    The clock of the answer goes with them, if nobody waits for an answer in what remains.
    """
    origin = locked_cases([case.pk])[case.pk]
    chosen = list(origin.messages.filter(pk__in=message_ids).order_by("at", "pk"))
    if not chosen or not origin.messages.exclude(pk__in=message_ids).exists():
        raise NothingToSplit(origin.number)
    new = Case.objects.create(
        customer=origin.customer,
        subject=(" ".join(subject.split()) or chosen[0].subject or origin.subject)[:300],
        team=origin.team,
        assignee=origin.assignee,
        opened_at=chosen[0].at,
        last_at=chosen[0].at,
        last_channel_kind=origin.last_channel_kind,
        priority=origin.priority,
    )
    moving = Moving.objects.create(kind=Moving.Kind.SPLIT, origin=origin, target=new, by=by, at=now)
    _move_messages(moving, chosen, into=new)
    _reckon(origin, at=now)
    if origin.waiting_since is None:
        clocks = carrying.hand_on(origin.reference, new.reference, kinds=ANSWERS)
        moving.before = {"moved_clocks": clocks, "waived_clocks": []}
        moving.save(update_fields=["before"])
        _reckon(origin, at=now)
    if not moving.before.get("moved_clocks"):
        start_clock_if_silent(new)
    _reckon(new, at=now)
    facts = {"messages": len(chosen)}
    tell("cases.split", origin, at=now, by=by, other=new.number, came=False, **facts)
    tell("cases.split", new, at=now, by=by, other=origin.number, came=True, **facts)
    return moving


@transaction.atomic
def undo_move(moving: Moving, *, by: Colleague, now: datetime) -> Case:
    """Put everything back where it was. The case it came from. What came since stays.

    A split whose new case has grown is not undone (`GrewMeanwhile`); merge the two instead.
    """
    locked_cases([moving.origin_id, moving.target_id], follow=False)
    moving = Moving.objects.select_for_update().get(pk=moving.pk)
    origin, target = _fresh(moving.origin_id), _fresh(moving.target_id)
    if moving.undone_at is not None:
        return origin
    moved = set(moving.moved.values_list("message_id", flat=True))
    if moving.kind == Moving.Kind.SPLIT:
        if target.messages.exclude(pk__in=moved).exists() or target.notes.exists():
            raise GrewMeanwhile(target.number)
        carrying.carry(
            target.reference,
            origin.reference,
            reason=f"unito a {origin.number}",
            by=by,
            now=now,
        )
        target.merged_into, target.resolved_at, target.resolved_by = origin, now, by
    else:
        if origin.merged_into_id != target.pk:
            raise AlreadyMerged(origin.number)
        carrying.carry_back(
            origin.reference,
            moved=moving.before.get("moved_clocks", []),
            waived=moving.before.get("waived_clocks", []),
        )
        _part(origin, target, moving.before)
    _put_back(moving, origin, target)
    for one in (origin, target):
        _reckon(one, at=now)
    moving.undone_at, moving.undone_by = now, by
    moving.save(update_fields=["undone_at", "undone_by"])
    tell("cases.move_undone", origin, at=now, by=by, other=target.number)
    tell("cases.move_undone", target, at=now, by=by, other=origin.number)
    return origin


def _two(origin_id: int, target_id: int) -> tuple[Case, Case]:
    """Both, locked in the order of their ids."""
    if origin_id == target_id:
        raise SameCase(origin_id)
    held = locked_cases([origin_id, target_id], follow=False)
    origin, target = held[origin_id], held[target_id]
    for one in (origin, target):
        if one.merged_into_id is not None:
            raise AlreadyMerged(one.number)
    return origin, target


def _fresh(case_id: int) -> Case:
    return Case.objects.select_related("team", "customer").get(pk=case_id)


def _move_messages(moving: Moving, messages: Iterable[Message], *, into: Case) -> None:
    """Each into the conversation of the same channel and address, made if there is none."""
    threads = {(one.channel_id, one.identity_id): one for one in into.conversations.all()}
    moved = []
    chosen = list(
        Message.objects.select_related("conversation").filter(pk__in=[one.pk for one in messages])
    )
    for message in chosen:
        old = message.conversation
        key = (old.channel_id, old.identity_id)
        if key not in threads:
            threads[key] = Conversation.objects.create(
                case=into, channel_id=key[0], identity_id=key[1], opened_at=message.at
            )
        moved.append(Moved(moving=moving, message=message, conversation=old))
        message.case, message.conversation = into, threads[key]
    Message.objects.bulk_update(chosen, ["case", "conversation"], batch_size=500)
    Moved.objects.bulk_create(moved)
    Rating.objects.filter(message__in=chosen).update(case=into)


def _move_notes(moving: Moving, origin: Case, *, into: Case) -> None:
    notes = list(origin.notes.all())
    Moved.objects.bulk_create(Moved(moving=moving, note=note) for note in notes)
    Note.objects.filter(pk__in=[note.pk for note in notes]).update(case=into)


def _join(origin: Case, target: Case, *, now: datetime) -> dict[str, Any]:
    """Drafts, tags and followers of the origin go along; what went, to be put back."""
    taken = {(one.author_id, one.kind) for one in target.drafts.all()}
    # Two drafts of one person cannot be one: the other stays where it is, and is shown there.
    drafts = [one for one in origin.drafts.all() if (one.author_id, one.kind) not in taken]
    kept = [[one.pk, one.conversation_id] for one in drafts]
    Draft.objects.filter(pk__in=[one.pk for one in drafts]).update(case=target, conversation=None)
    carried = set(target.tags.values_list("pk", flat=True))
    tags = [one for one in CaseTag.objects.filter(case=origin) if one.tag_id not in carried]
    CaseTag.objects.bulk_create(
        CaseTag(case=target, tag_id=one.tag_id, by_id=one.by_id, at=now) for one in tags
    )
    known = set(target.followers.values_list("colleague_id", flat=True))
    new = [one for one in origin.followers.all() if one.colleague_id not in known]
    Follower.objects.bulk_create(
        Follower(case=target, colleague_id=one.colleague_id, why=one.why, since=now) for one in new
    )
    calls = list(origin.call_requests.values_list("pk", flat=True))
    origin.call_requests.update(case=target)
    return {
        "drafts": kept,
        "tags": [one.tag_id for one in tags],
        "followers": [one.colleague_id for one in new],
        "calls": calls,
    }


def _part(origin: Case, target: Case, before: dict[str, Any]) -> None:
    """What `_join` took goes back; the origin is open, or resolved, as it was."""
    for pk, thread in before.get("drafts", []):
        draft = Draft.objects.filter(pk=pk, case=target).first()
        if draft is None:
            continue
        here = origin.drafts.filter(author=draft.author_id, kind=draft.kind)
        if not here.exists():
            draft.case, draft.conversation_id = origin, thread
            draft.save(update_fields=["case", "conversation"])
    CaseTag.objects.filter(case=target, tag__in=before.get("tags", [])).delete()
    Follower.objects.filter(case=target, colleague__in=before.get("followers", [])).delete()
    target.call_requests.filter(pk__in=before.get("calls", [])).update(case=origin)
    was = before.get("resolved_at")
    origin.merged_into = None
    origin.resolved_at = datetime.fromisoformat(was) if was else None
    origin.resolved_by_id = before.get("resolved_by")


def _put_back(moving: Moving, origin: Case, target: Case) -> None:
    """Messages and notes that still stand where they were brought."""
    back = []
    for one in moving.moved.select_related("message", "conversation"):
        if one.message is not None and one.conversation is not None:
            if one.message.case_id != target.pk:
                continue  # it was taken on, to a third case
            one.message.case, one.message.conversation = origin, one.conversation
            back.append(one.message)
        elif one.note_id is not None:
            Note.objects.filter(pk=one.note_id, case=target).update(case=origin)
    Message.objects.bulk_update(back, ["case", "conversation"], batch_size=500)
    Rating.objects.filter(message__in=back).update(case=origin)


def _reckon(case: Case, *, at: datetime) -> None:
    """Say anew on the case what its messages and clocks say."""
    show_newest_words(case)
    take_turn(case, at=at)
    case.save(update_fields=[*STANDING, "merged_into"])
