"""Who may see which case. Every page, file, stream and answer asks here, and nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import Exists, OuterRef, Q, QuerySet

from ascolto.cases.models import Case, Follower
from ascolto.kit.kept import number
from ascolto.kit.written import Blank, Written, written
from ascolto.people.models import Customer
from ascolto.staff.models import Colleague, Team

_KEPT = "closed_teams_of_this_request"


@dataclass(frozen=True, slots=True)
class Reader:
    """All that decides what a colleague sees here: queries made of one are good for ever."""

    id: int
    role: str
    closed: tuple[int, ...] | None  # teams; None where they are asked for within each query

    @classmethod
    def of(cls, colleague: Colleague) -> "Reader":
        if not hasattr(colleague, _KEPT):
            return cls(colleague.pk, colleague.role, None)
        return cls(colleague.pk, colleague.role, tuple(_closed_teams(colleague)))

    def colleague(self) -> Colleague:
        """For making queries, and nothing else: it knows only what this knows."""
        known = Colleague(pk=self.id, role=self.role)
        if self.closed is not None:
            setattr(known, _KEPT, list(self.closed))
        return known


def look_once(colleague: Colleague) -> None:
    """From now on this object asks only once which teams are closed to its colleague.

    For the edges, on the object of one request: a page asks twenty times who may see what. Who
    keeps a colleague for longer than that must not call it, or a new member stays outside.
    """
    if not hasattr(colleague, _KEPT):
        setattr(colleague, _KEPT, None)


def visible_cases(colleague: Colleague) -> QuerySet[Case]:
    """The cases this colleague may open.

    Owner and supervisors see all. An agent sees all but the cases of reserved teams he is not
    in. A light helper sees what he was given or asked about. Being given a case, or being asked
    to help with it, opens it to anybody: a member of its team did that deliberately.
    """
    if colleague.leads:
        return Case.objects.all()
    closed = _closed_teams(colleague)
    if colleague.role != Colleague.Role.HELPER and closed == []:
        return Case.objects.all()
    asked = Follower.objects.filter(colleague=colleague)
    if colleague.role == Colleague.Role.HELPER:
        return Case.objects.filter(Q(assignee=colleague) | Q(pk__in=asked.values("case_id")))
    # In this order, and asked of each case alone: the database looks for those he was asked about
    # only in closed teams, and does not fear to look at all of them for a list of fifty.
    by_name = Q(assignee=colleague) | Q(Exists(asked.filter(case=OuterRef("pk"))))
    return Case.objects.filter(~Q(team_id__in=closed) | by_name)


def visible_team_ids(colleague: Colleague) -> frozenset[int] | None:
    """The teams whose every case he may see; None means every team there is."""
    if colleague.leads:
        return None
    if colleague.role == Colleague.Role.HELPER:
        return frozenset()
    closed = _closed_teams(colleague)
    return frozenset(Team.objects.exclude(pk__in=closed).values_list("pk", flat=True))


def teams_not_heard(colleague: Colleague) -> Iterable[int] | None:
    """Of what is said in public: the teams whose mentions he may not see. None: he sees none."""
    if colleague.role == Colleague.Role.HELPER:
        return None
    return () if colleague.leads else _closed_teams(colleague)


def visible_customers(colleague: Colleague) -> QuerySet[Customer]:
    """The customers he may know of: not those who only have cases that he may not see.

    A customer without any case is nobody's secret; a light helper has no business with him.
    """
    if colleague.leads:
        return Customer.objects.all()
    if colleague.role != Colleague.Role.HELPER and _closed_teams(colleague) == []:
        return Customer.objects.all()
    seen = Exists(visible_cases(colleague).filter(customer=OuterRef("pk")))
    if colleague.role == Colleague.Role.HELPER:
        return Customer.objects.filter(seen)
    return Customer.objects.filter(seen | ~Exists(Case.objects.filter(customer=OuterRef("pk"))))


def _closed_teams(colleague: Colleague) -> Iterable[int]:
    """As a query, to stand within another; as a list where somebody said `look_once`."""
    kept: list[int] | None = getattr(colleague, _KEPT, None)
    if kept is not None:
        return kept
    if not hasattr(colleague, _KEPT):
        return _closed_to(colleague)
    found = [team for (team,) in _closed().rows(colleague=colleague.pk)]
    setattr(colleague, _KEPT, found)
    return found


def _closed_to(colleague: Colleague | Blank) -> QuerySet[Team, int]:
    joined = Team.objects.filter(members=colleague).values("pk")
    closed = Team.objects.filter(is_reserved=True).exclude(pk__in=joined)
    return closed.values_list("pk", flat=True)


@cache
def _closed() -> Written:
    return written(_closed_to(number("colleague")))
