"""Server time of the page of the figures over 1,000,000 cases, and of reading them the first time.

The number of cases is ASCOLTO_BENCH_CASES, how often each page is asked ASCOLTO_BENCH_ROUNDS. The
limit beside them is a bare page, which knows who asks and says nothing. `cold` is the first page of
a process, which has read no sheet yet.
"""

import os
import time

from bench import company
from bench.crowd import LONG_MESSAGES, grow
from bench.database import kept_database
from bench.pages import Timing, timed
from django.db import connection
from django.test import Client
from django.utils import timezone

from ascolto.insight.models import CaseFacts, Standing
from ascolto.insight.queries import sheets
from ascolto.insight.services import keep_up
from ascolto.staff.models import Colleague, Team

CASES = int(os.environ.get("ASCOLTO_BENCH_CASES", "1000000"))
WITHIN = 300.0  # ms at p95
PAGES = {
    "a bare page": "/impostazioni/",
    "30 days": "/analisi/",
    "7 days": "/analisi/?periodo=7",
    "90 days": "/analisi/?periodo=90",
    "90 days, a team": "/analisi/?periodo=90&squadra={team}",
    "90 days, by the wall, by channel": "/analisi/?periodo=90&ore=tutte&per=canale",
    "30 days, a team, urgent, e-mail": "/analisi/?squadra={team}&priorita=2&canale=EMAIL",
    "cases behind: handed over twice": "/analisi/casi/handed_over_twice/?periodo=90",
    "cases behind: slowest answers": "/analisi/casi/first_answer/?periodo=90",
    "a table as a file": "/analisi/confronto.csv?periodo=90",
}


def run() -> None:
    print(f"load {os.getloadavg()[0]:.1f} {os.getloadavg()[1]:.1f} on {os.cpu_count()} cores")
    with kept_database(f"insight_{CASES}") as is_new:
        if is_new:
            grow(company.found(now=timezone.now()), first=1, last=CASES, slow=LONG_MESSAGES)
        first_reading()
        _report(_pages())
    print(f"load {os.getloadavg()[0]:.1f} {os.getloadavg()[1]:.1f}")


def first_reading() -> None:
    """Everything from the beginning, unless it was read by an earlier run."""
    standing = Standing.objects.first()
    if standing is not None and standing.built_to is None:
        return
    started, read = time.perf_counter(), 0
    while some := keep_up(now=timezone.now()):
        read += some
    with connection.cursor() as cursor:  # as the server does by itself, some time later
        cursor.execute("vacuum analyze insight_casefacts")
    spent = time.perf_counter() - started
    print(f"{read:,} cases were read in {spent:.0f} s: {read / max(spent, 0.01):,.0f} a second")


def _pages() -> dict[str, tuple[float, Timing]]:
    client = Client()
    client.force_login(Colleague.objects.get(email="marta.riva@alba.example"))
    team = Team.objects.order_by("pk").values_list("pk", flat=True)[0]
    print(f"{CaseFacts.objects.count():,} cases")
    found = {}
    for name, address in PAGES.items():
        sheets.forget()
        began = time.perf_counter()
        _asked(client, address.format(team=team))
        cold = (time.perf_counter() - began) * 1000
        found[name] = (cold, timed(lambda: _asked(client, address.format(team=team))))  # noqa: B023 # called at once
    return found


def _asked(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    if answer.streaming:
        b"".join(answer.streaming_content)  # type: ignore[attr-defined] # it streams


def _report(found: dict[str, tuple[float, Timing]]) -> None:
    print("ms: cold; best, p50, p95, and the best of the database alone")
    for name, (cold, timing) in found.items():
        mark = " over" if timing.p95 > WITHIN else ""
        print(f"{name:36} {cold:7.1f} {timing}{mark}  {timing.queries} queries")
