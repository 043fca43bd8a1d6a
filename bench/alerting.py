"""From a match to its alert, at two hundred mentions a second, one in ten for somebody to see now.

Posts come in portions of a fifth of a second, as a stream brings them; each portion is heard, and
its mentions are alerted by the job that follows, as a worker runs them. What is counted is the
time from the moment at which a mention was matched to that at which its alert was committed.
"""

import statistics
import time
from datetime import UTC, datetime

from bench.database import fresh_database
from django.db import connection
from tests import make

from ascolto.alerts.models import Alert, Rule
from ascolto.channels.models import Arrival, Channel, Item
from ascolto.kit import blobs
from ascolto.listening import services
from ascolto.listening.models import Monitor

A_SECOND = 200
PORTION = 40
SECONDS = 10
HELP = "Da tre giorni la fibra di Alba Telefonia non va e nessuno risponde al telefono, numero"
THANKS = "Grazie ad Alba Telefonia, il tecnico è stato puntuale e gentile, bravissimi, numero"
ONE_IN = 10


def run() -> None:
    with fresh_database():
        _furnish()
        portions = [_items(number) for number in range(A_SECOND * SECONDS // PORTION + 2)]
        for warming in portions[:2]:
            _hear(warming)
        Alert.objects.all().delete()
        times, behind = _replay(portions[2:])
    print(f"{A_SECOND} mentions a second for {SECONDS} s, one in {ONE_IN} alerted:")
    print(f"  match to alert     p50 {statistics.median(times) * 1000:>6.0f} ms")
    print(f"                     p95 {statistics.quantiles(times, n=20)[-1] * 1000:>6.0f} ms")
    print(f"  behind at the end      {behind * 1000:>6.0f} ms")


def _replay(portions: list[list[int]]) -> tuple[list[float], float]:
    """Portions at their time; a late one is not waited for, and its lateness counts."""
    began = time.perf_counter()
    times: list[float] = []
    late = 0.0
    for number, portion in enumerate(portions):
        due = began + number * PORTION / A_SECOND
        late = time.perf_counter() - due
        if late < 0:
            time.sleep(-late)
        matched = max(due, began)
        _hear(portion)
        times.append(time.perf_counter() - matched)  # as long for each of the portion
    assert Alert.objects.count() == len(portions) * PORTION // ONE_IN
    return times, max(0.0, late)


def _hear(item_ids: list[int]) -> None:
    mentions = services.hear_posts(item_ids, now=datetime.now(UTC))
    services.alert([mention.pk for mention in mentions], now=datetime.now(UTC))


def _furnish() -> None:
    Monitor.objects.create(
        name="Noi",
        rule={"any": ["alba telefonia"]},
        team=make.team(),
        made_at=make.NOON,
        changed_at=make.NOON,
    )
    Rule.objects.create(kind=Rule.Kind.NEEDS_CARE, ways=["SCREEN"], made_at=make.NOON)
    make.colleague(teams=(make.team(),))
    Channel.objects.create(
        kind=Channel.Kind.BLUESKY,
        name="bench",
        title="bench",
        team=make.team(),
        opened_at=make.NOON,
    )
    connection.ensure_connection()


def _items(portion: int) -> list[int]:
    channel, now = Channel.objects.get(name="bench"), datetime.now(UTC)
    raw = blobs.store(b"a post")
    numbers = [portion * PORTION + at for at in range(PORTION)]
    arrivals = Arrival.objects.bulk_create(
        Arrival(channel=channel, external_id=f"{number}", raw_id=raw, received_at=now)
        for number in numbers
    )
    items = Item.objects.bulk_create(
        Item(
            arrival=arrival,
            channel=channel,
            kind=Item.Kind.POST,
            author_name=f"Persona {number}",
            heard_at=now,
            text=f"{THANKS if number % ONE_IN else HELP} {number}",
            public=True,
            post={"key": f"at://bench/{number}", "author": f"bluesky:{number}", "to_us": True},
        )
        for arrival, number in zip(arrivals, numbers, strict=True)
    )
    return [item.pk for item in items]
