"""The house of the fiction: who works there, in which teams, by which ways one reaches it."""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from ascolto.channels.models import Channel
from ascolto.desk.demo_emptying import PASSWORD_FILE
from ascolto.kit.businesstime import Interval
from ascolto.staff.models import Calendar, Colleague, Company, Team
from ascolto.staff.services import join_team, set_hours

NAME = "Alba Telefonia"
DOMAIN = "alba.example"
SIGNS_IN = f"elena.sala@{DOMAIN}"
OPENED = timedelta(days=900)  # how long Alba has been using Ascolto, in the story

# name, role, teams
COLLEAGUES = [
    ("Paola Ferri", "OWNER", ("Reclami",)),
    ("Marta Riva", "SUPERVISOR", ("Assistenza", "Fatture", "Tecnici", "Reclami")),
    ("Elena Sala", "SUPERVISOR", ("Assistenza",)),  # the visitor: she sees the managers' pages
    ("Marco Vitali", "AGENT", ("Assistenza", "Fatture")),
    ("Sara Conti", "AGENT", ("Assistenza",)),
    ("Chiara Lombardi", "AGENT", ("Fatture",)),
    ("Davide Greco", "AGENT", ("Tecnici",)),
    ("Nadia Bassi", "AGENT", ("Tecnici", "Assistenza")),
    ("Tommaso Serra", "HELPER", ()),
]
# name, minutes to the first answer, to the next ones, reserved, open at any hour
TEAMS = [
    ("Assistenza", 240, 480, False, True),
    ("Fatture", 480, 480, False, False),
    ("Tecnici", 240, 360, False, False),
    ("Reclami", 960, 960, True, False),
]
MAILBOXES = [
    ("assistenza", "Assistenza"),
    ("fatture", "Fatture"),
    ("reclami", "Reclami"),
]


@dataclass(frozen=True, slots=True)
class House:
    colleagues: dict[str, Colleague]
    teams: dict[str, Team]
    channels: dict[str, Channel]


def build(*, now: datetime) -> House:
    """The company, its people, teams, hours and channels, as they have been for two years."""
    since = now - OPENED
    Company.objects.update_or_create(
        pk=1, defaults={"name": NAME, "is_demo": True, "set_up_at": since, "language": "it"}
    )
    colleagues = {name: _colleague(name, role, since) for name, role, _ in COLLEAGUES}
    teams = _teams(colleagues, since)
    for name, _, belongs in COLLEAGUES:
        for team in belongs:
            join_team(teams[team], colleagues[name], now=since)
    return House(colleagues, teams, _channels(teams, since))


def password() -> str:
    """The password of the fiction, made for this installation and readable by its owner alone."""
    file = _password_file()
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(f"alba-{secrets.token_hex(4)}\n")
    return file.read_text(encoding="utf-8").strip()


def _password_file() -> Path:
    return Path(settings.HOME) / PASSWORD_FILE


def _colleague(name: str, role: str, since: datetime) -> Colleague:
    first, last = name.lower().split()
    colleague = Colleague(
        email=f"{first}.{last}@{DOMAIN}",
        name=name,
        role=role,
        signature=f"{name}\n{NAME}",
        joined_at=since,
    )
    if colleague.email == SIGNS_IN:
        colleague.set_password(password())
    else:
        colleague.set_unusable_password()  # one door is enough
    colleague.save()
    return colleague


def _teams(colleagues: dict[str, Colleague], since: datetime) -> dict[str, Team]:
    office = Calendar.objects.create(name="Orario d’ufficio", province="TO")
    hours = (Interval(9 * 60, 18 * 60),)
    set_hours(office, week=dict.fromkeys(range(5), hours), province="TO")
    always = Calendar.objects.create(name="Sempre", round_the_clock=True)
    return {
        name: Team.objects.create(
            name=name,
            calendar=always if day_and_night else office,
            first_answer_minutes=first,
            next_answer_minutes=later,
            is_reserved=reserved,
            escalates_to=colleagues["Marta Riva"],
        )
        for name, first, later, reserved, day_and_night in TEAMS
    }


def _channels(teams: dict[str, Team], since: datetime) -> dict[str, Channel]:
    made = {
        name: Channel.objects.create(
            kind=Channel.Kind.EMAIL,
            name=name,
            title=f"{name.capitalize()}, e-mail",
            address=f"{name}@{DOMAIN}",
            team=teams[team],
            settings={"demo": True},
            opened_at=since,
        )
        for name, team in MAILBOXES
    }
    made["modulo"] = Channel.objects.create(
        kind=Channel.Kind.FORM,
        name="modulo",
        title="Modulo sul sito",
        team=teams["Assistenza"],
        settings={"demo": True, "answers_by": "assistenza"},
        opened_at=since,
    )
    made["pagina"] = Channel.objects.create(
        kind=Channel.Kind.PORTAL,
        name="pagina-del-cliente",
        title="Pagina del cliente",
        team=teams["Assistenza"],
        settings={"demo": True, "answers_by": "assistenza"},
        acknowledges=False,
        opened_at=since,
    )
    return made
