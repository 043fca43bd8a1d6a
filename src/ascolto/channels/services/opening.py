"""Ways in are opened, changed, closed and opened again, by those who lead."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from ascolto.administration.services.changing import Change, State, leads_alone, record_change
from ascolto.channels.models import Channel
from ascolto.kit.secrets import seal
from ascolto.kit.tokens import new_token
from ascolto.staff.models import Colleague, Team
from ascolto.timeline.references import reference
from ascolto.timeline.services import record

OURS = ("answers_by", "frame_ancestors")  # of the settings, what is changed here


@dataclass(frozen=True, slots=True)
class Wanted:
    """A channel as it is to be.

    `answers_by` names the mailbox that carries its answers; empty: the oldest. `sites` may show
    a form in a frame ("https://www.alba.example").
    """

    title: str
    team: Team
    acknowledges: bool
    answers_by: str = ""
    sites: tuple[str, ...] = ()


class NotOfThisKind(Exception):
    """Only a webhook has a secret that we make."""


def channel_state(channel: Channel) -> State:
    answers_by = channel.settings.get("answers_by")
    return {
        "title": channel.title,
        "team": channel.team.name,
        "receipts": "yes" if channel.acknowledges else "no",
        "answers_by": answers_by if isinstance(answers_by, str) else "",
        "sites": " ".join(map(str, channel.settings.get("frame_ancestors") or [])),
    }


@transaction.atomic
def open_form(title: str, *, team: Team, by: Colleague, now: datetime) -> Channel:
    """A form for the company's site. Raises `NotAllowed`."""
    return _opened(Channel.Kind.FORM, title, b"", team=team, by=by, now=now)


@transaction.atomic
def open_webhook(title: str, *, team: Team, by: Colleague, now: datetime) -> tuple[Channel, str]:
    """A door for a program, and the secret it signs with: shown once. Raises `NotAllowed`."""
    secret = new_token()
    kind = Channel.Kind.WEBHOOK
    return _opened(kind, title, seal(secret), team=team, by=by, now=now), secret


@transaction.atomic
def rotate_secret(channel: Channel, *, by: Colleague, now: datetime) -> str:
    """A new secret, shown once; the old one opens nothing any more.

    Raises `NotAllowed` and `NotOfThisKind`.
    """
    leads_alone(by)
    known = _locked(channel)
    if known.kind != Channel.Kind.WEBHOOK:
        raise NotOfThisKind(known.kind)
    secret = new_token()
    known.secret = seal(secret)
    known.save(update_fields=["secret"])
    _note("channels.secret_rotated", known, by=by, now=now)
    return secret


@transaction.atomic
def change_channel(
    channel: Channel, wanted: Wanted, *, by: Colleague, now: datetime
) -> list[Change]:
    """Cases that are open stay with their team. Raises `NotAllowed`."""
    leads_alone(by)
    known = _locked(channel)
    before = channel_state(known)
    known.title, known.team = wanted.title.strip(), wanted.team
    known.acknowledges = wanted.acknowledges
    known.settings = {
        **{name: value for name, value in known.settings.items() if name not in OURS},
        **({"answers_by": wanted.answers_by} if wanted.answers_by else {}),
        **({"frame_ancestors": list(wanted.sites)} if wanted.sites else {}),
    }
    known.save(update_fields=["title", "team", "acknowledges", "settings"])
    return record_change(
        "channels.changed",
        known.title,
        subject=reference("channel", known.pk),
        states=(before, channel_state(known)),
        by=by,
        now=now,
    )


@transaction.atomic
def close_channel(channel: Channel, *, by: Colleague, now: datetime) -> None:
    """Nothing comes in this way any more; what was heard by it stays. Raises `NotAllowed`."""
    leads_alone(by)
    known = _locked(channel)
    if known.closed_at is None:
        known.closed_at = now
        known.save(update_fields=["closed_at"])
        _note("channels.closed", known, by=by, now=now)


@transaction.atomic
def reopen_channel(channel: Channel, *, by: Colleague, now: datetime) -> None:
    """Raises `NotAllowed`."""
    leads_alone(by)
    known = _locked(channel)
    if known.closed_at is not None:
        known.closed_at = None
        known.save(update_fields=["closed_at"])
        _note("channels.reopened", known, by=by, now=now)


def free_name(wanted: str) -> str:
    """A name for the address of a channel that no other one has."""
    base = slugify(wanted)[:50] or "canale"
    taken = set(Channel.objects.filter(name__startswith=base).values_list("name", flat=True))
    names = [base, *(f"{base}-{number}" for number in range(2, 1000))]
    return next(name for name in names if name not in taken)


def _opened(  # a channel with who opened it
    kind: str, title: str, secret: bytes, *, team: Team, by: Colleague, now: datetime
) -> Channel:
    leads_alone(by)
    channel = Channel.objects.create(
        kind=kind,
        name=free_name(title),
        title=title.strip(),
        team=team,
        secret=secret,
        opened_at=now,
    )
    _note("channels.opened", channel, by=by, now=now)
    return channel


def _locked(channel: Channel) -> Channel:
    return Channel.objects.select_for_update(of=("self",)).select_related("team").get(pk=channel.pk)


def _note(kind: str, channel: Channel, *, by: Colleague, now: datetime) -> None:
    subject = reference("channel", channel.pk)
    record(kind, at=now, subject=subject, by=by, team_id=channel.team_id, name=channel.title)
