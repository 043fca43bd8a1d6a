"""The fictional company moves in, and out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ascolto.channels.models import Channel
from ascolto.config.demo import acting
from ascolto.config.demo.articles import write_articles
from ascolto.config.demo.cast import PEOPLE
from ascolto.config.demo.heard import hear
from ascolto.config.demo.house import SIGNS_IN, House, build, password
from ascolto.config.demo.inbox import inbox
from ascolto.config.demo.letters import Letter, raw_mail
from ascolto.config.demo.past import past
from ascolto.config.demo.stage import perform
from ascolto.config.demo.two_matters import two_in_one
from ascolto.desk.demo_emptying import NotTheDemo, RealMail, empty
from ascolto.staff.models import Colleague, Company

__all__ = ["NotTheDemo", "RealMail", "SignIn", "empty", "is_fresh", "load", "sign_in"]


class NotFresh(Exception):
    """Somebody lives here already: the fiction moves only into an empty house."""


@dataclass(frozen=True, slots=True)
class SignIn:
    email: str
    password: str


def is_fresh() -> bool:
    """Whether nobody has set this installation up yet."""
    return not Company.objects.exists() and not Colleague.objects.exists()


def sign_in() -> SignIn | None:
    """How a visitor enters the demo company; None where there is none."""
    if not Company.objects.filter(is_demo=True).exists():
        return None
    return SignIn(SIGNS_IN, password())


def load(*, now: datetime) -> None:
    """Move Alba Telefonia in, with six weeks of history and a desk full of work.

    Everything is made by the real services, at the times of the story. All of it or nothing, and
    no job is left for a worker to do.
    """
    if not is_fresh():
        raise NotFresh
    with acting.in_one_go():
        house = build(now=now)
        for number, person in enumerate(PEOPLE):
            acting.meet(person, since=now - timedelta(days=300 + 53 * (number % 29)))
        _receipts(house, on=False)
        perform(house, past(house, now=now), now=now)
        _receipts(house, on=True)
        perform(house, inbox(house, now=now), now=now)
        perform(house, two_in_one(house, now=now), now=now)
        _odds_and_ends(house, now=now)
        hear(house, now=now)
        write_articles(house, now=now)
        acting.sweep_up()


def _receipts(house: House, *, on: bool) -> None:
    """Automatic receipts came into use only lately in this house: it keeps the story short."""
    for channel in house.channels.values():
        if channel.kind != Channel.Kind.PORTAL:
            channel.acknowledges = on
            channel.save(update_fields=["acknowledges"])


def _odds_and_ends(house: House, *, now: datetime) -> None:
    """Mail that opens no case: automatic answers, and a form nobody can read."""
    for hours, name, local, text in [
        (5, "Farmacia San Secondo", "farmacia", "Siamo chiusi per ferie fino a lunedì."),
        (29, "Enrico Sartori", "e.sartori", "Sono fuori ufficio e leggo la posta la sera."),
        (53, "Hannah Keller", "hannah.k", "I am on leave and will answer when I am back."),
    ]:
        at = now - timedelta(hours=hours)
        letter = Letter(
            name=name,
            address=f"{local}@ferie.example",
            to="assistenza@alba.example",
            subject="Risposta automatica: fuori sede",
            text=text,
            at=at,
            key=f"alba-assente-{hours}",
            auto=True,
        )
        acting.arrives(house.channels["assistenza"], raw_mail(letter), at=at)
    _unreadable_form(house.channels["modulo"], at=now - timedelta(hours=3))


def _unreadable_form(form: Channel, *, at: datetime) -> None:
    raw = (
        b'{"address": "mario.rossi(chiocciola)posta", "name": "Mario Rossi", '
        b'"subject": "Richiamatemi", "text": "Il fisso non funziona, chiamatemi dopo le 18."}'
    )
    acting.arrives(form, raw, at=at)
