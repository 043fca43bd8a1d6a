"""The settings of the company: for those who lead, and nobody else."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from ascolto.staff.models import Calendar, Colleague, Invitation
from tests.threats.probes import Probe, leads
from tests.threats.world import World

PLACE = "/impostazioni/"
TEAM = {
    "name": "Reti",
    "calendar": "{calendar}",
    "first_answer": "4 ore",
    "next_answer": "1 h 30",
    "warn_percent": "75",
}


def furnish(world: World) -> None:
    """One of each thing that a page of settings is about."""
    now = timezone.now()
    seat = Invitation.objects.create(
        email="nuova@alba.example",
        token_hash=b"di nessuno",
        made_by=world.people["lead"],
        made_at=now,
        ends_at=now + timedelta(hours=1),
    )
    owner = Colleague.objects.create(
        email="paola@alba.example", name="Paola Ferri", role="OWNER", joined_at=now
    )
    world.ids |= {
        "seat": seat.pk,
        "owner": owner.pk,
        "calendar": Calendar.objects.order_by("pk").first().pk,  # type: ignore[union-attr] # there is one
    }


def _looks(*addresses: str) -> list[Probe]:
    return [Probe(f"{PLACE}{address}", leads("200")) for address in addresses]


def _deed(address: str, answer: str = "302", /, **fields: Any) -> Probe:
    return Probe(f"{PLACE}{address}", leads(answer), "POST", fields)


PEOPLE: dict[str, list[Probe]] = {
    "persone/": _looks("persone/"),
    "persone/invita/": [
        _deed("persone/invita/", "200", email="x@alba.example", role="AGENT"),
        _deed("persone/invita/", "422", email="x@alba.example", role="OWNER"),
    ],
    "persone/inviti/<int:invitation_id>/ritira/": [_deed("persone/inviti/{seat}/ritira/")],
    "persone/<int:colleague_id>/": [
        *_looks("persone/{stranger}/", "persone/{owner}/"),
        Probe(f"{PLACE}persone/999999/", leads("404")),
    ],
    "persone/<int:colleague_id>/salva/": [
        _deed("persone/{stranger}/salva/", role="SUPERVISOR"),
        _deed("persone/{stranger}/salva/", "422", role="OWNER"),
        _deed("persone/{lead}/salva/", "422", role="OWNER"),
        _deed("persone/{owner}/salva/", "422", role="AGENT"),
    ],
    "persone/<int:colleague_id>/lascia/": [_deed("persone/{stranger}/lascia/")],
}
TEAMS: dict[str, list[Probe]] = {
    "squadre/": _looks("squadre/"),
    "squadre/nuova/": _looks("squadre/nuova/"),
    "squadre/crea/": [_deed("squadre/crea/", **TEAM), _deed("squadre/crea/", "422", name="Reti")],
    "squadre/<int:team_id>/": _looks("squadre/{legal}/"),
    "squadre/<int:team_id>/salva/": [
        _deed("squadre/{legal}/salva/", **TEAM),
        _deed("squadre/{legal}/salva/", "422", **{**TEAM, "calendar": "²"}),
        _deed("squadre/999999/salva/", "404", **TEAM),
    ],
}

DESK: dict[str, list[Probe]] = {
    f"impostazioni/{path}": probes for path, probes in {**PEOPLE, **TEAMS}.items()
}
