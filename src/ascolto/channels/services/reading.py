import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from ascolto.channels.models import Arrival, Item
from ascolto.channels.policy import reading_lock
from ascolto.channels.ports import Heard, Unreadable
from ascolto.channels.registry import reader_for
from ascolto.channels.services.keeping import Read, is_faceless, keep
from ascolto.kit.work import once
from ascolto.timeline.references import reference
from ascolto.timeline.services import record

TRIES = 3
PORTION = 32 * 1024 * 1024  # raw bytes read at once; a larger message is read alone
NOBODY = "non si capisce chi scrive: il mittente manca o è ambiguo"

# Who comes second finds nothing, instead of waiting. The raw bytes come with the counting.
TAKE = """
with taken as (
  select id from channels_arrival
  where id = any(%s) and read_at is null and quarantined_at is null
  order by id for update skip locked
)
update channels_arrival a set attempts = a.attempts + 1, tried_at = %s
from taken, channels_channel c, kit_blob b
where a.id = taken.id and c.id = a.channel_id and b.digest = a.raw_id
returning a.id, a.channel_id, c.kind, a.received_at, a.attempts, b.content
"""

logger = logging.getLogger("ascolto.channels")


@dataclass(frozen=True, slots=True)
class Taken:
    arrival_id: int
    channel_id: int
    channel_kind: str
    received_at: datetime
    attempts: int
    raw: bytes


def read_arrival(arrival_id: int, *, now: datetime) -> Item | None:
    """`read_arrivals` for one. None if it was not read, or is being read by somebody else."""
    return next(iter(read_arrivals([arrival_id], now=now)), None)


def read_arrivals(arrival_ids: Sequence[int], *, now: datetime) -> list[Item]:
    """Read arrivals into items, in one transaction with everything that follows from them.

    Safe to run twice. What cannot be read goes into quarantine, with its raw bytes and the
    reason. What fails otherwise, or was tried before, is given a job of its own: it may be what
    kills its reader, and the others must not share its tries.
    """
    if len(arrival_ids) == 1:
        return _read(arrival_ids, now=now)
    portions, alone = _portions(arrival_ids)
    items: list[Item] = []
    for portion in portions:
        try:
            items += _read(portion, now=now)
        except Exception:
            logger.exception("%d arrivals could not be read together", len(portion))
            alone += portion
    for arrival_id in alone:
        _read_alone_later(arrival_id)
    return items


def _read_alone_later(arrival_id: int) -> None:
    """With the lock that recovery uses too: one such job waits, however many ask for it."""
    once("channels.read_arrivals", reading_lock(arrival_id), arrival_ids=[arrival_id])


def _portions(arrival_ids: Sequence[int]) -> tuple[list[list[int]], list[int]]:
    """Unread arrivals in the order given, as many together as memory is good for; and the rest."""
    unread = Arrival.objects.filter(pk__in=arrival_ids, read_at=None, quarantined_at=None)
    sizes = {
        pk: (tried, size) for pk, tried, size in unread.values_list("pk", "attempts", "raw__size")
    }
    portions: list[list[int]] = []
    room = 0
    for pk in dict.fromkeys(arrival_ids):
        tried, size = sizes.get(pk, (1, 0))
        if tried:
            continue
        if not portions or size > room:
            portions.append([])
            room = PORTION
        portions[-1].append(pk)
        room -= size
    return portions, [pk for pk, (tried, _) in sizes.items() if tried]


def _read(arrival_ids: Sequence[int], *, now: datetime) -> list[Item]:
    read: list[Read] = []
    for one in _take(arrival_ids, now=now):
        heard = _heard(one, alone=len(arrival_ids) == 1, now=now)
        if heard is not None:
            read.append(Read(one.arrival_id, one.channel_id, one.received_at, heard))
    if not read:
        return []
    # With a savepoint for many: if one of them spoils it, the others are kept one by one.
    with transaction.atomic(savepoint=len(arrival_ids) > 1):
        return keep(read, now=now)


def _take(arrival_ids: Sequence[int], *, now: datetime) -> list[Taken]:
    """Count the try before it is made: a message that kills its reader is still counted.

    Outside a transaction the count is committed here. After three such tries a message is
    quarantined instead of read, by the next worker that looks at it.
    """
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(TAKE, [list(arrival_ids), now])
        rows = {row[0]: row for row in cursor.fetchall()}
    return [Taken(*rows[pk]) for pk in arrival_ids if pk in rows]


def _heard(one: Taken, *, alone: bool, now: datetime) -> Heard | None:
    if one.attempts > TRIES:
        quarantine(one.arrival_id, reason="la lettura si è interrotta tre volte", now=now)
        return None
    try:
        heard = reader_for(one.channel_kind).read(one.raw)
    except Unreadable as problem:
        quarantine(one.arrival_id, reason=str(problem), now=now)
        return None
    except Exception:
        if alone:
            raise  # tried again later, and in quarantine after the third time
        logger.exception("arrival %d could not be read with the others", one.arrival_id)
        _read_alone_later(one.arrival_id)
        return None
    if is_faceless(heard):
        quarantine(one.arrival_id, reason=NOBODY, now=now)
        return None
    return heard


@transaction.atomic(savepoint=False)
def quarantine(arrival_id: int, *, reason: str, now: datetime) -> None:
    """Put an arrival where a person sees it, with its raw bytes and the reason."""
    changed = Arrival.objects.filter(pk=arrival_id, read_at=None, quarantined_at=None).update(
        quarantined_at=now, quarantine_reason=reason[:300] or "illeggibile"
    )
    if changed:
        record("channels.quarantined", at=now, subject=reference("arrival", arrival_id))
