"""T15 on the stream: who is told what."""

import asyncio

import psycopg
import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.test import override_settings
from django.utils import timezone

from ascolto.cases.services import be_present, leave
from ascolto.desk.stream import StreamLane
from ascolto.desk.stream_events import Sight
from ascolto.desk.stream_viewer import sight_of
from ascolto.staff.models import Colleague
from tests import make
from tests.live.listening import Browser, hand, named, signed_in, subjects, with_lane, write

pytestmark = pytest.mark.django_db(transaction=True)
Role = Colleague.Role


def cookie(name: str, role: str, *teams: str) -> dict[str, str]:
    members = tuple(make.team(team) for team in teams)
    return {"Cookie": signed_in(make.colleague(name, role=role, teams=members))}


async def write_in_both(pen: psycopg.AsyncConnection, *, reserved: int, shared: int) -> None:
    await write(pen, "case:1", reserved)
    await write(pen, "case:2", shared)


async def presences(browser: Browser, least: int) -> None:
    await browser.until(lambda _: browser.raw.count(b"event: presence") >= least)


def test_deeds_of_a_reserved_team_are_told_to_its_members_and_to_leads_alone() -> None:
    reserved, shared = make.team("Legale", is_reserved=True).pk, make.team("Assistenza").pk
    member = cookie("Marta Riva", Role.AGENT, "Legale")
    outsider = cookie("Luca Neri", Role.AGENT, "Assistenza")
    lead = cookie("Elena Sala", Role.SUPERVISOR)

    async def story(lane: StreamLane) -> None:
        async with (
            Browser(lane, member) as marta,
            Browser(lane, outsider) as luca,
            Browser(lane, lead) as elena,
            await hand(autocommit=True) as pen,
        ):
            for browser in (marta, luca, elena):
                await browser.hears("hello")
            await write_in_both(pen, reserved=reserved, shared=shared)
            await marta.hears("deed", times=2)
            await elena.hears("deed", times=2)
            await luca.hears("deed")
            assert subjects(luca.heard) == ["case:2"]
            assert b"case:1" not in luca.raw
            assert named(luca.heard, "changed") == []

    with_lane(story)


def test_a_replay_hides_what_the_live_stream_hides() -> None:
    reserved, shared = make.team("Legale", is_reserved=True).pk, make.team("Assistenza").pk
    outsider = cookie("Luca Neri", Role.AGENT, "Assistenza")

    async def story(lane: StreamLane) -> None:
        async with await hand(autocommit=True) as pen:
            await write_in_both(pen, reserved=reserved, shared=shared)
        async with Browser(lane, outsider, query="da=0.0") as luca:
            await luca.hears("deed")
            assert subjects(luca.heard) == ["case:2"]
            assert b"case:1" not in luca.raw

    with_lane(story)


def test_a_helper_is_told_only_that_something_changed() -> None:
    shared = make.team("Assistenza").pk
    helper = cookie("Paolo Costa", Role.HELPER)

    async def story(lane: StreamLane) -> None:
        async with Browser(lane, helper) as paolo, await hand(autocommit=True) as pen:
            await paolo.hears("hello")
            await write(pen, "case:2", shared)
            await paolo.hears("changed")
            assert b"case" not in paolo.raw

    with_lane(story)


def test_what_belongs_to_no_team_is_told_without_its_name() -> None:
    agent = cookie("Luca Neri", Role.AGENT, "Assistenza")

    async def story(lane: StreamLane) -> None:
        async with Browser(lane, agent) as luca, await hand(autocommit=True) as pen:
            await luca.hears("hello")
            await write(pen, "channel:7", None)
            assert (await luca.hears("changed"))[0].told == {}
            assert b"channel" not in luca.raw

    with_lane(story)


def refused(
    headers: dict[str, str], *, method: str = "GET", path: str = "/eventi/"
) -> tuple[int, bytes]:
    async def story(lane: StreamLane) -> tuple[int, bytes]:
        async with Browser(lane, headers, method=method, path=path) as browser:
            await browser.ends()
            return browser.status, browser.raw

    return with_lane(story)


@pytest.mark.parametrize("cookies", ["", "ascolto=", "ascolto=unknown", "ascolto=\x00"])
def test_who_is_not_signed_in_hears_nothing(cookies: str) -> None:
    assert refused({"Cookie": cookies})[0] == 401


