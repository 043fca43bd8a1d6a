"""`ascolto receive`: raw messages brought the whole way in one go."""

import json
import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TextIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ascolto.cases.models import Message
from ascolto.channels.adapters.email.keys import external_id
from ascolto.channels.models import Arrival, Channel, Item
from ascolto.channels.services import Accepted, Letter, accept_many, read_arrivals
from ascolto.kit.work import later_at, running_inline
from ascolto.triage.services import place_many

logger = logging.getLogger("ascolto.receive")

AT_ONCE = 50  # messages accepted with one commit
OURS_FOR = timedelta(minutes=2)  # then a worker looks whether they were read
ASKED = (
    "quarantined_at",
    "item",
    "item__kind",
    "item__auto",
    "item__bulk",
    "item__identity__customer",
    "item__message__case",
    "item__message__proof",
)


class NoChannel(LookupError):
    """There is no open mailbox of this name."""


class TooLarge(ValueError):
    """The message is larger than this installation reads. The sender should be told so."""


def receive_one(source: BinaryIO, *, channel_name: str | None, out: TextIO) -> None:
    """Bring one message the whole way and write one JSON line about it."""
    _bring([_content(source)], _mailbox(channel_name), out)


def receive_files(paths: Sequence[str], *, channel_name: str | None, out: TextIO) -> None:
    """Bring many messages the whole way, accepted some dozens at once."""
    mailbox = _mailbox(channel_name)
    waiting = iter(paths)
    while batch := list(islice(waiting, AT_ONCE)):
        _bring(list(_contents(batch)), mailbox, out)


def _contents(paths: Sequence[str]) -> Iterator[bytes]:
    for path in paths:
        with Path(path).open("rb") as source:
            yield _content(source)


def _content(source: BinaryIO) -> bytes:
    raw = source.read(settings.LARGEST_MESSAGE + 1)
    if len(raw) > settings.LARGEST_MESSAGE:
        limit = settings.LARGEST_MESSAGE // 1024**2
        raise TooLarge(f"the message is larger than {limit} MB, ASCOLTO_LARGEST_MESSAGE_MB")
    return raw


def _mailbox(name: str | None) -> Channel:
    boxes = Channel.objects.filter(kind=Channel.Kind.EMAIL, closed_at=None).order_by("pk")
    mailbox = (boxes.filter(name=name) if name else boxes).first()
    if mailbox is None:
        raise NoChannel(f"no open mailbox named {name}" if name else "no mailbox is set up yet")
    return mailbox


def _bring(raws: Sequence[bytes], mailbox: Channel, out: TextIO) -> None:
    letters = [Letter(mailbox.pk, raw, external_id(raw)) for raw in raws]
    accepted = _accept(letters)
    try:
        _read_and_place([one.arrival_id for one in accepted if not one.duplicate])
    except Exception:
        # They are accepted: whatever happens now, the workers bring them to their cases.
        logger.exception("accepted, and left to the workers")
    lines = _lines(accepted)
    out.writelines(f"{json.dumps(line)}\n" for line in lines)
    out.flush()


def _read_and_place(arrival_ids: Sequence[int]) -> None:
    """The rest of the way, here and now; a worker that comes first or second finds it done.

    Letters are parsed with no transaction open: one that stays open holds up everybody's page,
    which waits for the events that may still come before those it has seen.
    """
    items = read_arrivals(arrival_ids, now=timezone.now())
    with transaction.atomic():
        place_many([item.pk for item in items], now=timezone.now())


@transaction.atomic
def _accept(letters: Sequence[Letter]) -> list[Accepted]:
    """Keep them durably. Their jobs wait a little: we do them ourselves, unless we die."""
    now = timezone.now()
    with running_inline() as inline:
        accepted = accept_many(letters, now=now)
        jobs = [*inline.waiting]
        inline.waiting.clear()
    for job in jobs:
        later_at(job.name, now + OURS_FOR, **job.ids)
    return accepted


def _lines(accepted: Sequence[Accepted]) -> Iterator[dict[str, object]]:
    """What became of each message, as the contract with the outside names it."""
    arrivals = Arrival.objects.filter(pk__in={one.arrival_id for one in accepted})
    found = {row[0]: row[1:] for row in arrivals.values_list("pk", *ASKED)}
    for one in accepted:
        quarantined_at, item, kind, auto, bulk, customer, case, proof = found[one.arrival_id]
        yield {
            "message": item,
            "case": f"C-{case}" if case else None,
            "customer": customer,
            "created": proof == Message.Proof.OPENED and not one.duplicate,
            "duplicate": one.duplicate,
            "verified": proof in {Message.Proof.TOKEN, Message.Proof.PORTAL},
            "auto": bool(auto),
            "bulk": bool(bulk),
            "bounce": kind == Item.Kind.BOUNCE,
            "quarantined": quarantined_at is not None,
        }
