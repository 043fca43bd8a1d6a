"""A mailbox that was tried out, carried sealed through the browser, and kept as it was tried."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from ascolto.channels.adapters.email.settings import MailboxSettings, parse
from ascolto.channels.models import Channel
from ascolto.channels.services.opening import free_name
from ascolto.kit.secrets import WrongKey, seal, unseal
from ascolto.staff.models import Colleague, Team
from ascolto.timeline.references import reference
from ascolto.timeline.services import record

GOOD_FOR = timedelta(minutes=30)


class Stale(Exception):
    """The trial is too old, somebody else's, or no trial of ours at all."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A mailbox as its channel will keep it: settings to read, and a secret to seal."""

    address: str
    settings: dict[str, Any]
    secret: dict[str, str]

    def told(self) -> MailboxSettings:
        """Raises `BadSettings`."""
        return parse(self.address, self.settings, json.dumps(self.secret).encode())


def sealed(wanted: Wanted, *, by: Colleague, now: datetime) -> str:
    """The trial as a text nobody else can read or make."""
    return seal(
        json.dumps(
            {
                "by": by.pk,
                "at": now.timestamp(),
                "address": wanted.address,
                "settings": wanted.settings,
                "secret": wanted.secret,
            }
        )
    ).decode()


def opened(text: str, *, by: Colleague, now: datetime) -> Wanted:
    """Raises `Stale`."""
    try:
        found = json.loads(unseal(text.encode()))
        fresh = abs(now.timestamp() - float(found["at"])) <= GOOD_FOR.total_seconds()
        if not fresh or found["by"] != by.pk:
            raise Stale
        return Wanted(found["address"], found["settings"], found["secret"])
    except (WrongKey, ValueError, KeyError, TypeError) as problem:
        raise Stale from problem


def key_of_domain(domain: str) -> str | None:
    """The key that a mailbox of this domain signs with already, the oldest first.

    Its public half stands in the DNS under one name: a second mailbox with a key of its own would
    ask for the same line to say two things, and one of the two would fail.
    """
    mailboxes = Channel.objects.filter(
        kind=Channel.Kind.EMAIL, settings__dkim__domain__iexact=domain
    )
    for mailbox in mailboxes.order_by("pk"):
        with suppress(WrongKey, ValueError):
            key = json.loads(unseal(bytes(mailbox.secret))).get("dkim_key")
            if key:
                return str(key)
    return None


@transaction.atomic
def keep_mailbox(wanted: Wanted, *, team: Team, by: Colleague, now: datetime) -> Channel:
    """Open the channel. Keeping the same address again changes its settings instead."""
    values = {
        "settings": wanted.settings,
        "secret": seal(json.dumps(wanted.secret)),
        "closed_at": None,
    }
    known = Channel.objects.filter(kind=Channel.Kind.EMAIL, address__iexact=wanted.address).first()
    if known is not None:
        for name, value in values.items():
            setattr(known, name, value)
        known.save(update_fields=list(values))
        _note("channels.changed", known, by=by, now=now)
        return known
    channel = Channel.objects.create(
        kind=Channel.Kind.EMAIL,
        name=free_name(wanted.address.partition("@")[0]),
        title=wanted.address,
        address=wanted.address,
        team=team,
        opened_at=now,
        **values,
    )
    _note("channels.opened", channel, by=by, now=now)
    return channel


def _note(kind: str, channel: Channel, *, by: Colleague, now: datetime) -> None:
    """Who connected it. What its servers are called and its password stay out of the history."""
    subject = reference("channel", channel.pk)
    record(kind, at=now, subject=subject, by=by, team_id=channel.team_id, name=channel.title)
