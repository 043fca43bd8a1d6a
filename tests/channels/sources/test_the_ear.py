"""Cursor and catch: both or neither, and by its holder alone."""

import time
from collections.abc import Iterator

import pytest
from django.db import DataError, connection

from ascolto.channels.listening.ear import ChannelEar, lease_name
from ascolto.channels.models import Arrival, Channel, Gap
from ascolto.channels.ports import Caught, NotMine
from tests import make

pytestmark = pytest.mark.usefixtures("real_queue")


def an_ear(of: Channel) -> ChannelEar:
    return ChannelEar(of.pk, wants=lambda _text, **_who: True, clock=lambda: make.NOON)


@pytest.fixture
def heard() -> Channel:
    return Channel.objects.create(
        kind="FEED", name="blog", title="Blog", team=make.team(), opened_at=make.LONG_AGO
    )


@pytest.fixture
def ear(heard: Channel) -> Iterator[ChannelEar]:
    made = an_ear(heard)
    assert made.take()
    yield made
    made.release()


def test_nobody_writes_who_does_not_hold_the_source(heard: Channel) -> None:
    with pytest.raises(NotMine):
        an_ear(heard).keep([Caught(b"x", "1")], {"at": 1})

    assert not Arrival.objects.exists()


def test_a_host_that_slept_writes_nothing_more(ear: ChannelEar, heard: Channel) -> None:
    expire(heard)
    other = an_ear(heard)
    assert other.take()

    with pytest.raises(NotMine):
        ear.keep([Caught(b"x", "1")], {"at": 1})
    with pytest.raises(NotMine):
        ear.missed(since=make.NOON, why="spento")
    assert not ear.renew()
    with pytest.raises(NotMine):
        ear.well()
    other.release()


def test_a_lease_that_was_elsewhere_meanwhile_does_not_continue_the_old_sitting(
    ear: ChannelEar, heard: Channel
) -> None:
    expire(heard)
    other = an_ear(heard)
    other.take()
    other.keep([], {"at": 9})
    other.release()

    assert not ear.renew()
    with pytest.raises(NotMine):
        ear.keep([], {"at": 1})
    assert Channel.objects.get(pk=heard.pk).cursor == {"at": 9}


def test_if_one_thing_cannot_be_kept_the_cursor_stays(ear: ChannelEar, heard: Channel) -> None:
    ear.keep([Caught(b"x", "1")], {"at": 1})

    with pytest.raises(DataError):
        ear.keep([Caught(b"y", "2"), Caught(b"z", "3", {"bad": "\0"})], {"at": 3})

    assert ear.cursor() == {"at": 1}
    assert [one.external_id for one in Arrival.objects.all()] == ["1"]


def test_what_comes_twice_is_kept_once_and_known(ear: ChannelEar) -> None:
    ear.keep([Caught(b"x", "1"), Caught(b"x", "1")], {"at": 1})
    ear.keep([Caught(b"x", "1"), Caught(b"y", "2")], {"at": 2})

    assert Arrival.objects.count() == 2
    assert ear.kept(["1", "2", "3"]) == {"1", "2"}
    assert ear.kept([]) == frozenset()


def test_a_trouble_after_hearing_well_is_a_new_one(ear: ChannelEar) -> None:
    began = time.monotonic()
    assert not ear.heard_since(began)
    ear.well()
    ear.unwell("spento")

    assert ear.heard_since(began)
    assert not ear.heard_since(time.monotonic())


def test_a_gap_is_one_however_often_it_is_told(ear: ChannelEar) -> None:
    ear.missed(since=make.LONG_AGO, why="spento")
    ear.missed(since=make.NOON, why="ancora spento")
    ear.caught_up(found=4)
    ear.caught_up(found=0)

    gap = Gap.objects.get()
    assert (gap.since, gap.until, gap.why) == (make.LONG_AGO, make.NOON, "spento")
    assert (gap.filled_at, gap.found) == (make.NOON, 4)


def test_what_cannot_be_fetched_any_more_stays_a_gap(ear: ChannelEar) -> None:
    ear.missed(since=make.LONG_AGO, why="il cursore è troppo vecchio")
    ear.caught_up(found=2, whole=False)

    gap = Gap.objects.get()
    assert gap.until == make.NOON
    assert gap.filled_at is None


def expire(of: Channel) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "update kit_lease set until_at = 'epoch' where name = %s", [lease_name(of.pk)]
        )
