"""Server time of the pages people wait for, over 1,000 and over 1,000,000 conversations.

The rival is the small company itself: the big one should take at most twice as long. The number
of conversations of the big one is ASCOLTO_BENCH_CASES.
"""

import os
import statistics
import time
from collections.abc import Callable
from datetime import datetime
from itertools import cycle

from bench.crowd import grow
from bench.database import fresh_database
from django.test import Client
from django.utils import timezone
from tests import make

from ascolto.kit import blobs

SMALL = 1_000
BIG = int(os.environ.get("ASCOLTO_BENCH_CASES", "1000000"))
ROUNDS = 60
SEARCHES = ("fattura", "bonifico portabilità", "disdetta citta")

Timing = tuple[float, float]


def run() -> None:
    with fresh_database():
        elena = make.colleague(teams=(make.team(),))
        facts: dict[str, datetime | int | str] = {
            "now": timezone.now(),
            "channel": make.mailbox().pk,
            "team": make.team().pk,
            "author": elena.pk,
            "blob": blobs.store(b"bench"),
        }
        client = Client()
        client.force_login(elena)
        grow(facts, first=1, last=SMALL)
        small = measure(client, SMALL)
        started = time.perf_counter()
        grow(facts, first=SMALL + 1, last=BIG)
        print(f"{BIG:,} conversations were made in {time.perf_counter() - started:.0f} s")
        report(small, measure(client, BIG))


def measure(client: Client, cases: int) -> dict[str, Timing]:
    numbers = cycle(range(20, cases, max(20, cases // 997 * 20)))
    searches = cycle(SEARCHES)
    return {
        "inbox, a team": timed(lambda: client.get("/casella/squadra/")),
        "inbox, resolved": timed(lambda: client.get("/casella/risolti/")),
        "case": timed(lambda: client.get(f"/casi/C-{next(numbers)}/")),
        "search": timed(lambda: client.get("/cerca/", {"q": next(searches)})),
    }


def timed(request: Callable[[], object]) -> Timing:
    """p50 and p95 of a page, in milliseconds, after a few unmeasured rounds."""
    for _ in range(5):
        response = request()
        status = getattr(response, "status_code", 0)
        assert status == 200, status
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        request()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def report(small: dict[str, Timing], big: dict[str, Timing]) -> None:
    print(f"{'page':18} {'p50/p95 ms at':>14} {SMALL:,}   at {BIG:,}   ratio of p50")
    for name, (p50, p95) in small.items():
        big50, big95 = big[name]
        print(f"{name:18} {p50:12.1f}/{p95:.1f}   {big50:8.1f}/{big95:.1f}   {big50 / p50:6.2f}")
