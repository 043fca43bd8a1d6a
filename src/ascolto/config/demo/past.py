"""Six weeks of matters, put together by chance from the plots. The same chance every time."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ascolto.config.demo import plot as words
from ascolto.config.demo.acting import Matter
from ascolto.config.demo.cast import PEOPLE, Person
from ascolto.config.demo.house import House
from ascolto.config.demo.letters import ROME, Enclosed, pdf
from ascolto.config.demo.plot import Plot
from ascolto.config.demo.plots_bills import BILLS, COMPLAINTS
from ascolto.config.demo.plots_faults import FAULTS
from ascolto.config.demo.plots_moves import ENGLISH, MOVES
from ascolto.config.demo.stage import Beat, Scene
from ascolto.staff.hours import work_calendar

MATTERS = 138
WEEKS = 6
PLOTS = (*FAULTS, *BILLS, *MOVES, *COMPLAINTS, *ENGLISH)
WHO_ANSWERS = {
    "Assistenza": ("Elena Sala", "Sara Conti", "Marco Vitali", "Nadia Bassi"),
    "Fatture": ("Chiara Lombardi", "Marco Vitali"),
    "Tecnici": ("Davide Greco", "Nadia Bassi"),
    "Reclami": ("Marta Riva", "Paola Ferri"),
}
TEAM_OF = {"assistenza": "Assistenza", "fatture": "Fatture", "reclami": "Reclami"}


@dataclass(slots=True)
class Teller:
    """Tells one matter: keeps the time, and who is speaking."""

    house: House
    chance: random.Random
    plot: Plot
    team: str
    person: Person
    at: datetime

    def work(self, low: int, high: int) -> datetime:
        """Minutes of the team's own working time later."""
        hours = work_calendar(self.house.teams[self.team].calendar)
        self.at = hours.add(self.at, timedelta(minutes=self.chance.randint(low, high)))
        return self.at

    def later(self, low: int, high: int) -> datetime:
        """Minutes later by the clock on the wall."""
        self.at += timedelta(minutes=self.chance.randint(low, high))
        return self.at

    def somebody(self) -> str:
        return self.chance.choice(WHO_ANSWERS[self.team])


def past(house: House, *, now: datetime) -> list[Scene]:
    """Matters of the last six weeks; most are over, the newest are still going on."""
    chance = random.Random(20_080_921)  # noqa: S311 # a story, not a secret
    weights = [plot.share for plot in PLOTS]
    scenes = []
    for number in range(MATTERS):
        plot = chance.choices(PLOTS, weights)[0]
        person = chance.choice([one for one in PEOPLE if one.language == plot.language])
        scenes.append(_scene(house, chance, plot, person, number, _opening(chance, number, now)))
    return scenes


def _opening(chance: random.Random, number: int, now: datetime) -> datetime:
    """Spread over the weeks, at an hour at which people write."""
    whole = timedelta(weeks=WEEKS) - timedelta(hours=30)
    about = now - timedelta(weeks=WEEKS) + whole * number / MATTERS
    hour = chance.choices(range(7, 24), (1, 3, 5, 6, 6, 5, 4, 4, 5, 5, 4, 4, 4, 5, 5, 3, 2))[0]
    wanted = about.astimezone(ROME).replace(hour=hour, minute=chance.randint(0, 59))
    return wanted if wanted < now - timedelta(hours=26) else wanted - timedelta(days=1)


def _scene(  # a scene is where, by which chance, what, who, which one, when
    house: House, chance: random.Random, plot: Plot, person: Person, number: int, at: datetime
) -> Scene:
    slots = {
        "via": chance.choice(words.STREETS),
        "euro": chance.choice(words.SUMS),
        "numero": chance.choice(words.NUMBERS),
        "giorno": chance.choice(words.DAYS),
    }
    matter = Matter(
        key=f"alba-{number}",
        person=person,
        subject=chance.choice(plot.subjects).format(**slots),
        channel=house.channels[plot.mailbox],
    )
    teller = Teller(house, chance, plot, TEAM_OF[plot.mailbox], person, at)
    return Scene(matter, tuple(_filled(beat, slots) for beat in _beats(teller)))


def _beats(teller: Teller) -> Iterator[Beat]:
    plot, chance = teller.plot, teller.chance
    yield Beat(teller.at, "says", _letter(teller))
    who = teller.somebody()
    if chance.random() < 0.3:  # noqa: PLR2004 # the others take a case by answering it
        yield Beat(teller.work(6, 70), "takes", by=who)
    if plot.note and chance.random() < 0.5:  # noqa: PLR2004 # most, not all
        yield Beat(teller.work(2, 20), "notes", plot.note, by=who)
    if plot.handed_to and chance.random() < 0.6:  # noqa: PLR2004 # the others were solved here
        after = chance.choice(WHO_ANSWERS[plot.handed_to])
        at = teller.work(3, 30)
        yield Beat(at, "hands_over", plot.reason, by=who, team=plot.handed_to, person=after)
        teller.team, who = plot.handed_to, after
    late = chance.random() < 0.08  # noqa: PLR2004 # one promise in twelve is not kept
    at = teller.work(260, 420) if late else teller.work(8, 130)
    yield Beat(at, "answers", _answer(teller), by=who, files=_document(plot))
    yield from _ending(teller, who)


def _ending(teller: Teller, who: str) -> Iterator[Beat]:
    plot, chance = teller.plot, teller.chance
    if plot.asks_again:
        yield Beat(teller.later(90, 1300), "says", plot.asks_again)
        yield Beat(teller.work(10, 160), "answers", _dear(teller, plot.second_answer), by=who)
    if plot.thanked and chance.random() < 0.4:  # noqa: PLR2004 # the others just stop writing
        pool = words.THANKS_EN if plot.language == "en" else words.THANKS
        yield Beat(teller.later(40, 900), "says", chance.choice(pool))
        yield Beat(teller.work(5, 60), "resolves", "Ringrazia: non serve risposta", by=who)
        return
    yield Beat(teller.work(500, 2400), "resolves", by=who)


def _letter(teller: Teller) -> str:
    text = teller.chance.choice(teller.plot.openings)
    if teller.plot.language == "en":
        return f"{text}\n\nKind regards,\n{teller.person.signs}"
    return f"{teller.chance.choice(words.GREETINGS)}\n{text}\n\n{teller.person.signs}"


def _answer(teller: Teller) -> str:
    return _dear(teller, teller.chance.choice(teller.plot.answers))


def _dear(teller: Teller, text: str) -> str:
    person = teller.person
    name = person.name if person.firm else person.name.split()[0]
    first = text[:1].lower() + text[1:]
    return f"{'Dear' if teller.plot.language == 'en' else 'Buongiorno'} {name},\n\n{first}"


def _document(plot: Plot) -> tuple[Enclosed, ...]:
    if not plot.document:
        return ()
    data = pdf(plot.document, ["Alba Telefonia S.p.A.", "Documento di prova, senza valore."])
    return (Enclosed(f"{plot.document}.pdf", "application/pdf", data),)


def _filled(beat: Beat, slots: dict[str, str]) -> Beat:
    return Beat(
        beat.at,
        beat.deed,
        beat.text.format(**slots),
        beat.by,
        beat.team,
        beat.person,
        beat.html,
        beat.files,
    )
