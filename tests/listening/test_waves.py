"""A rise is told once, on the way up, with what made it; a Monday is not a rise."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from ascolto.alerts.models import Alert, Rule
from ascolto.channels.models import Arrival, Item
from ascolto.kit import blobs
from ascolto.listening.models import Match, Mention, Monitor, Place, Tally, Wave
from ascolto.listening.services import dismiss_wave, sweep_waves
from tests import make
from tests.listening.public import bring, hear, monitor, source

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)  # nine o'clock in Rome
A_DAY = [1, 0, 0, 0, 0, 1, 3, 12, 45, 60, 62, 50, 40, 38, 45, 50, 44, 30, 20, 15, 12, 8, 4, 2]


def weeks_before(wanted: Monitor, *, seed: int = 1) -> None:
    """Eight weeks as they are: busy days, quiet nights, no two of them alike."""
    chance = random.Random(seed)  # noqa: S311 # the same at every run
    rows = []
    for step in range(1, 8 * 7 * 24 + 2):
        hour = MONDAY + timedelta(hours=2) - timedelta(hours=step)
        if hour < MONDAY - timedelta(hours=2):
            many = round(A_DAY[(hour.hour + 1) % 24] * chance.uniform(0.7, 1.3))
            rows.append(Tally(monitor=wanted, hour=hour, mentions=many))
    Tally.objects.bulk_create(rows)


def say(wanted: Monitor, moments: list[datetime], *, text: str = "alba telefonia giù") -> None:
    """Mentions as `hear_posts` leaves them, quickly."""
    start = Item.objects.count()
    raw = blobs.store(b"post")
    arrivals = Arrival.objects.bulk_create(
        Arrival(channel=source(), external_id=f"{start + n}", raw_id=raw, received_at=at)
        for n, at in enumerate(moments)
    )
    items = Item.objects.bulk_create(
        Item(
            arrival=arrival,
            channel=source(),
            kind="POST",
            heard_at=arrival.received_at,
            post={"author": f"bluesky:{arrival.pk}"},
        )
        for arrival in arrivals
    )
    mentions = Mention.objects.bulk_create(
        Mention(
            key=f"at://{item.pk}",
            item=item,
            channel=source(),
            text=text,
            kind="PROBLEM",
            team=wanted.team,
            heard_at=item.heard_at,
            matched_at=item.heard_at,
        )
        for item in items
    )
    Match.objects.bulk_create(
        Match(mention=one, monitor=wanted, words=[], at=one.heard_at) for one in mentions
    )


def evenly(begin: datetime, *, an_hour: float, minutes: float) -> list[datetime]:
    many = round(an_hour * minutes / 60)
    return [begin + timedelta(minutes=minutes) * ((n + 0.5) / many) for n in range(many)]


def sweeps(begin: datetime, *, minutes: float) -> Iterator[tuple[datetime, list[Wave]]]:
    for step in range(round(minutes * 6)):
        now = begin + timedelta(seconds=10 * (step + 1))
        yield now, sweep_waves(now=now)


@pytest.fixture
def wanted() -> Monitor:
    make.team()
    Rule.objects.create(kind=Rule.Kind.WAVE, ways=[], made_at=make.LONG_AGO)
    found = monitor(name="Armadio TO-114")
    weeks_before(found)
    return found


def test_twenty_times_as_many_are_told_once_within_a_minute(wanted: Monitor) -> None:
    say(wanted, evenly(MONDAY - timedelta(hours=1), an_hour=50, minutes=60))
    say(wanted, evenly(MONDAY, an_hour=20 * 60, minutes=5), text="alba: armadio spento da ieri")

    told = [(now, wave) for now, begun in sweeps(MONDAY, minutes=12) for wave in begun]

    ((now, wave),) = told
    assert now - MONDAY <= timedelta(minutes=1)
    alert = Alert.objects.get()
    assert (alert.kind, alert.subject, wave.alert_ref) == (
        "WAVE",
        f"wave:{wave.pk}",
        alert.reference,
    )
    assert alert.title.startswith("Armadio TO-114: ")
    assert "armadio" in wave.words
    assert "alba: armadio spento" in alert.words


def test_a_rise_by_steps_is_told_when_it_shows(wanted: Monitor) -> None:
    for minute in range(5):
        begin = MONDAY + timedelta(minutes=minute)
        say(wanted, evenly(begin, an_hour=60 * 4 * (minute + 1), minutes=1))

    told = [now for now, begun in sweeps(MONDAY, minutes=8) if begun]

    assert len(told) == 1
    assert told[0] - MONDAY <= timedelta(minutes=3)


def test_a_normal_monday_morning_is_not_told(wanted: Monitor) -> None:
    chance = random.Random(7)  # noqa: S311 # the same at every run
    begin = MONDAY - timedelta(hours=2)
    moments = [
        begin + timedelta(hours=hour + chance.random())
        for hour in range(5)
        for _ in range(round(A_DAY[begin.hour + 1 + hour] * chance.uniform(0.7, 1.4)))
    ]
    say(wanted, moments)

    told = [begun for _, begun in sweeps(begin, minutes=60 * 4.5) if begun]

    assert told == []


def test_it_ends_when_all_is_as_usual_and_a_new_one_is_told_anew(wanted: Monitor) -> None:
    say(wanted, evenly(MONDAY, an_hour=1200, minutes=5))
    sweep_waves(now=MONDAY + timedelta(minutes=2))

    sweep_waves(now=MONDAY + timedelta(minutes=50))

    wave = Wave.objects.get()
    assert (wave.ended_at, wave.mentions) == (MONDAY + timedelta(minutes=50), 100)
    assert Alert.objects.get().closed_at is not None
    again = MONDAY + timedelta(hours=2)
    say(wanted, evenly(again, an_hour=1500, minutes=5))
    assert len(sweep_waves(now=again + timedelta(minutes=2))) == 1


def test_what_a_person_called_no_alarm_is_not_told_again(wanted: Monitor) -> None:
    say(wanted, evenly(MONDAY, an_hour=1200, minutes=20))
    (wave,) = sweep_waves(now=MONDAY + timedelta(minutes=1))
    elena = make.colleague("Elena Sala")

    assert dismiss_wave(wave.pk, by=elena, now=MONDAY + timedelta(minutes=2))
    assert not dismiss_wave(wave.pk, by=elena, now=MONDAY + timedelta(minutes=2))

    assert [begun for _, begun in sweeps(MONDAY + timedelta(minutes=2), minutes=18) if begun] == []
    assert Alert.objects.filter(closed_at=None).count() == 0


def test_what_is_fetched_after_an_outage_is_no_wave(wanted: Monitor) -> None:
    say(wanted, evenly(MONDAY - timedelta(hours=9), an_hour=400, minutes=30))

    assert sweep_waves(now=MONDAY) == []


def test_the_alert_of_a_wave_quotes_nothing_that_was_deleted_since(wanted: Monitor) -> None:
    Rule.objects.get_or_create(kind=Rule.Kind.WAVE, defaults={"ways": [], "made_at": MONDAY})
    now = MONDAY + timedelta(minutes=20)
    say(wanted, [now - timedelta(seconds=3 * n) for n in range(90, 3, -1)])
    say(wanted, [now - timedelta(seconds=1)], text="alba telefonia, sono Marta Riva di via Po 7")
    assert len(sweep_waves(now=now)) == 1
    assert "via Po 7" in Alert.objects.get().words

    marta = Mention.objects.get(text__contains="via Po 7")
    Place.objects.create(
        mention=marta, channel=source(), key=marta.key, item=marta.item, seen_at=now
    )
    hear(bring("", by=None, change="DELETE", changes=marta.key), now=now)

    words = Alert.objects.get().words
    assert "via Po 7" not in words
    assert words.count("alba telefonia") == 3
