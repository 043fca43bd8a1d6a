"""`ascolto receive`: raw messages brought the whole way in one go."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TextIO

from django.db import transaction
from django.utils import timezone

from ascolto.cases.models import Message
from ascolto.channels.adapters.email.keys import external_id
from ascolto.channels.models import Arrival, Channel, Item
from ascolto.channels.services import Letter, accept_many
from ascolto.kit.work import running_inline

AT_ONCE = 50  # messages a commit


class NoChannel(LookupError):
    """There is no open mailbox of this name."""


def receive_one(raw: bytes, *, channel_name: str | None, out: TextIO) -> None:
    """Bring one message the whole way and write one JSON line about it."""
    _bring([raw], _mailbox(channel_name), out)


def receive_files(paths: Sequence[str], *, channel_name: str | None, out: TextIO) -> None:
    """Bring many messages the whole way, some dozens a commit."""
    mailbox = _mailbox(channel_name)
    waiting = iter(paths)
    while batch := list(islice(waiting, AT_ONCE)):
        _bring(list(_contents(batch)), mailbox, out)


def _contents(paths: Sequence[str]) -> Iterator[bytes]:
    for path in paths:
        yield Path(path).read_bytes()


def _mailbox(name: str | None) -> Channel:
    boxes = Channel.objects.filter(kind=Channel.Kind.EMAIL, closed_at=None).order_by("pk")
    mailbox = (boxes.filter(name=name) if name else boxes).first()
    if mailbox is None:
        raise NoChannel(f"no open mailbox named {name}" if name else "no mailbox is set up yet")
    return mailbox


def _bring(raws: Sequence[bytes], mailbox: Channel, out: TextIO) -> None:
    letters = [Letter(mailbox.pk, raw, external_id(raw)) for raw in raws]
    with transaction.atomic(), running_inline(queue_failures=True):
        accepted = accept_many(letters, now=timezone.now())
    lines = (_line(one.arrival_id, duplicate=one.duplicate) for one in accepted)
    out.writelines(f"{json.dumps(line)}\n" for line in lines)
    out.flush()


def _line(arrival_id: int, *, duplicate: bool) -> dict[str, object]:
    arrival = Arrival.objects.get(pk=arrival_id)
    item = Item.objects.filter(arrival=arrival).select_related("identity").first()
    message = Message.objects.select_related("case").filter(item=item).first() if item else None
    opened = message is not None and message.proof == Message.Proof.OPENED
    return {
        "message": item.pk if item else None,
        "case": message.case.number if message else None,
        "customer": item.identity.customer_id if item and item.identity else None,
        "created": opened and not duplicate,
        "duplicate": duplicate,
        "verified": message is not None
        and message.proof in {Message.Proof.TOKEN, Message.Proof.PORTAL},
        "auto": item.auto if item else False,
        "bulk": item.bulk if item else False,
        "bounce": item is not None and item.kind == Item.Kind.BOUNCE,
        "quarantined": arrival.quarantined_at is not None,
    }
