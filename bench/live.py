"""From a commit to 500 open screens, beside one bare connection that listens for the same.

The streams are opened on `ascolto web`; the deeds are written by a connection of this process,
which also reads every stream: its own work is in the figures.
"""

import asyncio
import statistics
import time
from dataclasses import dataclass, field

import psycopg
from bench.database import fresh_database
from bench.served import Served, web
from tests import make
from tests.live.listening import INSERT, signed_in

STREAMS = 500
DEEDS = 40
EVERY = 0.15  # seconds
SETTLE = 2.0
OPENS_WITHIN = 60.0


@dataclass
class Watch:
    """When each deed was committed, and how long each listener waited for it."""

    committed: dict[bytes, float] = field(default_factory=dict)
    bare: list[float] = field(default_factory=list)
    streamed: list[float] = field(default_factory=list)
    opened: int = 0


def run() -> None:
    with fresh_database() as address:
        team = make.team()
        cookie = signed_in(make.colleague(teams=(team,)))
        with web() as server:
            watch, idle, full = asyncio.run(_measure(server, address, cookie, team.pk))
        report(watch, idle, full)


async def _measure(
    server: Served, address: str, cookie: str, team: int
) -> tuple[Watch, float, float]:
    watch = Watch()
    first = asyncio.create_task(_listen(server.port, cookie, Watch()))
    await asyncio.sleep(SETTLE)
    idle = server.memory()
    readers = [asyncio.create_task(_listen(server.port, cookie, watch)) for _ in range(STREAMS)]
    bare = asyncio.create_task(_bare(address, watch))
    began = time.perf_counter()
    async with asyncio.timeout(OPENS_WITHIN):
        while watch.opened < STREAMS:  # noqa: ASYNC110 # counted by the readers
            await asyncio.sleep(0.05)
    print(f"{STREAMS} screens were open after {time.perf_counter() - began:.1f} s")
    full = server.memory()
    async with await psycopg.AsyncConnection.connect(address) as pen:
        for number in range(DEEDS):
            subject = f"case:{10**9 + number}"
            await pen.execute(INSERT, ("cases.heard", subject, team))
            await pen.commit()
            watch.committed[subject.encode()] = time.perf_counter()
            await asyncio.sleep(EVERY)
    await asyncio.sleep(SETTLE)
    for task in (first, bare, *readers):
        task.cancel()
    await asyncio.gather(first, bare, *readers, return_exceptions=True)
    return watch, idle, full


async def _listen(port: int, cookie: str, watch: Watch) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /eventi/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
    try:
        while line := await reader.readline():
            watch.opened += line == b"event: hello\n"
            if line.startswith(b"data: ") and b'"subject":"' in line:
                subject = line.partition(b'"subject":"')[2].partition(b'"')[0]
                waited = time.perf_counter() - watch.committed.get(subject, time.perf_counter())
                watch.streamed.append(waited * 1000)
    finally:
        writer.close()


async def _bare(address: str, watch: Watch) -> None:
    """One connection that is told, and asks nothing: no way of following can be quicker."""
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
        await connection.execute("listen timeline")
        async for _ in connection.notifies():
            newest = max(watch.committed.values(), default=time.perf_counter())
            watch.bare.append((time.perf_counter() - newest) * 1000)


def report(watch: Watch, idle: float, full: float) -> None:
    wanted = STREAMS * DEEDS
    print(f"{'from commit to':38} {'p50 ms':>8} {'p99 ms':>8} {'received':>16}")
    for name, times, most in (
        (f"{STREAMS} screens", watch.streamed, wanted),
        ("limit: one bare LISTEN", watch.bare, DEEDS),
    ):
        p99 = statistics.quantiles(times, n=100)[-1]
        heard = f"{len(times):,}/{most:,}"
        print(f"{name:38} {statistics.median(times):8.1f} {p99:8.1f} {heard:>16}")
    each = (full - idle) * 1024 / STREAMS
    print(
        f"memory of the server: {idle:.0f} MB, with all screens {full:.0f} MB, {each:.0f} kB each"
    )
    assert len(watch.streamed) == wanted, "a deed was lost or told twice"
