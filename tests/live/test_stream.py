"""The live screen hears every deed once, in order, whatever commits late or breaks between."""

import asyncio

import pytest
from django.db import connection

from ascolto.desk.stream import StreamLane
from ascolto.timeline.queries import head
from tests import make
from tests.live.listening import Browser, hand, signed_in, subjects, with_lane, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def team() -> int:
    return make.team().pk


@pytest.fixture
def cookies(team: int) -> dict[str, str]:
    return {"Cookie": signed_in(make.colleague(teams=(make.team(),)))}


def place_now() -> str:
    """What a page says that is drawn on another thread."""
    try:
        return str(head())
    finally:
        connection.close()


def test_a_deed_is_told_after_its_commit(cookies: dict[str, str], team: int) -> None:
    async def story(lane: StreamLane) -> None:
        async with Browser(lane, cookies) as browser:
            await browser.hears("hello")
            async with await hand() as pen:
                await write(pen, "case:12", team)
                await asyncio.sleep(0.1)
                assert subjects(browser.heard) == []
                await pen.commit()
            deed = (await browser.hears("deed"))[0]
            assert deed.told == {
                "kind": "cases.heard",
                "subject": "case:12",
                "case": 12,
                "customer": None,
            }
            assert browser.answer["x-accel-buffering"] == "no"
            assert browser.answer["cache-control"] == "no-store"

    with_lane(story)


def test_a_transaction_that_commits_late_is_not_skipped(cookies: dict[str, str], team: int) -> None:
    async def story(lane: StreamLane) -> None:
        async with Browser(lane, cookies) as browser, await hand() as late, await hand() as quick:
            await browser.hears("hello")
            await write(late, "case:1", team)
            await write(quick, "case:2", team)
            await quick.commit()
            await asyncio.sleep(0.2)
            assert subjects(browser.heard) == []  # held back: an older one is still open
            await late.commit()
            await browser.hears("deed", times=2)
            assert subjects(browser.heard) == ["case:1", "case:2"]

    with_lane(story)


def test_what_an_older_transaction_held_back_comes_when_it_is_undone(
    cookies: dict[str, str], team: int
) -> None:
    async def story(lane: StreamLane) -> None:
        async with Browser(lane, cookies) as browser, await hand() as late, await hand() as quick:
            await browser.hears("hello")
            await write(late, "case:1", team)
            await write(quick, "case:2", team)
            await quick.commit()
            await late.rollback()  # says nothing to anybody: the stream has to look by itself
            await browser.hears("deed")
            assert subjects(browser.heard) == ["case:2"]

    with_lane(story)


def test_a_transaction_of_another_database_holds_nothing_back(
    cookies: dict[str, str], team: int
) -> None:
    async def story(lane: StreamLane) -> None:
        async with await hand(dbname="postgres") as stranger, await hand() as pen:
            await stranger.execute("select pg_current_xact_id()")  # it writes, and stays open
            async with Browser(lane, cookies) as browser:
                await browser.hears("hello")
                await write(pen, "case:1", team)
                await pen.commit()
                await browser.hears("deed")
                assert subjects(browser.heard) == ["case:1"]
                assert await asyncio.to_thread(place_now) == browser.heard[-1].place

    with_lane(story)


def test_beside_a_stranger_a_transaction_of_ours_still_holds_back(
    cookies: dict[str, str], team: int
) -> None:
    async def story(lane: StreamLane) -> None:
        async with await hand(dbname="postgres") as stranger, await hand() as late:
            await write(late, "case:1", team)
            await stranger.execute("select pg_current_xact_id()")
            async with Browser(lane, cookies) as browser, await hand() as quick:
                await browser.hears("hello")
                await write(quick, "case:2", team)
                await quick.commit()
                await asyncio.sleep(0.2)
                assert subjects(browser.heard) == []
                await late.commit()
                await browser.hears("deed", times=2)
                assert subjects(browser.heard) == ["case:1", "case:2"]

    with_lane(story)


def test_who_comes_back_hears_what_he_missed_and_nothing_twice(
    cookies: dict[str, str], team: int
) -> None:
    async def story(lane: StreamLane) -> None:
        async with await hand(autocommit=True) as pen:
            async with Browser(lane, cookies) as browser:
                await browser.hears("hello")
                await write(pen, "case:1", team)
                place = (await browser.hears("deed"))[0].place
            for number in range(2, 6):
                await write(pen, f"case:{number}", team)
            async with Browser(lane, {**cookies, "Last-Event-ID": place}) as again:
                await again.hears("deed", times=4)
                await write(pen, "case:6", team)
                await again.hears("deed", times=5)
                assert subjects(again.heard) == [f"case:{number}" for number in range(2, 7)]

    with_lane(story)


