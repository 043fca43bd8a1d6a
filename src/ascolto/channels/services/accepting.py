from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from ascolto.kit import blobs
from ascolto.kit.work import later

# Sorted by key, so that two hosts taking in the same letters cannot wait for each other.
INSERT = """
with letter as (
  select * from unnest(%s::bigint[], %s::text[], %s::text[], %s::jsonb[])
    as l(channel_id, external_id, raw_id, envelope)
)
insert into channels_arrival
  (channel_id, external_id, raw_id, received_at, envelope, attempts, quarantine_reason)
select channel_id, external_id, raw_id, %s, envelope, 0, ''
from letter order by channel_id, external_id
on conflict (channel_id, external_id) do nothing
returning id, channel_id, external_id
"""
KNOWN = """
select a.id, a.channel_id, a.external_id from channels_arrival a
join unnest(%s::bigint[], %s::text[]) as l(channel_id, external_id)
  on a.channel_id = l.channel_id and a.external_id = l.external_id
"""
LONGEST_ID = 300


@dataclass(frozen=True, slots=True)
class Letter:
    """Raw bytes at the door, with the name under which the carrier knows them."""

    channel_id: int
    raw: bytes
    external_id: str
    envelope: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Accepted:
    arrival_id: int
    duplicate: bool


def accept(
    channel_id: int, raw: bytes, *, external_id: str, envelope: dict[str, Any], now: datetime
) -> Accepted:
    """Keep raw bytes durably, once. When this returns and commits, the sender may hear "yes"."""
    return accept_many([Letter(channel_id, raw, external_id, envelope)], now=now)[0]


@transaction.atomic(savepoint=False)
def accept_many(letters: Sequence[Letter], *, now: datetime) -> list[Accepted]:
    """Keep many letters durably, each once, in the order given, and have the new ones read.

    The same key twice, here or earlier, is one arrival: the later ones answer `duplicate`.
    """
    if not letters:
        return []
    digests = blobs.store_many([letter.raw for letter in letters])
    channels = [letter.channel_id for letter in letters]
    keys = [_key(letter.external_id) for letter in letters]
    envelopes = [Jsonb(letter.envelope) for letter in letters]
    first = _first_of_each(channels, keys)
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            [
                [channels[at] for at in first],
                [keys[at] for at in first],
                [digests[at] for at in first],
                [envelopes[at] for at in first],
                now,
            ],
        )
        fresh = {(channel, key): pk for pk, channel, key in cursor.fetchall()}
        known = dict(fresh)
        if len(fresh) < len(first):
            cursor.execute(KNOWN, [channels, keys])
            known = {(channel, key): pk for pk, channel, key in cursor.fetchall()}
    if fresh:
        pairs = [(channels[at], keys[at]) for at in first]
        later(
            "channels.read_arrivals", arrival_ids=[fresh[pair] for pair in pairs if pair in fresh]
        )
    return _answers(channels, keys, known=known, fresh=set(fresh))


def _first_of_each(channels: list[int], keys: list[str]) -> list[int]:
    """Places of the first letter under each key: one statement may not bring a key twice."""
    places: dict[tuple[int, str], int] = {}
    for at, pair in enumerate(zip(channels, keys, strict=True)):
        places.setdefault(pair, at)
    return list(places.values())


def _answers(
    channels: list[int],
    keys: list[str],
    *,
    known: dict[tuple[int, str], int],
    fresh: set[tuple[int, str]],
) -> list[Accepted]:
    answers = []
    for pair in zip(channels, keys, strict=True):
        answers.append(Accepted(known[pair], duplicate=pair not in fresh))
        fresh.discard(pair)  # the second of the same letter is a duplicate of the first
    return answers


def _key(external_id: str) -> str:
    """A key as it can be stored: no NUL, bounded. The digest at its end must survive."""
    clean = external_id.replace("\0", "")
    return clean if len(clean) <= LONGEST_ID else clean[:200] + clean[-100:]
