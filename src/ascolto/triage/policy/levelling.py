"""Who could take over which case, so that nobody carries far more than the others. Pure.

By rules that each of them could be told: a case goes only to somebody of its team who can do it,
has room and is at work; it stays where something is promised within the hour, where an answer is
being written, and with who knows its customer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

SOON = timedelta(hours=1)  # what ends before that stays: to read oneself in takes longer
KNOWS_HIM = 2  # answers to a customer after which he keeps who knows him
WITHOUT_LIMIT = 8  # cases that count as a full day for who has no limit
SPARED_AFTER = 3  # hostile messages in a day, and the next one is rather for somebody else
MOST_MOVES = 50  # at once: more is no levelling, but another plan of shifts


class Why(Enum):
    """Why the case goes to this person."""

    CAN = "can"  # he can do what it is about
    MATE = "mate"  # what it is about cannot be told; he is of the team


class Stays(Enum):
    """Why a case stays where it is."""

    PROMISED = "promised"  # something is due within the hour, or is late
    WRITING = "writing"  # an answer is begun
    KNOWN = "known"  # the customer knows who has it
    NOBODY = "nobody"  # nobody of its team who can do it has less to do


@dataclass(frozen=True, slots=True)
class Person:
    """`most`: cases he may have, None without limit. `topics`: what he can do, not only learns."""

    id: int
    open: int
    most: int | None
    teams: frozenset[int]
    topics: frozenset[str] = frozenset()
    at_work: bool = True
    hostile: int = 0  # messages read today

    def load(self, more: int = 0) -> float:
        """How full his day is, with `more` cases: 1 is as many as were agreed."""
        return (self.open + more) / max(1, self.most or WITHOUT_LIMIT)


@dataclass(frozen=True, slots=True)
class Held:
    """An open case in somebody's hands. `topic` is empty where it cannot be told."""

    id: int
    holder: int
    team: int
    topic: str = ""
    due_at: datetime | None = None
    is_written_in: bool = False
    answers: int = 0  # of the holder to this customer
    hostile: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    case: int
    holder: int
    to: int
    why: Why


@dataclass(slots=True)
class Plan:
    moves: list[Move] = field(default_factory=list)
    stay: dict[int, Stays] = field(default_factory=dict)  # of who carries most: case -> why


def stays(case: Held, *, now: datetime) -> Stays | None:
    """Why this case is not given away, whoever else had time; None if it may be."""
    if case.due_at is not None and case.due_at <= now + SOON:
        return Stays.PROMISED
    if case.is_written_in:
        return Stays.WRITING
    return Stays.KNOWN if case.answers >= KNOWS_HIM else None


def level(people: Iterable[Person], cases: Sequence[Held], *, now: datetime) -> Plan:
    """Moves, one at a time from whoever carries most to whoever of the able carries least.

    A move has to help: he who gets the case carries less after it than the other did before. What
    is due last goes first. The same facts always give the same plan.
    """
    plan, by_id = Plan(), {one.id: one for one in people}
    extra = dict.fromkeys(by_id, 0)
    free: dict[int, list[Held]] = {}
    for case in sorted(cases, key=_later_first):
        reason = stays(case, now=now)
        if reason is None and case.holder in by_id:
            free.setdefault(case.holder, []).append(case)
        elif reason is not None:
            plan.stay[case.id] = reason
    while len(plan.moves) < MOST_MOVES and any(free.values()):
        holder = max(
            (by_id[pk] for pk, held in free.items() if held),
            key=lambda one: (one.load(extra[one.id]), one.id),
        )
        case = free[holder.id].pop(0)
        to = _taker(case, holder, by_id.values(), extra)
        if to is None:
            plan.stay[case.id] = Stays.NOBODY
            continue
        extra[holder.id], extra[to.id] = extra[holder.id] - 1, extra[to.id] + 1
        plan.moves.append(Move(case.id, holder.id, to.id, Why.CAN if case.topic else Why.MATE))
    return plan


def _taker(
    case: Held, holder: Person, people: Iterable[Person], extra: dict[int, int]
) -> Person | None:
    before = holder.load(extra[holder.id])
    able = [
        one
        for one in people
        if one.id != holder.id
        and one.at_work
        and case.team in one.teams
        and (not case.topic or case.topic in one.topics)
        and (one.most is None or one.open + extra[one.id] < one.most)
        and not (case.hostile and one.hostile >= SPARED_AFTER)
        and one.load(extra[one.id] + 1) < before
    ]
    return min(able, key=lambda one: (one.load(extra[one.id]), one.id), default=None)


def _later_first(case: Held) -> tuple[bool, float, int]:
    return case.due_at is not None, -case.due_at.timestamp() if case.due_at else 0.0, case.id
