import json
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser

from django.db.models import BinaryField, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from ascolto.cases.models import Message
from ascolto.channels.models import Arrival, Channel, Item

SHOWN = 50
HEAD = 16 * 1024  # bytes of a raw message that are looked at for its sender
LONGEST = 200
NO = Value(False)  # noqa: FBT003 # what else could it be called


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One arrival nobody could read. What it says of itself is a guess, and shown as one."""

    pk: int
    channel: str
    reason: str
    received_at: datetime
    size: int
    sender: str
    subject: str


@dataclass(frozen=True, slots=True)
class MachineMail:
    items: list[Item]
    older: int | None  # where the next page begins


def quarantined(teams: frozenset[int] | None) -> list[Quarantined]:
    """What waits for a person, newest first. Only the first bytes of each are fetched.

    `teams` are those whose mailboxes he may see; None means all.
    """
    arrivals = (
        Arrival.objects.filter(quarantined_at__isnull=False, set_aside_at=None)
        .filter(_of(teams))
        .select_related("channel")
        .annotate(head=_first_bytes(), size=F("raw__size"))
        .order_by("-quarantined_at", "-pk")[:SHOWN]
    )
    return [_row(arrival) for arrival in arrivals]


def machine_mail(teams: frozenset[int] | None, *, before: int | None) -> MachineMail:
    """What machines wrote and no case shows: automatic answers, bounces, receipts, complaints.

    And what people wrote without saying who they are: there is nobody whose case it could be.
    """
    shown: QuerySet[Item] = (
        Item.objects.filter(_of(teams), ~Q(kind=Item.Kind.MESSAGE) | Q(identity=None))
        # Asked of one at a time: the database believes that nearly none is left, and would look at
        # all of them to find the newest.
        .annotate(placed=Coalesce(Exists(Message.objects.filter(item=OuterRef("pk"))), NO))
        .filter(placed=False)
        .select_related("channel", "identity")
        .defer("html", "quoted", "text")
        .order_by("-pk")
    )
    if before is not None:
        shown = shown.filter(pk__lt=before)
    items = list(shown[: SHOWN + 1])
    return MachineMail(items[:SHOWN], items[SHOWN - 1].pk if len(items) > SHOWN else None)


def _of(teams: frozenset[int] | None) -> Q:
    return Q() if teams is None else Q(channel__team__in=teams)


def guess(head: bytes, *, kind: str) -> tuple[str, str]:
    """(sender, subject) as the raw bytes claim them: bounded, printable, never trusted."""
    if kind != Channel.Kind.EMAIL:
        return _guess_in_json(head)
    found = BytesHeaderParser().parsebytes(head)
    return _decoded(str(found.get("From", ""))), _decoded(str(found.get("Subject", "")))


def _guess_in_json(head: bytes) -> tuple[str, str]:
    """What a form or a webhook wrote, as far as it can be told; else its first characters."""
    text = head.decode("utf-8", "replace")
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return _shown(text), ""
    if not isinstance(said, dict):
        return _shown(text), ""
    sender = said.get("name") or said.get("address") or said.get("from") or text
    return _shown(str(sender)), _shown(str(said.get("subject", "")))


def _row(arrival: Arrival) -> Quarantined:
    head = bytes(getattr(arrival, "head", b""))
    sender, subject = guess(head, kind=arrival.channel.kind)
    return Quarantined(
        pk=arrival.pk,
        channel=arrival.channel.title,
        reason=arrival.quarantine_reason,
        received_at=arrival.received_at,
        size=getattr(arrival, "size", 0),
        sender=sender,
        subject=subject,
    )


def _first_bytes() -> Func:
    return Func(
        F("raw__content"), Value(1), Value(HEAD), function="substr", output_field=BinaryField()
    )


def _decoded(value: str) -> str:
    try:
        return _shown(str(make_header(decode_header(value[: LONGEST * 4]))))
    except (ValueError, LookupError, MessageError):
        return _shown(value)


def _shown(text: str) -> str:
    printable = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(printable.split())[:LONGEST]