def test_who_has_left_hears_nothing() -> None:
    headers = cookie("Luca Neri", Role.AGENT)
    Colleague.objects.update(left_at=timezone.now())

    assert refused(headers)[0] == 401


def test_a_new_password_ends_the_sessions_of_the_old_one() -> None:
    headers = cookie("Luca Neri", Role.AGENT)
    luca = Colleague.objects.get()
    luca.set_password("un’altra frase lunga")
    luca.save()

    assert refused(headers)[0] == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://altrove.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_of_another_address_may_not_listen(headers: dict[str, str]) -> None:
    signed = cookie("Luca Neri", Role.AGENT)

    assert refused({**signed, **headers, "Host": "alba.example"})[0] == 403


@override_settings(PUBLIC_URL="https://alba.example")
def test_a_page_of_our_own_address_may_listen() -> None:
    headers = {**cookie("Luca Neri", Role.AGENT), "Origin": "https://alba.example"}

    async def story(lane: StreamLane) -> None:
        async with Browser(lane, headers) as browser:
            await browser.hears("hello")

    with_lane(story)


def test_only_the_one_address_is_read() -> None:
    assert refused({}, method="POST")[0] == 405
    assert refused({}, path="/eventi/altro")[0] == 404


def test_a_session_that_ends_ends_its_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ascolto.desk.stream.LOOK_AGAIN", 0.1)
    monkeypatch.setattr("ascolto.desk.stream.HEARTBEAT", 0.05)
    headers = cookie("Luca Neri", Role.AGENT)

    async def story(lane: StreamLane) -> None:
        async with Browser(lane, headers) as browser, await hand(autocommit=True) as pen:
            await browser.hears("hello")
            await pen.execute(f"delete from {Session._meta.db_table}")  # noqa: SLF001, S608 # a name
            await browser.hears("signed_out")
            await browser.ends()

    with_lane(story)


def test_a_team_that_closes_is_heard_of_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ascolto.desk.stream.LOOK_AGAIN", 0.1)
    monkeypatch.setattr("ascolto.desk.stream.HEARTBEAT", 0.05)
    seen: list[Sight | None] = []

    def noted(cookies: str) -> Sight | None:
        seen.append(sight_of(cookies))
        return seen[-1]

    monkeypatch.setattr("ascolto.desk.stream.sight_of", noted)
    team = make.team("Assistenza").pk
    headers = cookie("Luca Neri", Role.AGENT)

    async def story(lane: StreamLane) -> None:
        async with Browser(lane, headers) as browser, await hand(autocommit=True) as pen:
            await browser.hears("hello")
            await pen.execute("update staff_team set is_reserved = true")
            looks = len(seen)
            await browser.until(lambda _: len(seen) > looks + 1)  # one may have begun before
            await write(pen, "case:1", team)
            await write(pen, "channel:1", None)
            await browser.hears("changed")
            assert subjects(browser.heard) == []

    with_lane(story)


def test_who_comes_to_a_case_is_told_to_those_who_may_see_it() -> None:
    case = make.case(channel=make.mailbox("legale", of=make.team("Legale", is_reserved=True)))
    member = cookie("Marta Riva", Role.AGENT, "Legale")
    outsider = cookie("Luca Neri", Role.AGENT, "Assistenza")
    writer = make.colleague("Sara Conti", teams=(make.team("Legale"),))

    async def story(lane: StreamLane) -> None:
        async with Browser(lane, member) as marta, Browser(lane, outsider) as luca:
            for browser in (marta, luca):
                await browser.hears("hello")
            # One after the other: news of one moment are told together.
            for mode, told in (("READS", 1), ("READS", 1), ("WRITES", 2)):
                await sync_to_async(be_present)(
                    case, colleague=writer, mode=mode, now=timezone.now()
                )
                await presences(marta, told)
            await sync_to_async(leave)(case, colleague=writer)
            await presences(marta, 3)
            await asyncio.sleep(0.3)
            assert marta.raw.count(b"event: presence") == 3  # the second beat was no news
            assert f'data: {{"case":{case.pk}}}'.encode() in marta.raw
            assert b"event: presence" not in luca.raw

    with_lane(story)
