"""The order of things: every beat of every matter is played at its time, the earliest first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ascolto.config.demo import acting
from ascolto.config.demo.acting import Matter
from ascolto.config.demo.house import House
from ascolto.config.demo.letters import Enclosed
from ascolto.staff.models import Colleague


@dataclass(frozen=True, slots=True)
class Beat:
    """One deed in a matter; `deed` is a key of `_CUSTOMERS` or `_COLLEAGUES`."""

    at: datetime
    deed: str
    text: str = ""
    by: str = ""
    team: str = ""
    person: str = ""
    html: str = ""
    files: Sequence[Enclosed] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    matter: Matter
    beats: tuple[Beat, ...]


def perform(house: House, scenes: Iterable[Scene], *, now: datetime) -> None:
    """Play what has happened by `now`. What comes later is left for the people at the desk."""
    played = [
        (beat.at, number, step, scene.matter, beat)
        for number, scene in enumerate(scenes)
        for step, beat in enumerate(scene.beats)
        if beat.at + acting.LEAVING <= now
    ]
    for _, _, _, matter, beat in sorted(played, key=lambda one: one[:3]):
        _play(house, matter, beat)


def _play(house: House, matter: Matter, beat: Beat) -> None:
    if beat.deed in _CUSTOMERS:
        _CUSTOMERS[beat.deed](matter, beat)
    else:
        _COLLEAGUES[beat.deed](house, matter, beat, house.colleagues[beat.by])


def _hands_over(house: House, matter: Matter, beat: Beat, by: Colleague) -> None:
    acting.hands_over(
        matter,
        house.teams[beat.team],
        reason=beat.text,
        by=by,
        at=beat.at,
        person=house.colleagues.get(beat.person),
    )


def _asks_help(house: House, matter: Matter, beat: Beat, by: Colleague) -> None:
    acting.asks_help(matter, house.colleagues[beat.person], by=by, at=beat.at)


_CUSTOMERS: dict[str, Callable[[Matter, Beat], object]] = {
    "says": lambda matter, beat: acting.says(
        matter, beat.text, at=beat.at, html=beat.html, files=beat.files
    ),
    "comes_back": lambda matter, beat: acting.comes_back(matter, at=beat.at),
}
_COLLEAGUES: dict[str, Callable[[House, Matter, Beat, Colleague], None]] = {
    "answers": lambda _, matter, beat, by: acting.answers(
        matter, beat.text, by=by, at=beat.at, files=beat.files
    ),
    "notes": lambda _, matter, beat, by: acting.notes(matter, beat.text, by=by, at=beat.at),
    "takes": lambda _, matter, beat, by: acting.takes(matter, by=by, at=beat.at),
    "resolves": lambda _, matter, beat, by: acting.resolves(
        matter, by=by, at=beat.at, reason=beat.text
    ),
    "drafts": lambda _, matter, beat, by: acting.drafts(matter, beat.text, by=by, at=beat.at),
    "asks_help": _asks_help,
    "hands_over": _hands_over,
}
