"""Signed webhooks a second, each durable before its 200, beside what the database can insert.

The limit: rows of the same size in a table of their own, by two connections, one row a commit and
a hundred a commit. Client, server and database share this machine's cores.
"""

import asyncio
import os
import statistics
import threading
import time

import psycopg
from bench.database import fresh_database
from bench.served import web
from tests import make

from ascolto.channels.adapters.webhook.fake import FakeSender, SignedPost
from ascolto.channels.models import Arrival, Channel
from ascolto.kit.secrets import seal

SECRET = "the secret of the bench"  # noqa: S105 # of a database that is thrown away
CONNECTIONS = 64
WARM_UP = 500
REQUESTS = 6_000
LONGEST = 40.0  # seconds; slower machines send fewer
LIMIT_FOR = 3.0  # seconds each
TOGETHER = 100

Answer = tuple[int, float]  # status, seconds


def run() -> None:
    with fresh_database() as address:
        Channel.objects.create(
            kind=Channel.Kind.WEBHOOK,
            name="bench",
            title="bench",
            team=make.team(),
            secret=seal(SECRET),
            opened_at=make.NOON,
        )
        before = limits(address)
        with web() as server:
            asyncio.run(post_all(server.port, "warm", WARM_UP))
            started, worked = time.perf_counter(), server.work()
            answers = asyncio.run(post_all(server.port, "evt", REQUESTS))
            seconds, work = time.perf_counter() - started, server.work() - worked
        after = limits(address)
        check(answers)
        report(answers, seconds, work, [(a + b) / 2 for a, b in zip(before, after, strict=True)])


async def post_all(port: int, name: str, many: int) -> list[Answer]:
    """Post `many` over keep-alive connections, each as soon as the one before is answered."""
    sender = FakeSender(SECRET)
    text = "Buonasera, da stasera la fibra non funziona. " * 20
    posts = iter(
        [
            request(sender.post(f"{name}-{number}", at=time.time(), text=text))
            for number in range(many)
        ]
    )
    until = time.perf_counter() + LONGEST
    answers: list[Answer] = []

    async def one_connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for post in posts:
            began = time.perf_counter()
            writer.write(post)
            answers.append((await answer(reader), time.perf_counter() - began))
            if time.perf_counter() > until:
                break
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(*(one_connection() for _ in range(CONNECTIONS)))
    return answers


def request(post: SignedPost) -> bytes:
    lines = [f"{name}: {value}" for name, value in post.headers.items()]
    head = ["POST /in/bench/ HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(post.body)}"]
    return "\r\n".join([*head, *lines, "", ""]).encode() + post.body


async def answer(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])


def limits(address: str) -> tuple[float, float]:
    """Rows of 1 kB a second by two connections: one a commit, and `TOGETHER` a commit."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("create table if not exists bench_row (id bigserial, body bytea)")
    return _rows(address, 1), _rows(address, TOGETHER)


def _rows(address: str, each: int) -> float:
    counts: list[int] = []

    def insert() -> None:
        statement = f"insert into bench_row (body) values {', '.join(['(%s)'] * each)}"  # noqa: S608 # no words of others
        body, rows = os.urandom(1024), 0
        with psycopg.connect(address, autocommit=True) as connection:
            until = time.perf_counter() + LIMIT_FOR
            while time.perf_counter() < until:
                connection.execute(statement.encode(), [body] * each)
                rows += each
        counts.append(rows)

    threads = [threading.Thread(target=insert) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / LIMIT_FOR


def check(answers: list[Answer]) -> None:
    """A figure counts only if every yes is a row, and every row was read into the queue once."""
    yes = sum(status == 200 for status, _ in answers)
    assert Arrival.objects.filter(external_id__startswith="evt-").count() == yes


def report(answers: list[Answer], seconds: float, work: float, limit: list[float]) -> None:
    times = sorted(took * 1000 for status, took in answers if status == 200)
    refused = len(answers) - len(times)
    rate = len(times) / seconds
    p99 = statistics.quantiles(times, n=100)[-1]
    each = work / len(answers) * 1000
    print(f"{'':46} {'a second':>9} {'p50 ms':>8} {'p99 ms':>8} {'our ms each':>12}")
    name = f"signed webhooks of 1 kB, {CONNECTIONS} connections"
    print(f"{name:46} {rate:9.0f} {statistics.median(times):8.1f} {p99:8.1f} {each:12.2f}")
    for name, most in (
        ("limit: rows of 1 kB, one a commit", limit[0]),
        (f"limit: rows of 1 kB, {TOGETHER} a commit", limit[1]),
    ):
        print(f"{name:46} {most:9.0f}   (webhooks reach {rate / most:.0%})")
    print(f"{len(times):,} accepted and found in the database, {refused} told to try again")
