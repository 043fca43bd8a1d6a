"""Bytes kept once, under the SHA-256 of what they are, in the same transaction as the facts."""

import hashlib
from collections.abc import Sequence

from ascolto.kit.models import Blob

LARGEST_BATCH = 32 * 1024 * 1024  # bytes in one statement: PostgreSQL takes 1 GiB, we have less


class Missing(LookupError):
    """No bytes are kept under this digest."""


class Corrupt(Exception):
    """The bytes are not those that were stored: the disk, or somebody, has changed them."""


def digest_of(data: bytes) -> str:
    """64 hexadecimal digits, lower case."""
    return hashlib.sha256(data).hexdigest()


def store(data: bytes) -> str:
    """Keep `data` and return its digest. What is kept already is not written again."""
    return store_many([data])[0]


def store_many(several: Sequence[bytes]) -> list[str]:
    """Keep all of them; the digests come in the order given."""
    digests = [digest_of(data) for data in several]
    # Sorted: two transactions that store the same things in another order would wait for each
    # other for ever.
    wanted = dict(sorted(zip(digests, several, strict=True)))
    kept = set(Blob.objects.filter(digest__in=wanted).values_list("digest", flat=True))
    batch: list[Blob] = []
    weight = 0
    for digest, data in wanted.items():
        if digest in kept:
            continue
        if batch and weight + len(data) > LARGEST_BATCH:
            Blob.objects.bulk_create(batch, ignore_conflicts=True)
            batch, weight = [], 0
        batch.append(Blob(digest=digest, size=len(data), content=data))
        weight += len(data)
    Blob.objects.bulk_create(batch, ignore_conflicts=True)
    return digests


def load(digest: str) -> bytes:
    """The bytes under `digest`. Raises `Missing`, or `Corrupt` if they are not what they were."""
    content = Blob.objects.filter(digest=digest).values_list("content", flat=True).first()
    if content is None:
        raise Missing(digest)
    data = bytes(content)
    if digest_of(data) != digest:
        raise Corrupt(digest)
    return data
