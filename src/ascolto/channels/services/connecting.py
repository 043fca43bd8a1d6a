"""A place where customers speak is connected, tried out, and given other settings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from ascolto.administration.services.changing import leads_alone
from ascolto.channels.models import Channel
from ascolto.channels.ports import NotLetIn, SourceTrouble
from ascolto.channels.pretended import Nowhere
from ascolto.channels.registry import carrier_for, kinds_listened_to, source_of
from ascolto.channels.services.opening import free_name
from ascolto.kit.secrets import WrongKey, seal, unseal
from ascolto.staff.models import Colleague, Team
from ascolto.timeline.references import reference
from ascolto.timeline.services import record

KEPT = ("answers_by", "demo")  # settings that are changed elsewhere


@dataclass(frozen=True, slots=True)
class Connection:
    """A channel of a network as it is asked for. A secret that is left empty stays as it was."""

    kind: str
    title: str
    team: Team
    settings: Mapping[str, Any]
    secrets: Mapping[str, str]


def try_out(wanted: Connection, known: Channel | None = None) -> str:
    """Ask the network, with these settings, who we are there; nothing is stored.

    For a network that tells us by itself: that the settings make sense. Raises `SourceTrouble`,
    of which `NotLetIn` (and `BadSettings`) is for a person to mend. Touches the network: never
    inside a transaction.
    """
    channel = Channel(kind=wanted.kind, name="prova", title=wanted.title)
    _fill(channel, wanted, known)
    if wanted.kind in kinds_listened_to():
        return source_of(channel).check()
    voice = carrier_for(channel)
    if isinstance(voice, Nowhere) and voice.why:
        raise NotLetIn(voice.why)
    return ""


@transaction.atomic
def connect(wanted: Connection, *, by: Colleague, now: datetime) -> Channel:
    """Raises `NotAllowed`."""
    leads_alone(by)
    channel = Channel(
        kind=wanted.kind, name=free_name(wanted.title), opened_at=now, acknowledges=False
    )
    _fill(channel, wanted, None)
    channel.save()
    _note("channels.opened", channel, by=by, now=now)
    return channel


@transaction.atomic
def reconnect(channel: Channel, wanted: Connection, *, by: Colleague, now: datetime) -> None:
    """Other settings, from the next moment on. Raises `NotAllowed`."""
    leads_alone(by)
    known = Channel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
    _fill(known, wanted, known)
    known.save(update_fields=["title", "team", "settings", "secret"])
    _note("channels.reconnected", known, by=by, now=now)


def _fill(channel: Channel, wanted: Connection, known: Channel | None) -> None:
    before = known.settings if known else {}
    channel.title, channel.team = wanted.title.strip(), wanted.team
    channel.settings = {
        **{name: before[name] for name in KEPT if name in before},
        **wanted.settings,
    }
    secrets = {**_secrets(known), **{key: one for key, one in wanted.secrets.items() if one}}
    channel.secret = seal(json.dumps(secrets))


def _secrets(known: Channel | None) -> dict[str, str]:
    if known is None or not known.secret:
        return {}
    try:
        told = json.loads(unseal(bytes(known.secret)))
    except (WrongKey, ValueError):
        return {}  # sealed with a key that is gone: they have to be typed again
    return told if isinstance(told, dict) else {}


def _note(kind: str, channel: Channel, *, by: Colleague, now: datetime) -> None:
    subject = reference("channel", channel.pk)
    record(kind, at=now, subject=subject, by=by, team_id=channel.team_id, name=channel.title)


__all__ = ["Connection", "NotLetIn", "SourceTrouble", "connect", "reconnect", "try_out"]
