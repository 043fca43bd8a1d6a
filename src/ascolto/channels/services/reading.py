from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from ascolto.channels.models import Arrival, Attachment, Item
from ascolto.channels.ports import Heard, HeardFile, Unreadable
from ascolto.channels.registry import reader_for
from ascolto.channels.services.evidence import note_reports
from ascolto.kit import blobs
from ascolto.people.models import Identity
from ascolto.people.services import NotAnIdentity, recognise
from ascolto.pressure.services import mark_reached
from ascolto.timeline.references import reference
from ascolto.timeline.services import record

TRIES = 3
FUTURE = timedelta(hours=1)  # a sender's clock further ahead than this is wrong, not early


def read_arrival(arrival_id: int, *, now: datetime) -> Item | None:
    """Read one arrival into an item, in one transaction with everything that follows from it.

    Safe to run twice. What cannot be read after three tries goes into quarantine, with its raw
    bytes and the reason: returns None then, and when somebody else is reading it right now.
    """
    if not _take(arrival_id, now=now):
        return None
    arrival = Arrival.objects.select_related("channel", "raw").get(pk=arrival_id)
    try:
        heard = reader_for(arrival.channel.kind).read(bytes(arrival.raw.content))
        with transaction.atomic():
            return _keep(arrival_id, heard, now=now)
    except Unreadable as problem:
        quarantine(arrival_id, reason=str(problem), now=now)
        return None


def _take(arrival_id: int, *, now: datetime) -> bool:
    """Count the try before it is made: a message that kills its reader is still counted.

    After three such tries it is quarantined here, by the next worker that looks at it.
    """
    with transaction.atomic():
        arrival = (
            Arrival.objects.select_for_update(skip_locked=True)
            .filter(pk=arrival_id, read_at=None, quarantined_at=None)
            .first()
        )
        if arrival is None:
            return False
        if arrival.attempts < TRIES:
            arrival.attempts += 1
            arrival.tried_at = now
            arrival.save(update_fields=["attempts", "tried_at"])
            return True
    quarantine(arrival_id, reason="la lettura si è interrotta tre volte", now=now)
    return False


@transaction.atomic
def quarantine(arrival_id: int, *, reason: str, now: datetime) -> None:
    """Put an arrival where a person sees it, with its raw bytes and the reason."""
    changed = Arrival.objects.filter(pk=arrival_id, read_at=None, quarantined_at=None).update(
        quarantined_at=now, quarantine_reason=reason[:300] or "illeggibile"
    )
    if changed:
        record("channels.quarantined", at=now, subject=reference("arrival", arrival_id))


def _keep(arrival_id: int, heard: Heard, *, now: datetime) -> Item | None:
    arrival = (
        Arrival.objects.select_for_update(of=("self",))
        .select_related("channel")
        .filter(pk=arrival_id, read_at=None, quarantined_at=None)
        .first()
    )
    if arrival is None:
        return None
    identity = _identity(heard, now=now)
    if identity is None and heard.kind == Item.Kind.MESSAGE:
        # Somebody wants something, and we cannot tell who: a person has to look.
        raise Unreadable("non si capisce chi scrive: il mittente manca o è ambiguo")
    item = Item.objects.create(
        arrival=arrival,
        channel=arrival.channel,
        kind=heard.kind,
        identity=identity,
        author_name=(heard.sender.name if heard.sender else "")[:200],
        message_id=heard.message_id[:300],
        references=[known[:300] for known in heard.references],
        written_at=_believable(heard.written_at, now=arrival.received_at),
        heard_at=arrival.received_at,
        subject=heard.subject[:500],
        text=heard.text,
        quoted=heard.quoted,
        html=heard.html,
        auto=heard.auto,
        bulk=heard.bulk,
        damaged=list(heard.damaged),
        reading=dict(heard.reading),
    )
    _keep_files(item, heard.files)
    Arrival.objects.filter(pk=arrival.pk).update(read_at=now)
    note_reports(item, heard.reports, now=now)
    if identity is not None and heard.kind == Item.Kind.MESSAGE:
        mark_reached(identity, now=now)
    record(
        "channels.item_heard",
        at=arrival.received_at,
        subject=reference("item", item.pk),
        customer_id=identity.customer_id if identity else None,
    )
    return item


def _identity(heard: Heard, *, now: datetime) -> Identity | None:
    """Who wrote, if he can be told. Machines that report on our mail are nobody's customer."""
    if heard.sender is None or heard.kind in {Item.Kind.BOUNCE, Item.Kind.COMPLAINT}:
        return None
    try:
        return recognise(heard.sender, now=now)
    except NotAnIdentity:
        return None


def _believable(written_at: datetime | None, *, now: datetime) -> datetime | None:
    return written_at if written_at is None or written_at <= now + FUTURE else None


def _keep_files(item: Item, files: Sequence[HeardFile]) -> None:
    digests = blobs.store_many([file.data for file in files]) if files else []
    Attachment.objects.bulk_create(
        Attachment(
            item=item,
            blob_id=digest,
            name=file.name[:255],
            content_type=file.content_type[:120],
            size=len(file.data),
            content_id=file.content_id[:255],
            inline=file.inline,
        )
        for file, digest in zip(files, digests, strict=True)
    )
