"""`/teams` and `/colleagues`: to whom a case can be given."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from ascolto.api.v1.words import answers
from ascolto.staff.queries import colleagues, teams

router = Router(tags=["staff"])


class TeamOut(Schema):
    id: int
    name: str
    is_reserved: bool


class ColleagueOut(Schema):
    id: int
    name: str
    role: str
    teams: list[int]


@router.get("/teams", response=answers(200, list[TeamOut]))
def list_teams(request: HttpRequest) -> list[Any]:
    """The teams a case can be given to."""
    return list(teams())


@router.get("/colleagues", response=answers(200, list[ColleagueOut]))
def list_colleagues(request: HttpRequest) -> list[dict[str, Any]]:
    """Who works here now."""
    return [
        {
            "id": colleague.pk,
            "name": colleague.name,
            "role": colleague.role,
            "teams": [team.pk for team in colleague.teams.all()],
        }
        for colleague in colleagues().prefetch_related("teams")
    ]
