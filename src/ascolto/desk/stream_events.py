"""What a live screen is told of a deed, and what it is not told."""

import json
from dataclasses import dataclass, field
from typing import Any

from ascolto.timeline.queries import Cursor
from ascolto.timeline.references import NotAReference, referred

START = Cursor(0, 0)


@dataclass(frozen=True, slots=True)
class Sight:
    """What one viewer may be told: `teams` is None for whoever sees every team.

    A light helper (`by_name`) sees single cases that he was given. To tell him which ones moved
    would take a question to the database for every deed; he is told only that something did.
    """

    teams: frozenset[int] | None
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One deed of the stream, as `timeline.queries.STREAM` gives it."""

    cursor: Cursor
    kind: str
    subject: str
    team_id: int | None
    customer_id: int | None = None

    @classmethod
    def of(cls, columns: tuple[Any, ...]) -> "Row":
        transaction, entry_id, kind, subject, team_id, customer_id = columns[:6]
        return cls(Cursor(transaction, entry_id), kind, subject, team_id, customer_id)

    def event(self, sight: Sight) -> bytes | None:
        """The event for this viewer; None when it is not for him to know of."""
        if sight.by_name or self.team_id is None:
            return bare("changed", self.cursor)
        if sight.teams is not None and self.team_id not in sight.teams:
            return None
        told = {
            "kind": self.kind,
            "subject": self.subject,
            "case": _case(self.subject),
            "customer": self.customer_id,
        }
        return _event("deed", self.cursor, json.dumps(told, separators=(",", ":")))


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody came to a case, went, or began or stopped to write in it. Of no worth later: it has
    no place in the stream, and who missed it hears with the next beat of his own screen."""

    case_id: int
    team_id: int

    @classmethod
    def of(cls, payload: str) -> "Here | None":
        case_id, _colon, team_id = payload.partition(":")
        if not (case_id.isdecimal() and team_id.isdecimal()):
            return None
        return cls(int(case_id), int(team_id))

    def event(self, sight: Sight) -> bytes:
        if sight.by_name or (sight.teams is not None and self.team_id not in sight.teams):
            return b""
        return f'event: presence\ndata: {{"case":{self.case_id}}}\n\n'.encode()


@dataclass(frozen=True, slots=True)
class Batch:
    """Deeds that became visible together. What they look like is worked out once a kind of sight.

    `missed` means that more happened than can be told: the screen has to be drawn anew.
    """

    rows: tuple[Row, ...]
    here: tuple[Here, ...] = ()
    missed: bool = False
    last: Cursor = START
    _drawn: dict[Sight, bytes] = field(default_factory=dict, compare=False)

    def text(self, sight: Sight, *, after: Cursor) -> bytes:
        """The events beyond `after` that this viewer may see; may be empty."""
        if self.missed:
            return bare("resync", self.last)
        if self.here:
            return b"".join(one.event(sight) for one in self.here)
        if self.rows and after < self.rows[0].cursor:
            if sight not in self._drawn:
                self._drawn[sight] = drawn(self.rows, sight)
            return self._drawn[sight]
        return drawn([row for row in self.rows if row.cursor > after], sight)


def batch_of(rows: list[Row]) -> Batch:
    return Batch(tuple(rows), last=rows[-1].cursor)


def missed(at: Cursor) -> Batch:
    return Batch((), missed=True, last=at)


def drawn(rows: "tuple[Row, ...] | list[Row]", sight: Sight) -> bytes:
    """The events of these rows. Of several bare ones in a row the last says it all."""
    events: list[bytes] = []
    was_bare = False
    for row in rows:
        event = row.event(sight)
        if event is None:
            continue
        is_bare = b"event: changed" in event
        if is_bare and was_bare:
            events[-1] = event
        else:
            events.append(event)
        was_bare = is_bare
    return b"".join(events)


def bare(name: str, cursor: Cursor) -> bytes:
    """An event that says nothing but its name, and where the stream is."""
    return _event(name, cursor, "{}")


def _event(name: str, cursor: Cursor, told: str) -> bytes:
    return f"id: {cursor}\nevent: {name}\ndata: {told}\n\n".encode()


def _case(subject: str) -> int | None:
    try:
        return referred(subject, kind="case")
    except NotAReference:
        return None
