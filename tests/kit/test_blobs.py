"""Bytes come back as they were, are kept once, and tell when they were changed."""

import pytest
from django.db import IntegrityError, connection, transaction

from ascolto.kit import blobs
from ascolto.kit.models import Blob

pytestmark = pytest.mark.django_db
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("data", [b"", b"ciao", bytes(range(256)) * 5000])
def test_bytes_come_back_as_they_were(data: bytes) -> None:
    assert blobs.load(blobs.store(data)) == data


def test_the_same_bytes_are_kept_once() -> None:
    digests = blobs.store_many([b"ciao", b"", b"ciao"])

    assert digests[0] == digests[2] == blobs.store(b"ciao")
    assert digests[1] == EMPTY
    assert Blob.objects.count() == 2


def test_more_than_fits_one_statement_is_kept_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blobs, "LARGEST_BATCH", 3)
    several = [b"one", b"three", b"two", b"x", b"y"]

    digests = blobs.store_many(several)

    assert [blobs.load(digest) for digest in digests] == several


def test_changed_bytes_are_noticed() -> None:
    digest = blobs.store(b"ciao")
    with connection.cursor() as cursor:
        cursor.execute("update kit_blob set content = 'ciaO'")

    with pytest.raises(blobs.Corrupt):
        blobs.load(digest)


def test_bytes_that_were_never_stored_are_missing() -> None:
    with pytest.raises(blobs.Missing):
        blobs.load(EMPTY)


@pytest.mark.parametrize(
    ("digest", "size"), [("abc", 4), (EMPTY.upper(), 4), (EMPTY, 5)], ids=["short", "upper", "size"]
)
def test_the_database_refuses_what_cannot_be(digest: str, size: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Blob.objects.create(digest=digest, size=size, content=b"ciao")
