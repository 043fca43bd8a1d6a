"""The comments of a board sorted by what they ask, a batch at a time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from ascolto.listening.models import Board, Cause, Mention
from ascolto.listening.policy.causes import Group, Spoken, grouped, name_of
from ascolto.listening.policy.lanes import is_echo
from ascolto.listening.policy.saying import said_in, spelled
from ascolto.listening.services.board_deeds import reopen_for_help
from ascolto.listening.services.holding import hold
from ascolto.listening.services.warning import warn_owner
from ascolto.timeline.services import Fact, Happened, record_many

MOST = 3000  # comments without a cause that are looked at: of more, the newest
SURE = 0.5  # share from which the topic of a comment counts
LONGEST_NAME = 120


@transaction.atomic
def sort_board(board_id: int, *, now: datetime) -> list[Cause]:
    """Give new comments their causes, warn the owner if it is time. The causes that are new.

    Two at once take turns. Who stands in a cause, or was placed by a person, stays there.
    """
    held = Board.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "team", "owner", "channel"
    )
    board = held.get(pk=board_id)
    _note_words(board)
    reopen_for_help(board, now=now)
    made: list[Cause] = []
    placed: dict[int, int] = {}
    for lane in Cause.Lane.values:
        made += _sort_lane(board, lane, placed, now=now)
    _place(placed)
    record_many([_found(cause, now=now) for cause in made])
    warn_owner(board, now=now)
    return made


def spoken(mention: Mention) -> Spoken:
    reading = mention.reading
    sure = reading.get("probabilities", {}).get("topic", 0.0) >= SURE
    return Spoken(mention.pk, said_in(mention.text), reading.get("topic", "") if sure else "")


def group_of(cause: Cause) -> Group:
    known = cause.words
    return Group(
        cause.pk,
        Counter(known.get("said", {})),
        known.get("size", 0),
        Counter(known.get("topics", {})),
    )


def keep_group(cause: Cause, group: Group) -> None:
    """What is known of a cause; not saved yet."""
    cause.words = {
        "said": {name: times for name, times in sorted(group.said.items()) if times > 0},
        "size": group.size,
        "topics": {name: times for name, times in sorted(group.topics.items()) if times > 0},
    }
    cause.topic = group.topic


def name_from(group: Group, mentions: Sequence[Mention]) -> str:
    """A name of its own words, until a person gives it a better one."""
    written = spelled(one.text for one in mentions)
    name = name_of(group.said, group.size, written)
    return (name or mentions[0].text)[:LONGEST_NAME]


def _sort_lane(board: Board, lane: str, placed: dict[int, int], *, now: datetime) -> list[Cause]:
    """The causes that are new; where each comment goes is written into `placed`."""
    fresh = _without_a_cause(board, lane)
    if not fresh:
        return []
    # One that was joined to another goes on knowing its own words: what is like it goes there.
    causes = {one.pk: one for one in Cause.objects.filter(board=board, lane=lane)}
    by_id = {one.pk: one for one in fresh}
    echoes = [one for one in fresh if one.parent_key and is_echo(one.text)]
    asking = [spoken(one) for one in fresh if one not in echoes]
    made = []
    for group in grouped(asking, [group_of(one) for one in causes.values()]):
        known = causes.get(group.id or 0)
        cause = known or Cause(board=board, lane=lane, team=board.team, made_at=now)
        if known is None:
            cause.name = name_from(group, [by_id[pk] for pk in group.members])
            made.append(cause)
        keep_group(cause, group)
        cause.save(update_fields=["words", "topic"] if known else None)
        placed |= dict.fromkeys(group.members, _head(cause, causes))
    placed |= _meant_by(echoes, placed)
    grown = [causes[pk] for pk in sorted(set(placed.values()) & causes.keys())]
    record_many([_grew(one, now=now) for one in grown if one.case_ref])
    return made


def _head(cause: Cause, causes: Mapping[int, Cause]) -> int:
    while cause.joined_into_id is not None:
        cause = causes[cause.joined_into_id]
    return cause.pk


def _without_a_cause(board: Board, lane: str) -> list[Mention]:
    """Calls for help, and questions; oldest first."""
    open_ones = Mention.objects.filter(
        board=board, lane=lane, cause=None, cause_by=None, gone_at=None
    ).exclude(text="")
    if lane == Cause.Lane.OFFER:
        open_ones = open_ones.filter(kind=Mention.Kind.REQUEST)
    newest = open_ones.only("text", "reading", "parent_key").order_by("-pk")[:MOST]
    return sorted(newest, key=lambda one: one.pk)


def _meant_by(echoes: Sequence[Mention], placed: Mapping[int, int]) -> dict[int, int]:
    """Who only says "me too" means what he answers. One query, and none for none."""
    if not echoes:
        return {}
    above = Mention.objects.filter(key__in={one.parent_key for one in echoes})
    known = above.filter(cause__joined_at=None).values_list("key", "pk", "cause")
    causes = {key: placed.get(pk, cause) for key, pk, cause in known}
    meant = {one.pk: causes.get(one.parent_key) for one in echoes}
    return {pk: cause for pk, cause in meant.items() if cause is not None}


def _place(placed: dict[int, int]) -> None:
    """One statement a cause: a handful. Held first in the order in which all take them: whoever
    looks for their cases, or alerts, holds them too."""
    by_cause: dict[int, list[int]] = {}
    hold(placed)
    for mention_id, cause_id in placed.items():
        by_cause.setdefault(cause_id, []).append(mention_id)
    for cause_id, ids in by_cause.items():
        Mention.objects.filter(pk__in=ids).update(cause=cause_id)


def _note_words(board: Board) -> None:
    """When somebody last spoke there, and what it says: its network may tell that late."""
    said = Mention.objects.filter(board=board)
    board.last_heard_at = said.aggregate(last=Max("heard_at"))["last"] or board.last_heard_at
    if not board.title:
        titles = said.exclude(under="").order_by("pk").values_list("under", flat=True)
        board.title = titles.first() or ""
    board.save(update_fields=["last_heard_at", "title"])


def _grew(cause: Cause, *, now: datetime) -> Happened:
    """There is one case for all of it: who came now belongs there too."""
    facts: dict[str, Fact] = {"board": cause.board_id, "case": cause.case_ref}
    return Happened("listening.cause_grew", now, cause.reference, None, None, cause.team_id, facts)


def _found(cause: Cause, *, now: datetime) -> Happened:
    facts: dict[str, Fact] = {"board": cause.board_id, "name": cause.name, "lane": cause.lane}
    return Happened(
        "listening.cause_found", now, cause.reference, team_id=cause.team_id, facts=facts
    )
