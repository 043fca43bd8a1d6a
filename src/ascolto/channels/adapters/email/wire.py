"""How a read mail crosses the pipe between the guard and its child."""

import os
import select
import struct
import subprocess
import time
from typing import BinaryIO

import msgspec

from ascolto.channels.adapters.email.values import ReadMail

LENGTH = struct.Struct(">I")
_CHUNK = 1 << 20

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(ReadMail)


def pack(mail: ReadMail) -> bytes:
    return _encoder.encode(mail)


def unpack(data: bytes) -> ReadMail:
    """msgpack and not pickle: the child has touched hostile bytes and is not trusted."""
    return _decoder.decode(data)


def send(pipe: BinaryIO, data: bytes) -> None:
    pipe.write(LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: BinaryIO) -> bytes | None:
    """The next block, or None when the other side has closed."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    data = pipe.read(length)
    return data if len(data) == length else None


def exchange(child: subprocess.Popen[bytes], data: bytes | None, deadline: float) -> bytes:
    """Send a block (or nothing) and take one back, before `deadline` on the monotonic clock.

    Raises TimeoutError, or another OSError when the child has gone. Never blocks on a full pipe.
    """
    if child.stdin is None or child.stdout is None:
        raise BrokenPipeError
    into, out = child.stdin.fileno(), child.stdout.fileno()
    os.set_blocking(into, False)
    os.set_blocking(out, False)
    unsent = memoryview(b"" if data is None else LENGTH.pack(len(data)) + data)
    answer = bytearray()
    poll = select.poll()
    poll.register(out, select.POLLIN)
    if unsent:
        poll.register(into, select.POLLOUT)
    while not _whole(answer):
        for fd, _ in _ready(poll, deadline):
            if fd == into:
                unsent = unsent[os.write(into, unsent[:_CHUNK]) :]
                if not unsent:
                    poll.unregister(into)
            else:
                answer += _read(out)
    return bytes(memoryview(answer)[LENGTH.size :])


def _ready(poll: select.poll, deadline: float) -> list[tuple[int, int]]:
    left = deadline - time.monotonic()
    ready = poll.poll(left * 1000) if left > 0 else []
    if not ready:
        raise TimeoutError
    return ready


def _read(fd: int) -> bytes:
    data = os.read(fd, _CHUNK)
    if not data:
        raise BrokenPipeError
    return data


def _whole(answer: bytearray) -> bool:
    if len(answer) < LENGTH.size:
        return False
    return len(answer) >= LENGTH.size + int(LENGTH.unpack_from(answer)[0])