def test_replay_and_live_together_equal_what_one_long_stream_hears(
    cookies: dict[str, str], team: int
) -> None:
    async def story(lane: StreamLane) -> None:
        async with await hand(autocommit=True) as pen, Browser(lane, cookies) as steady:
            place = (await steady.hears("hello"))[0].place
            pieces: list[str] = []
            for number in range(120):
                await write(pen, f"case:{number}", team)
                if number % 10 == 0:  # a tab that drops every moment
                    async with Browser(lane, {**cookies, "Last-Event-ID": place}) as dropping:
                        await dropping.until(bool)
                        pieces += subjects(dropping.heard)
                        place = dropping.heard[-1].place
            async with Browser(lane, {**cookies, "Last-Event-ID": place}) as dropping:
                await dropping.until(lambda heard: "case:119" in subjects(heard))
                pieces += subjects(dropping.heard)
            await steady.hears("deed", times=120)
            assert pieces == subjects(steady.heard) == [f"case:{n}" for n in range(120)]

    with_lane(story)


def test_a_page_names_the_place_it_was_drawn_at(cookies: dict[str, str], team: int) -> None:
    place = head()

    async def story(lane: StreamLane) -> None:
        async with await hand(autocommit=True) as pen:
            await write(pen, "case:1", team)
        async with Browser(lane, cookies, query=f"da={place}") as browser:
            await browser.hears("deed")
            assert subjects(browser.heard) == ["case:1"]

    with_lane(story)


@pytest.mark.parametrize(
    "place", ["nonsense", "1", "²", "1.2.3", "9" * 40 + ".1", "99999999999999.1"]
)
def test_a_place_that_is_none_of_ours_has_the_page_drawn_anew(
    cookies: dict[str, str], place: str
) -> None:
    async def story(lane: StreamLane) -> None:
        async with Browser(lane, cookies, query=f"da={place}") as browser:
            await browser.hears("resync")

    with_lane(story)


def test_who_was_away_too_long_draws_the_page_anew(cookies: dict[str, str], team: int) -> None:
    place = head()
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into timeline_entry (kind, at, subject, team_id, facts)"
            " select 'cases.heard', now(), 'case:' || n, %s, '{}' from generate_series(1, 600) n",
            [team],
        )

    async def story(lane: StreamLane) -> None:
        async with Browser(lane, {**cookies, "Last-Event-ID": str(place)}) as browser:
            await browser.hears("resync")
            assert subjects(browser.heard) == []

    with_lane(story)


def test_a_tab_that_sleeps_is_told_to_draw_anew_and_delays_nobody(
    cookies: dict[str, str], team: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ascolto.desk.stream.MOST_WAITING", 3)

    async def story(lane: StreamLane) -> None:
        async with (
            await hand(autocommit=True) as pen,
            Browser(lane, cookies) as asleep,
            Browser(lane, cookies) as awake,
        ):
            await asleep.hears("hello")
            await awake.hears("hello")
            asleep.stall()
            for number in range(10):
                await write(pen, f"case:{number}", team)
                await awake.hears("deed", times=number + 1)
            asleep.wake()
            await asleep.hears("resync")
            assert asleep.heard[-1].place == awake.heard[-1].place

    with_lane(story)


def test_a_lost_connection_is_made_again_and_nothing_is_skipped(
    cookies: dict[str, str], team: int
) -> None:
    async def story(lane: StreamLane) -> None:
        async with await hand(autocommit=True) as pen, Browser(lane, cookies) as browser:
            await browser.hears("hello")
            await pen.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where application_name = 'ascolto live' and pid <> pg_backend_pid()"
                " and datname = current_database()"
            )
            await write(pen, "case:1", team)
            await write(pen, "case:2", team)
            await browser.hears("deed", times=2)
            assert subjects(browser.heard) == ["case:1", "case:2"]

    with_lane(story)


def test_a_quiet_stream_beats(cookies: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ascolto.desk.stream.HEARTBEAT", 0.05)

    async def story(lane: StreamLane) -> None:
        async with Browser(lane, cookies) as browser:
            await browser.hears("hello")
            await browser.until(lambda _: browser.raw.count(b"\n:\n\n") >= 2)
            assert browser.raw.startswith(b"retry: ")

    with_lane(story)


def test_a_process_that_stops_ends_its_streams(cookies: dict[str, str]) -> None:
    async def story(lane: StreamLane) -> None:
        async with Browser(lane, cookies) as browser:
            await browser.hears("hello")
            await lane.stop()
            await browser.ends()

    with_lane(story)
