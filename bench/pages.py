"""Server time of every list, case and customer page, over 1,000 and over 1,000,000 conversations.

The limit beside them is a bare page, which knows who asks and says nothing; and, of each page, the
time that the database took for the same queries. The number of conversations of the big company is
ASCOLTO_BENCH_CASES, how often each page is asked ASCOLTO_BENCH_ROUNDS, and ASCOLTO_BENCH_ONLY is a
word in the names of the pages that are wanted. A page above the budget is marked.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle
from typing import Any

from bench import addresses, company
from bench.crowd import LONG, LONG_MESSAGES, grow
from bench.database import kept_database
from django.db import connection
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import Case, Message
from ascolto.cases.queries.counts import queue_counts
from ascolto.cases.queries.inbox import PAGE, inbox
from ascolto.cases.queries.views import views_of
from ascolto.config import boot
from ascolto.kit.tokens import token_hash
from ascolto.people.models import Identity
from ascolto.portal.door import VISIT
from ascolto.portal.models import Visit
from ascolto.portal.queries import cases_of
from ascolto.staff.models import Colleague

SMALL = 1_000
BIG = int(os.environ.get("ASCOLTO_BENCH_CASES", "1000000"))
ROUNDS = int(os.environ.get("ASCOLTO_BENCH_ROUNDS", "40"))
ONLY = os.environ.get("ASCOLTO_BENCH_ONLY", "").lower()
PAGES_WITHIN, COUNTS_WITHIN = 60.0, 30.0  # ms at p95
KEY = "bench"  # of the visitor's cookie


@dataclass
class Timing:
    queries: int = 0
    times: list[float] = field(default_factory=list)  # ms of each round
    database: list[float] = field(default_factory=list)  # ms of it spent in queries

    @property
    def p50(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.times, n=20)[-1]

    def __str__(self) -> str:
        best, database = min(self.times), min(self.database)
        return f"{best:6.1f} {self.p50:6.1f} {self.p95:6.1f} {database:6.1f}"


def run() -> None:
    print(f"load {os.getloadavg()[0]:.1f} {os.getloadavg()[1]:.1f} on {os.cpu_count()} cores")
    small = measured(SMALL)
    big = measured(BIG)
    report(small, big)
    print(f"load {os.getloadavg()[0]:.1f} {os.getloadavg()[1]:.1f}")


def measured(cases: int) -> dict[str, Timing]:
    with the_company(cases):
        return {**counts(), **all_pages(cases)}


@contextmanager
def the_company(cases: int) -> Iterator[None]:
    """The database of a company with so many conversations; made where none was kept."""
    with kept_database(f"pages_{cases}") as is_new:
        if is_new:
            started = time.perf_counter()
            grow(company.found(now=timezone.now()), first=1, last=cases, slow=LONG_MESSAGES)
            print(f"{cases:,} conversations were made in {time.perf_counter() - started:.0f} s")
        yield


def counts() -> dict[str, Timing]:
    found: dict[str, Timing] = {}
    for name, address in (("Elena", "elena.sala"), ("who leads", "marta.riva")):
        who = Colleague.objects.get(email=f"{address}@alba.example")
        now = timezone.now()
        looks: dict[str, Callable[[], object]] = {
            f"counts of {name}": lambda who=who: queue_counts(who),  # type: ignore[misc] # bound
            f"counts of {name}'s views": lambda who=who, now=now: views_of(who, now=now),  # type: ignore[misc] # bound
        }
        found |= {one: timed(look) for one, look in looks.items() if ONLY in one.lower()}
    return found


def all_pages(cases: int) -> dict[str, Timing]:
    elena = Colleague.objects.get(email="elena.sala@alba.example")
    clients = {name: Client() for name in ("elena", "marta", "visitor")}
    clients["elena"].force_login(elena)
    clients["marta"].force_login(Colleague.objects.get(email="marta.riva@alba.example"))
    visited = visitor(clients["visitor"])
    team = Case.objects.get(pk=20).team_id
    places = somewhere(elena, visited, cases)
    boot.keep_loaded()  # as `ascolto web` does
    found = {}
    for page in addresses.pages(team):
        if ONLY in page.name.lower():
            headers = {"HX-Request": "true"} if page.part else {}
            found[page.name] = timed(lambda: _asked(clients[page.who], page, next(places), headers))  # noqa: B023 # called at once
    return found


def _asked(client: Client, page: addresses.Page, place: dict[str, Any], headers: Any) -> None:
    answer = client.get(page.address.format(**place), headers=headers)
    assert answer.status_code == 200, (page.name, answer.status_code)


def somewhere(elena: Colleague, visited: Identity, cases: int) -> Iterator[dict[str, Any]]:
    """Another case each time, of those Elena may see."""
    opened = Case.objects.filter(team__is_reserved=False, pk__gt=1)
    waiting = list(opened.filter(resolved_at=None).order_by("-pk").values_list("pk", flat=True))
    over = list(opened.filter(pk__lte=cases).order_by("?").values_list("pk", flat=True)[:500])
    his = cases_of(visited).values_list("pk", flat=True).first()
    now = timezone.now()
    first = inbox(elena, "team", after=None, now=now)
    cursor = first.next_cursor if len(first.rows) == PAGE else ""
    step = max(1, len(waiting) // 499)
    before = Message.objects.filter(case=LONG).order_by("at")[LONG_MESSAGES // 2].pk
    for number, any_case in zip(cycle(waiting[::step]), cycle(over), strict=False):
        customer = any_case - (any_case - 1) % 3
        yield {
            "case": number,
            "any": any_case,
            "customer": customer,
            "his": his,
            "before": before,
            "cursor": str(cursor).replace("+", "%2B"),
            "since": (now - timedelta(days=120)).date(),
            "until": (now - timedelta(days=90)).date(),
        }


def visitor(client: Client) -> Identity:
    """The customer with the most cases, signed in to his page."""
    identity = Identity.objects.get(pk=2)
    now = timezone.now()
    Visit.objects.filter(token_hash=token_hash(KEY)).delete()
    Visit.objects.create(
        identity=identity,
        token_hash=token_hash(KEY),
        began_at=now,
        ends_at=now + timedelta(days=1),
    )
    client.cookies[VISIT] = KEY
    return identity


def timed(look: Callable[[], object]) -> Timing:
    """`ROUNDS` times, after a few unmeasured ones."""
    timing, spent = Timing(), [0.0, 0]

    def watched(execute: Any, *said: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*said)
        finally:
            spent[0] += time.perf_counter() - began
            spent[1] += 1

    for _ in range(3):
        look()
    with connection.execute_wrapper(watched):
        for _ in range(ROUNDS):
            spent[:] = [0.0, 0]
            began = time.perf_counter()
            look()
            timing.times.append((time.perf_counter() - began) * 1000)
            timing.database.append(spent[0] * 1000)
            timing.queries = max(timing.queries, int(spent[1]))
    return timing


def report(small: dict[str, Timing], big: dict[str, Timing]) -> None:
    print("ms: best, p50, p95, and the best of the database alone")
    print(f"{'':44} queries {f'at {SMALL:,}':>27} {f'at {BIG:,}':>27}")
    for name, few in small.items():
        many = big[name]
        within = COUNTS_WITHIN if name.startswith("counts") else PAGES_WITHIN
        mark = " over" if many.p95 > within else ""
        asked = f"{few.queries}" if few.queries == many.queries else f"{few.queries}→{many.queries}"
        print(f"{name[:44]:44} {asked:>7} {few} {many}{mark}")
