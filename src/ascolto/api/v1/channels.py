"""`/channels`: the ways in and out, and how they are doing. Their secrets are never shown."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from ascolto.api.auth import colleague_of
from ascolto.api.v1.words import answers
from ascolto.cases.access import visible_team_ids
from ascolto.channels.models import Channel

router = Router(tags=["channels"])


class HealthOut(Schema):
    way: str
    well_at: datetime | None
    failing_since: datetime | None
    failures: int
    resting_until: datetime | None
    error: str


class ChannelOut(Schema):
    id: int
    kind: str
    name: str
    title: str
    address: str
    team: int
    opened_at: datetime
    closed_at: datetime | None
    health: list[HealthOut]


@router.get("", response=answers(200, list[ChannelOut]))
def list_channels(request: HttpRequest) -> list[dict[str, Any]]:
    """The channels of the teams the token's colleague sees."""
    found = Channel.objects.prefetch_related("health").defer("secret").order_by("pk")
    teams = visible_team_ids(colleague_of(request))
    if teams is not None:
        found = found.filter(team__in=teams)
    return [
        {
            "id": channel.pk,
            "kind": channel.kind,
            "name": channel.name,
            "title": channel.title,
            "address": channel.address,
            "team": channel.team_id,
            "opened_at": channel.opened_at,
            "closed_at": channel.closed_at,
            "health": list(channel.health.all()),
        }
        for channel in found
    ]
