"""One thread a source, one holder across all hosts, whatever breaks."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ascolto.channels import registry
from ascolto.channels.listening.ear import lease_name
from ascolto.channels.listening.health import source_health
from ascolto.channels.listening.listener import Habits
from ascolto.channels.listening.runner import SourceListeners
from ascolto.channels.models import Arrival, Channel, Gap, Health
from ascolto.kit.lease import Lease
from tests import make
from tests.channels.sources import lines
from tests.mailservers.world import until

QUICK = Habits(look_every=0.3, first_pause=0.05, longest_pause=0.2, pauses_at_the_door=(0.1, 30.0))
pytestmark = pytest.mark.usefixtures("real_queue", "line_kind")


@pytest.fixture
def line_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """For this test, feeds are files."""
    for book in ("_readers", "_sources", "_manners", "_silences"):
        monkeypatch.setattr(registry, book, dict(getattr(registry, book)))
    lines.serve()


def now() -> datetime:
    return datetime.now(UTC)


def channel(file: Path, name: str = "foglio") -> Channel:
    return Channel.objects.create(
        kind=Channel.Kind.FEED,
        name=name,
        title=name,
        team=make.team(),
        settings={"file": str(file)},
        opened_at=make.LONG_AGO,
    )


@contextmanager
def listening(clock: Callable[[], datetime] = now) -> Iterator[SourceListeners]:
    stop = threading.Event()
    listeners = SourceListeners(
        stop,
        wants=lambda _channel: lambda _text, **_who: True,
        clock=clock,
        reload_seconds=0.2,
        habits=QUICK,
    )
    listeners.start()
    try:
        yield listeners
    finally:
        stop.set()
        listeners.join(60)
        assert not listeners.is_alive()


def arrived(of: Channel) -> list[str]:
    return list(
        Arrival.objects.filter(channel=of).order_by("pk").values_list("external_id", flat=True)
    )


def health(of: Channel) -> Health | None:
    return Health.objects.filter(channel=of, way="IN").first()


def standing() -> str:
    return source_health(now=now())[0].standing


def write(file: Path, count: int, *, start: int = 0) -> list[str]:
    with file.open("a") as opened:
        opened.writelines(f"Rete giù, messaggio {at}\n" for at in range(start, start + count))
    return [f"line-{at:04}" for at in range(start + count)]


def test_what_a_source_says_is_kept_in_order_with_its_cursor(tmp_path: Path) -> None:
    file = tmp_path / "a"
    expected = write(file, 20)
    heard = channel(file)

    with listening():
        until(lambda: arrived(heard) == expected)
        more = write(file, 5, start=20)
        until(lambda: arrived(heard) == more)

    heard.refresh_from_db()
    assert heard.cursor == {"line": 25}


def test_of_two_hosts_one_listens_and_the_other_takes_over(tmp_path: Path) -> None:
    heard = channel(tmp_path / "a")
    write(tmp_path / "a", 1)

    with listening() as first:
        until(lambda: len(arrived(heard)) == 1)
        generation = taken(heard)
        with listening():
            time.sleep(1)
            assert taken(heard) == generation
            first._end([heard.pk])  # noqa: SLF001 # as its host does when it stops
            write(tmp_path / "a", 1, start=1)
            until(lambda: len(arrived(heard)) == 2)

    assert arrived(heard) == ["line-0000", "line-0001"]


def taken(of: Channel) -> int | None:
    """The generation of whoever listens, told by a stranger who is refused."""
    from django.db import connection

    stranger = Lease(lease_name(of.pk))
    assert not stranger.take(), "nobody listens"
    with connection.cursor() as cursor:
        cursor.execute("select generation from kit_lease where name = %s", [stranger.name])
        row = cursor.fetchone()
    return row[0] if row else None


def test_a_source_that_dies_is_seen_at_once_and_well_again_when_it_answers(tmp_path: Path) -> None:
    file = tmp_path / "a"
    write(file, 1)
    heard = channel(file)

    with listening():
        until(lambda: standing() == "WELL")
        file.rename(tmp_path / "b")
        until(lambda: standing() == "FAILING")
        assert source_health(now=now())[0].error == "il file non c’è"
        (tmp_path / "b").rename(file)
        until(lambda: standing() == "WELL")

    assert arrived(heard) == ["line-0000"]
    assert standing() == "UNATTENDED"


def test_who_is_not_let_in_is_told_at_once_and_does_not_hammer(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("locked\n")
    heard = channel(file)

    with listening():
        until(lambda: getattr(health(heard), "failures", 0) == 2)
        time.sleep(1)

    told = health(heard)
    assert told is not None
    assert (told.failures, told.error) == (2, "il file è chiuso a chiave")


def test_new_settings_are_listened_to_and_a_closed_source_is_let_be(tmp_path: Path) -> None:
    write(tmp_path / "a", 1)
    write(tmp_path / "b", 3)
    heard = channel(tmp_path / "a")

    with listening():
        until(lambda: len(arrived(heard)) == 1)
        Channel.objects.filter(pk=heard.pk).update(settings={"file": str(tmp_path / "b")})
        until(lambda: len(arrived(heard)) == 3)
        Channel.objects.filter(pk=heard.pk).update(closed_at=now())
        until(lambda: Lease(lease_name(heard.pk)).take())
        write(tmp_path / "b", 1, start=3)
        time.sleep(0.6)

    assert len(arrived(heard)) == 3


def test_ten_minutes_of_deafness_are_a_gap_that_is_filled(tmp_path: Path) -> None:
    file = tmp_path / "a"
    write(file, 2)
    heard = channel(file)
    ahead = [timedelta(0)]

    with listening(lambda: now() + ahead[0]):
        until(lambda: len(arrived(heard)) == 2 and health(heard) is not None)
        file.rename(tmp_path / "b")
        until(lambda: standing() == "FAILING")
        ahead[0] = timedelta(minutes=10)
        until(lambda: Gap.objects.filter(channel=heard, until=None).exists())
        assert source_health(now=now())[0].deaf
        expected = write(tmp_path / "b", 30, start=2)
        (tmp_path / "b").rename(file)
        until(lambda: Gap.objects.filter(channel=heard, filled_at__isnull=False).exists())

    gap = Gap.objects.get(channel=heard)
    assert arrived(heard) == expected
    assert gap.until is not None
    assert timedelta(minutes=9) < gap.until - gap.since < timedelta(minutes=12)
    assert gap.why == "il file non c’è"
