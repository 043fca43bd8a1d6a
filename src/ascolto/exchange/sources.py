"""A file that is kept in the database, read by pieces."""

import io
from typing import Any, BinaryIO, cast

from django.db.models import BinaryField, F, Func, Value

from ascolto.exchange.rows import File
from ascolto.kit.models import Blob

PIECE = 1024 * 1024


class _Kept(io.RawIOBase):
    """The bytes of a blob, of which the database cuts off what is asked for."""

    def __init__(self, digest: str) -> None:
        self._digest = digest
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        view = memoryview(buffer)
        cut = Func(
            F("content"),
            Value(self._at + 1),
            Value(len(view)),
            function="substring",
            output_field=BinaryField(),
        )
        piece = bytes(Blob.objects.filter(digest=self._digest).values_list(cut, flat=True)[0])
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


def kept_file(digest: str) -> File:
    return File(lambda: cast(BinaryIO, io.BufferedReader(_Kept(digest), PIECE)))
