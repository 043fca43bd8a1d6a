"""Feeds are taken apart in a child process: one hostile feed costs one child, no listener.

feedparser needs minutes for some megabytes that were made for it. It is called only for a feed
that has changed, so that an interpreter a time is no great price.
"""

import resource
import subprocess
import sys

import msgspec

from ascolto.channels.adapters.email.guard import environment
from ascolto.channels.adapters.feed.entries import Entry, NoFeed, entries_of

SECONDS = 30
MEMORY = 1024 * 1024 * 1024


class _Task(msgspec.Struct):
    url: str
    content_type: str
    body: bytes


class _Answer(msgspec.Struct):
    entries: list[Entry] = []
    problem: str = ""


def parsed(body: bytes, *, url: str, content_type: str, seconds: float = SECONDS) -> list[Entry]:
    """`entries_of`, within limits. Raises `NoFeed`, also for a feed that takes too much."""
    task = msgspec.msgpack.encode(_Task(url, content_type, body))
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", __name__, str(round(seconds))],
            input=task,
            capture_output=True,
            timeout=seconds,
            check=True,
            env=environment(),
        )
        answer = msgspec.msgpack.decode(done.stdout, type=_Answer)
    except (subprocess.SubprocessError, msgspec.MsgspecError) as problem:
        raise NoFeed("il feed è troppo complicato per essere letto") from problem
    if answer.problem:
        raise NoFeed(answer.problem)
    return answer.entries


def _child(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + 1, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    task = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=_Task)
    try:
        answer = _Answer(entries_of(task.body, url=task.url, content_type=task.content_type))
    except NoFeed as problem:
        answer = _Answer(problem=str(problem))
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))


if __name__ == "__main__":
    _child(int(sys.argv[1]))
