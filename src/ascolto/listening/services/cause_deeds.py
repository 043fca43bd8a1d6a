"""A person says what asks the same: a name, a move, two that are one, one that is two."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from ascolto.listening.models import Board, Cause, Mention
from ascolto.listening.services.sorting import group_of, keep_group, name_from, spoken
from ascolto.staff.models import Colleague, Team
from ascolto.timeline.services import Fact, Happened, record, record_many

LONGEST_NAME = 120


class NotOfThisBoard(Exception):
    """Causes hold what is said under one post, and in one lane."""


@transaction.atomic
def rename_cause(cause: Cause, *, name: str, by: Colleague, now: datetime) -> None:
    """Its name is a person's from now on. An empty one changes nothing."""
    wanted = " ".join(name.split())[:LONGEST_NAME]
    before = cause.name
    if not wanted or wanted == before:
        return
    cause.name, cause.named_by = wanted, by
    cause.save(update_fields=["name", "named_by"])
    _tell("listening.cause_named", cause, by=by, now=now, name=wanted, before=before)


@transaction.atomic
def give_cause(cause: Cause, *, team: Team, by: Colleague | None, now: datetime) -> None:
    """Another team looks after it. Its cases stay where they are."""
    if cause.team_id == team.pk:
        return
    cause.team = team
    cause.save(update_fields=["team"])
    _tell("listening.cause_given", cause, by=by, now=now, team=team.name)


@transaction.atomic
def move_to_cause(mention: Mention, cause: Cause | None, *, by: Colleague, now: datetime) -> None:
    """It asks the same as those; None: something that nobody else asks. No sorting moves it."""
    _alone(mention.board_id)
    held = Mention.objects.select_for_update(of=("self",)).get(pk=mention.pk)
    if cause is not None and (cause.board_id, cause.lane) != (held.board_id, held.lane):
        raise NotOfThisBoard(held.reference)
    before = held.cause_id
    if before == (cause.pk if cause else None) and held.cause_by_id is not None:
        return
    take_out(held)
    held.cause, held.cause_by = None, by
    if cause is not None:
        fresh = Cause.objects.get(pk=cause.pk)
        group = group_of(fresh)
        group.take(spoken(held))
        keep_group(fresh, group)
        fresh.save(update_fields=["words", "topic"])
        held.cause = fresh
    held.save(update_fields=["cause", "cause_by"])
    mention.cause, mention.cause_by = held.cause, by
    record(
        "listening.cause_moved",
        at=now,
        subject=held.reference,
        by=by,
        team_id=held.team_id,
        cause=held.cause_id,
        before=before,
    )


@transaction.atomic
def split_cause(
    cause: Cause, mention_ids: Collection[int], *, name: str = "", by: Colleague, now: datetime
) -> Cause:
    """These of its comments are another matter: a cause of its own, of the same team."""
    _alone(cause.board_id)
    theirs = list(Mention.objects.filter(cause=cause, pk__in=mention_ids).order_by("pk"))
    if not theirs:
        raise NotOfThisBoard(cause.reference)
    old, new = group_of(Cause.objects.get(pk=cause.pk)), group_of(Cause())
    for one in map(spoken, theirs):
        old.members.append(one.id)
        old.lose(one)
        new.take(one)
    wanted = " ".join(name.split())[:LONGEST_NAME]
    made = Cause(board_id=cause.board_id, lane=cause.lane, team_id=cause.team_id, made_at=now)
    made.name, made.named_by = wanted or name_from(new, theirs), by if wanted else None
    keep_group(made, new)
    made.save()
    keep_group(cause, old)
    cause.save(update_fields=["words", "topic"])
    Mention.objects.filter(pk__in=[one.pk for one in theirs]).update(cause=made, cause_by=by)
    _tell("listening.cause_split", made, by=by, now=now, name=made.name, before=cause.name)
    return made


@transaction.atomic
def join_causes(cause: Cause, *, into: Cause, by: Colleague, now: datetime) -> None:
    """Two are one: its comments go to the other, which keeps its name. Done twice it is done.

    What it knows of its words stays with it, so that those who come later still find it.
    """
    _alone(cause.board_id)
    one, other = Cause.objects.get(pk=cause.pk), Cause.objects.get(pk=into.pk)
    if one.joined_at is not None or one.pk == other.pk:
        return
    same = (one.board_id, one.lane) == (other.board_id, other.lane)
    if not same or other.joined_at is not None:  # else two could be joined in a ring
        raise NotOfThisBoard(one.reference)
    other.case_ref = other.case_ref or one.case_ref
    other.save(update_fields=["case_ref"])
    Mention.objects.filter(cause=one).update(cause=other)
    one.joined_into, one.joined_at = other, now
    one.save(update_fields=["joined_into", "joined_at"])
    cause.joined_into, cause.joined_at = other, now
    _tell("listening.cause_joined", one, by=by, now=now, into=other.name, name=one.name)


def take_out(mention: Mention) -> None:
    """Out of its cause, which forgets its words. Not saved: the caller says where it goes."""
    if mention.cause_id is None:
        return
    cause = Cause.objects.get(pk=mention.cause_id)
    group, said = group_of(cause), spoken(mention)
    group.said.subtract(Counter(said.said))
    group.size = max(0, group.size - 1)
    group.topics[said.topic] -= 1
    keep_group(cause, group)
    cause.save(update_fields=["words", "topic"])
    mention.cause = mention.cause_by = None


def _alone(board_id: int | None) -> None:
    """Nobody sorts this board until we commit."""
    Board.objects.select_for_update(no_key=True, of=("self",)).filter(pk=board_id or 0).first()


def _tell(kind: str, cause: Cause, *, by: Colleague | None, now: datetime, **facts: str) -> None:
    said: dict[str, Fact] = {"board": cause.board_id, **facts}
    record_many([Happened(kind, now, cause.reference, None, by, cause.team_id, said)])
