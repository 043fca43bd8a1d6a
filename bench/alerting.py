"""From what is said in public to the alert on a screen: two hundred mentions a second for a minute.

All as in production: raw posts are kept in portions, as a stream brings them; `ascolto worker`
reads them, matches, understands and writes them down, looks whether they belong to a case, and
alerts by the rules that a new house has; `ascolto web` tells an open screen. One in ten calls for
help. What is counted is the time from the moment at which a mention was matched to that at which
its alert has come to the screen; and from its first byte here.
"""

import os
import socket
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import msgspec
from bench.database import fresh_database
from bench.served import Served, web, worker
from tests import make
from tests.live.listening import signed_in

from ascolto.alerts.models import Alert
from ascolto.alerts.services import first_rules
from ascolto.channels.adapters.bluesky.seen import Author, Seen
from ascolto.channels.models import Channel
from ascolto.channels.services.accepting import Letter, accept_many
from ascolto.listening.models import Mention, Monitor

A_SECOND = 200
PORTION = 40
SECONDS = int(os.environ.get("ASCOLTO_BENCH_SECONDS", "60"))
WARMING = 2  # portions that are not counted: the worker loads what it reads with
ONE_IN = 10
PATIENCE = 120.0  # seconds until all must have come
HELP = "Da tre giorni la fibra di Alba Telefonia non va e nessuno risponde al telefono, numero"
THANKS = "Grazie ad Alba Telefonia, il tecnico è stato puntuale e gentile, bravissimi, numero"


class Screen(threading.Thread):
    """One open desk: when the alerts came to it."""

    def __init__(self, port: int, cookie: str) -> None:
        super().__init__(daemon=True)
        self.port, self.cookie = port, cookie
        self.came: dict[str, datetime] = {}

    def run(self) -> None:
        asked = f"GET /eventi/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookie}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", self.port)) as line:
            line.sendall(asked.encode())
            for told in line.makefile("rb"):
                if b'"alerts.raised"' in told:
                    event = msgspec.json.decode(told.partition(b"data: ")[2])
                    self.came.setdefault(event["subject"], datetime.now(UTC))


def run() -> None:
    with fresh_database():
        channel, cookie = _furnish()
        with web() as server, worker() as working:
            screen = Screen(server.port, cookie)
            screen.start()
            _feed(channel, range(WARMING))
            _until(lambda: Mention.objects.count() == WARMING * PORTION)
            _measure(channel, screen, working)


def _measure(channel: int, screen: Screen, working: Served) -> None:
    began, work = datetime.now(UTC), working.work()
    portions = range(WARMING, WARMING + A_SECOND * SECONDS // PORTION)
    said = len(portions) * PORTION
    _feed(channel, portions)
    fed = time.perf_counter()
    _until(lambda: Mention.objects.count() == said + WARMING * PORTION)
    behind = time.perf_counter() - fed
    raised = Alert.objects.filter(matched_at__gte=began)
    _until(lambda: raised.count() >= said // ONE_IN)
    alerts = list(raised)
    _until(lambda: all(alert.reference in screen.came for alert in alerts))
    waits = [_waits(alert, screen.came[alert.reference]) for alert in alerts]
    print(f"{A_SECOND} mentions a second for {SECONDS} s, {len(alerts):,} of {said:,} alerted:")
    _print("match to screen", [one for one, _ in waits])
    _print("heard to screen", [one for _, one in waits])
    print(f"  behind at the end  {behind:6.2f} s")
    print(f"  worker             {(working.work() - work) / said * 1000:6.2f} ms of it a mention")


def _waits(alert: Alert, came: datetime) -> tuple[float, float]:
    assert alert.matched_at is not None
    assert alert.heard_at is not None
    matched, heard = came - alert.matched_at, came - alert.heard_at
    return matched.total_seconds(), heard.total_seconds()


def _print(name: str, times: Sequence[float]) -> None:
    cuts = statistics.quantiles(times, n=20)
    print(f"  {name:18} p50 {statistics.median(times):5.2f} s, p95 {cuts[-1]:5.2f} s", end="")
    print(f", longest {max(times):5.2f} s")


def _feed(channel: int, portions: range) -> None:
    """Each at its time; what comes late is not waited for."""
    began = time.perf_counter()
    for at, portion in enumerate(portions):
        time.sleep(max(0.0, began + at * PORTION / A_SECOND - time.perf_counter()))
        numbers = range(portion * PORTION, (portion + 1) * PORTION)
        now = datetime.now(UTC)
        accept_many([_letter(channel, number, now) for number in numbers], now=now)


def _letter(channel: int, number: int, now: datetime) -> Letter:
    seen = Seen(
        f"at://did:plc:bench{number}/app.bsky.feed.post/{number}",
        Author(f"did:plc:bench{number}", f"persona{number}.example", f"Persona {number}", 100),
        f"bafy{number}",
        record={
            "text": f"{THANKS if number % ONE_IN else HELP} {number}",
            "createdAt": now.isoformat(),
            "langs": ["it"],
        },
    )
    return Letter(channel, msgspec.json.encode(seen), seen.uri)


def _until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < until, "mentions or alerts did not come"
        time.sleep(0.05)


def _furnish() -> tuple[int, str]:
    team = make.team()
    Monitor.objects.create(
        name="Noi",
        rule={"any": ["alba telefonia"]},
        team=team,
        made_at=make.NOON,
        changed_at=make.NOON,
    )
    first_rules(now=make.NOON)
    channel = Channel.objects.create(
        kind=Channel.Kind.BLUESKY, name="bench", title="bench", team=team, opened_at=make.NOON
    )
    return channel.pk, signed_in(make.colleague(teams=(team,)))
