from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from ascolto.kit.businesstime import Interval
from ascolto.kit.tokens import new_token, token_hash
from ascolto.staff.models import (
    Calendar,
    Colleague,
    Company,
    Invitation,
    Membership,
    Opening,
    Team,
)

INVITATION_LASTS = timedelta(hours=24)
OFFICE_HOURS = (Interval(9 * 60, 18 * 60),)
WORKING_WEEK: Mapping[int, Sequence[Interval]] = dict.fromkeys(range(5), OFFICE_HOURS)


class AlreadySetUp(Exception):
    """The company is there, or somebody works here already."""


class AlreadyHere(Exception):
    """Somebody with this e-mail address works here."""


class NoSuchInvitation(Exception):
    """The invitation was used, is over, was withdrawn, or never was: the four look the same."""


class NameTaken(Exception):
    """There is one of this name already."""


@dataclass(frozen=True, slots=True)
class House:
    """What a company is called and how it counts time."""

    name: str
    zone: str = "Europe/Rome"
    language: str = "it"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is to sign in, with the password he has chosen."""

    email: str
    name: str
    password: str


@transaction.atomic
def set_up_company(house: House, *, owner: Newcomer, now: datetime) -> Colleague:
    """Begin: the company, its owner, office hours from Monday to Friday, and a first team.

    Once only: it locks the colleagues, so that of two who begin at the same time one is told.
    """
    Company.objects.select_for_update().filter(pk=1).first()
    if Colleague.objects.exists() or Company.objects.filter(set_up_at__isnull=False).exists():
        raise AlreadySetUp(house.name)
    Company.objects.update_or_create(
        pk=1,
        defaults={
            "name": house.name,
            "zone": house.zone,
            "language": house.language,
            "is_demo": False,
            "set_up_at": now,
        },
    )
    first = _join(owner, role=Colleague.Role.OWNER, language=house.language, now=now)
    calendar = Calendar.objects.create(name="Orario d’ufficio", zone=house.zone)
    _write_week(calendar, WORKING_WEEK)
    add_team("Assistenza", calendar=calendar, members=[first], now=now)
    return first


@transaction.atomic
def add_team(
    name: str,
    *,
    calendar: Calendar,
    now: datetime,
    members: Iterable[Colleague] = (),
    is_reserved: bool = False,
) -> Team:
    """A new team, with its hours and who is in it. Raises `NameTaken`."""
    if Team.objects.filter(name__iexact=name.strip()).exists():
        raise NameTaken(name)
    team = Team.objects.create(name=name.strip(), calendar=calendar, is_reserved=is_reserved)
    for member in members:
        join_team(team, member, now=now)
    return team


def join_team(team: Team, colleague: Colleague, *, now: datetime) -> None:
    Membership.objects.get_or_create(team=team, colleague=colleague, defaults={"joined_at": now})


@transaction.atomic
def set_hours(
    calendar: Calendar,
    *,
    week: Mapping[int, Sequence[Interval]],
    province: str,
    round_the_clock: bool = False,
) -> None:
    """Replace the opening hours. Clocks that run keep the moment they promised."""
    calendar.province, calendar.round_the_clock = province, round_the_clock
    calendar.save(update_fields=["province", "round_the_clock"])
    Opening.objects.filter(calendar=calendar).delete()
    _write_week(calendar, week)


@transaction.atomic
def invite(
    email: str,
    *,
    role: str,
    teams: Sequence[Team],
    by: Colleague,
    now: datetime,
    name: str = "",
) -> str:
    """Keep a seat for a day and return the token that takes it. It is never shown again.

    A second invitation to the same address ends the first. Raises `AlreadyHere`.
    """
    if Colleague.objects.filter(email__iexact=email, left_at=None).exists():
        raise AlreadyHere(email)
    _open(now).filter(email__iexact=email).update(withdrawn_at=now)
    token = new_token()
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        role=role,
        token_hash=token_hash(token),
        made_by=by,
        made_at=now,
        ends_at=now + INVITATION_LASTS,
    )
    invitation.teams.set(teams)
    return token


def invitation_for(token: str, *, now: datetime) -> Invitation | None:
    """The invitation behind a token, while it may still be taken. Looking uses nothing up."""
    return _open(now).filter(token_hash=token_hash(token)).first()


@transaction.atomic
def accept_invitation(token: str, *, name: str, password: str, now: datetime) -> Colleague:
    """Take the seat: the colleague is here from now on. Raises `NoSuchInvitation`.

    Somebody who left comes back as himself: the same row, so that his history stays his.
    """
    invitation = _open(now).select_for_update().filter(token_hash=token_hash(token)).first()
    if invitation is None:
        raise NoSuchInvitation
    newcomer = Newcomer(invitation.email, name, password)
    known = Colleague.objects.select_for_update().filter(email__iexact=invitation.email).first()
    if known is None:
        language = Company.objects.values_list("language", flat=True).first() or "it"
        colleague = _join(newcomer, role=invitation.role, language=language, now=now)
    elif known.left_at is None:
        raise NoSuchInvitation
    else:
        colleague = _come_back(known, newcomer, role=invitation.role)
    for team in invitation.teams.all():
        join_team(team, colleague, now=now)
    invitation.used_at = now
    invitation.save(update_fields=["used_at"])
    return colleague


def _open(now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(Q(used_at=None, withdrawn_at=None, ends_at__gt=now))


def _join(newcomer: Newcomer, *, role: str, language: str, now: datetime) -> Colleague:
    colleague = Colleague(
        email=newcomer.email.strip(),
        name=newcomer.name.strip(),
        role=role,
        language=language,
        joined_at=now,
    )
    colleague.set_password(newcomer.password)
    colleague.save()
    return colleague


def _come_back(colleague: Colleague, newcomer: Newcomer, *, role: str) -> Colleague:
    colleague.name, colleague.role, colleague.left_at = newcomer.name.strip(), role, None
    colleague.set_password(newcomer.password)
    colleague.save(update_fields=["name", "role", "left_at", "password"])
    Membership.objects.filter(colleague=colleague).delete()  # the invitation names his teams
    return colleague


def _write_week(calendar: Calendar, week: Mapping[int, Sequence[Interval]]) -> None:
    Opening.objects.bulk_create(
        Opening(calendar=calendar, weekday=day, opens=one.opens, closes=one.closes)
        for day, intervals in week.items()
        for one in intervals
    )
