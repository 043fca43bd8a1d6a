"""Teams: who is in them, what they promise, and who hears of a promise about to break."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from ascolto.administration.services.changing import Change, State, leads_alone, record_change
from ascolto.staff import services as staff
from ascolto.staff.models import Calendar, Colleague, Membership, Team
from ascolto.staff.services import NameTaken
from ascolto.timeline.references import reference


@dataclass(frozen=True, slots=True)
class Wanted:
    """A team as it is to be. Minutes are of open time; None is a clock that is not kept."""

    name: str
    calendar: Calendar
    is_reserved: bool = False
    first_answer: int = 240
    next_answer: int = 480
    update: int | None = None
    resolution: int | None = None
    warn_percent: int = 75
    escalates_to: Colleague | None = None
    members: list[Colleague] = field(default_factory=list)


def team_state(team: Team) -> State:
    members = Colleague.objects.filter(teams=team, left_at=None).order_by("name")
    return {
        "name": team.name,
        "calendar": team.calendar.name,
        "reserved": "yes" if team.is_reserved else "no",
        "first_answer": str(team.first_answer_minutes),
        "next_answer": str(team.next_answer_minutes),
        "update": str(team.update_minutes or ""),
        "resolution": str(team.resolution_minutes or ""),
        "warn": str(team.warn_percent),
        "escalates_to": team.escalates_to.name if team.escalates_to else "",
        "members": ", ".join(member.name for member in members),
    }


@transaction.atomic
def add_team(wanted: Wanted, *, by: Colleague, now: datetime) -> Team:
    """A new team. Raises `NotAllowed` and `NameTaken`."""
    leads_alone(by)
    team = staff.add_team(wanted.name, calendar=wanted.calendar, now=now)
    _write(team, wanted, now=now)
    _record("administration.team_added", team, before={}, by=by, now=now)
    return team


@transaction.atomic
def change_team(team: Team, wanted: Wanted, *, by: Colleague, now: datetime) -> list[Change]:
    """Clocks that run keep the moment they promised; the new ones count from the next message.

    Raises `NotAllowed` and `NameTaken`.
    """
    leads_alone(by)
    locked = Team.objects.select_for_update().get(pk=team.pk)
    if Team.objects.filter(name__iexact=wanted.name.strip()).exclude(pk=team.pk).exists():
        raise NameTaken(wanted.name)
    before = team_state(locked)
    _write(locked, wanted, now=now)
    return _record("administration.team_changed", locked, before=before, by=by, now=now)


def _write(team: Team, wanted: Wanted, *, now: datetime) -> None:
    team.name, team.calendar = wanted.name.strip(), wanted.calendar
    team.is_reserved, team.warn_percent = wanted.is_reserved, wanted.warn_percent
    team.first_answer_minutes, team.next_answer_minutes = wanted.first_answer, wanted.next_answer
    team.update_minutes, team.resolution_minutes = wanted.update, wanted.resolution
    team.escalates_to = wanted.escalates_to
    team.save()
    gone = Membership.objects.filter(team=team, colleague__left_at=None)
    gone.exclude(colleague__in=wanted.members).delete()
    for member in wanted.members:
        staff.join_team(team, member, now=now)


def _record(kind: str, team: Team, *, before: State, by: Colleague, now: datetime) -> list[Change]:
    states = (before, team_state(team))
    subject = reference("team", team.pk)
    return record_change(kind, team.name, subject=subject, states=states, by=by, now=now)
