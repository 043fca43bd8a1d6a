"""To whom a case may be handed, and whom one may ask."""

from dataclasses import dataclass

from ascolto.kit.kept import Kept
from ascolto.staff.models import Colleague, Membership, Team
from ascolto.staff.queries import colleagues, teams


@dataclass(frozen=True, slots=True)
class Mates:
    """A team and who works in it now."""

    team: Team
    members: list[Colleague]


_EVERYBODY = Kept(colleagues)
_TEAMS = Kept(teams)
_MEMBERSHIPS = Kept(lambda: Membership.objects.order_by("colleague__name"))


def mates() -> list[Mates]:
    """Every team with its people. Three queries."""
    by_id = {one.pk: one for one in _EVERYBODY.rows()}
    belonging: dict[int, list[Colleague]] = {}
    for membership in _MEMBERSHIPS.rows():
        if membership.colleague_id in by_id:
            belonging.setdefault(membership.team_id, []).append(by_id[membership.colleague_id])
    return [Mates(team, belonging.get(team.pk, [])) for team in _TEAMS.rows()]


def helpers_for(colleague: Colleague) -> list[Colleague]:
    """Everybody but himself. One query."""
    return [one for one in _EVERYBODY.rows() if one.pk != colleague.pk]
