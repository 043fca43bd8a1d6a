"""What keeps a public form from becoming somebody's flood, without asking a third party.

A page carries a signed mark with the moment it was drawn. A form that comes back within seconds
was filled in by no person; the mark is also the name of the message, so that one page gives one
message, however often it is sent. T21: an address, a sender and a form each have their measure.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest

from ascolto.api.limits import Buckets
from ascolto.channels.models import Channel
from ascolto.kit.tokens import sign, verify

SHORTEST = timedelta(seconds=3)
LONGEST = timedelta(hours=12)
AN_HOUR = 3600.0
LOOPBACK = {"127.0.0.1", "::1"}
_MARK = re.compile(r"([0-9]{9,12})\.([0-9a-f]{32})\.([a-z2-7]{24})")

by_remote = Buckets(rate=30 / AN_HOUR, most=10)
by_address = Buckets(rate=6 / AN_HOUR, most=5)
by_form = Buckets(rate=600 / AN_HOUR, most=200)


@dataclass(frozen=True, slots=True)
class Mark:
    drawn_at: datetime
    once: str

    def is_too_new(self, *, now: datetime) -> bool:
        return now - self.drawn_at < SHORTEST

    def is_too_old(self, *, now: datetime) -> bool:
        return now - self.drawn_at > LONGEST


def new_mark(channel: Channel, *, now: datetime) -> str:
    """The hidden field of a form drawn now."""
    value = f"{int(now.timestamp())}.{secrets.token_hex(16)}"
    return f"{value}.{sign(_purpose(channel), value)}"


def mark_in(text: str, channel: Channel) -> Mark | None:
    """The mark, if this installation made it, for this form."""
    found = _MARK.fullmatch(text)
    if found is None:
        return None
    moment, once, signature = found.groups()
    if not verify(_purpose(channel), f"{moment}.{once}", signature):
        return None
    return Mark(datetime.fromtimestamp(int(moment), tz=UTC), once)


def is_too_much(request: HttpRequest, channel: Channel, address: str) -> bool:
    """Whether this place, this address or this form has sent its measure for now."""
    waits = [
        by_remote.wait_for(remote_of(request)),
        by_address.wait_for(address.casefold()),
        by_form.wait_for(channel.pk),
    ]
    return any(waits)


def remote_of(request: HttpRequest) -> str:
    """From where a form comes. A proxy on this machine tells, in the last place of its list.

    The tries at the door are counted by the same rule (`config.accounts`). A proxy on another
    machine is not believed: whoever reaches the port could say that he is one.
    """
    remote = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded[:45] if remote in LOOPBACK and forwarded else remote


def receipt(number: int) -> str:
    return sign("form-receipt", str(number))


def is_receipt(number: int, signature: str) -> bool:
    return verify("form-receipt", str(number), signature)


def _purpose(channel: Channel) -> str:
    return f"form:{channel.pk}"
