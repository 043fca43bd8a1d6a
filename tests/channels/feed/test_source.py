"""A feed asked politely: what is new, what was changed, and what has scrolled away."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from ascolto.channels.adapters.feed.fake import ADDRESS, FakeSite
from ascolto.channels.adapters.feed.reader import FeedReader
from ascolto.channels.adapters.feed.settings import FeedSettings, feed_settings
from ascolto.channels.adapters.feed.source import FeedSource
from ascolto.channels.ports import Heard, NotLetIn, Source, SourceTrouble
from ascolto.channels.told import BadSettings, Told
from ascolto.kit.fetch import Redirected
from tests.channels.sources.contract import SourceContract
from tests.channels.sources.memory import MemoryEar

START = datetime(2026, 3, 4, 11, 0, tzinfo=UTC)
TOLD = FeedSettings(ADDRESS, every=timedelta(minutes=10), days=7, keeps_all=False)


class FeedWorld:
    """A site, and a clock that goes on by a minute each time somebody waits."""

    def __init__(self) -> None:
        self.site = FakeSite()
        self.reader = FeedReader()
        self.now = START

    def say(self, words: str) -> str:
        return self.site.publish(f"t/{len(self.site.posts)}", words, at=self.now)

    def source(self, told: FeedSettings = TOLD) -> Source:
        return FeedSource(told, self.site, wait=self._wait)

    def stranger(self) -> Source | None:
        return None

    def ear(self) -> MemoryEar:
        return MemoryEar(clock=lambda: self.now)

    def away(self) -> None:
        self.site.away = True
        self.now += timedelta(minutes=15)

    def back(self) -> None:
        self.site.away = False

    def _wait(self, stop: Event, _seconds: float) -> None:
        self.now += timedelta(minutes=1)
        stop.wait(0.01)

    def look(self, ear: MemoryEar, *, told: FeedSettings = TOLD) -> list[Heard]:
        """One look; what it brought."""
        before = len(ear.offered)
        stop, source = Event(), self.source(told)
        self.now += timedelta(minutes=11)
        keep = ear.caught_up

        def last(*, found: int, whole: bool = True) -> None:
            keep(found=found, whole=whole)
            if whole:
                stop.set()

        ear.caught_up = last  # type: ignore[method-assign] # ends after one look
        try:
            source.listen(ear, stop)
        finally:
            ear.caught_up = keep  # type: ignore[method-assign] # as above
        return [self.reader.read(ear.heard[name].raw) for name in ear.offered[before:]]


@pytest.fixture
def world() -> FeedWorld:
    return FeedWorld()


class TestContract(SourceContract):
    pass


def test_the_first_look_keeps_only_the_last_days(world: FeedWorld) -> None:
    world.site.publish("old", "Alba, un anno fa", at=START - timedelta(days=300))
    world.site.publish("new", "Alba, ieri", at=START - timedelta(days=1))

    assert [one.text for one in world.look(world.ear())] == ["Alba, ieri"]


def test_an_edit_of_what_we_kept_is_a_change_of_it(world: FeedWorld) -> None:
    ear = world.ear()
    key = world.say("Alba: rete giù")
    world.look(ear)
    world.site.publish("t/0", "Alba: rete giù. EDIT: risolto!", at=START)

    (edit,) = world.look(ear)

    assert edit.kind == "CHANGE"
    assert edit.post is not None
    assert (edit.post.change, edit.post.changes) == ("EDIT", key)
    assert edit.text == "Alba: rete giù. EDIT: risolto!"
    assert world.look(ear) == []


def test_an_entry_that_concerned_nobody_may_concern_us_when_edited(world: FeedWorld) -> None:
    ear = world.ear()
    ear.wanted = lambda text: "Alba" in text
    world.say("Rete giù")
    assert world.look(ear) == []
    world.site.publish("t/0", "Rete giù. Con Alba.", at=START)

    (post,) = world.look(ear)

    assert post.kind == "POST"


def test_long_addresses_that_differ_in_the_middle_are_two_posts(world: FeedWorld) -> None:
    ear = world.ear()
    for number in range(2):
        path = f"{'a' * 180}{number}{'b' * 200}"
        world.site.publish(path, "Alba", at=START)

    assert len(world.look(ear)) == 2
    assert len({name[:200] + name[-100:] for name in ear.heard}) == 2


def test_other_markup_is_no_edit(world: FeedWorld) -> None:
    ear = world.ear()
    world.site.publish("a", "<p>Alba <b>giù</b></p>", at=START)
    world.look(ear)
    world.site.publish("a", "<div>Alba <i>giù</i></div>", at=START)

    assert world.look(ear) == []


def test_an_unchanged_feed_is_not_sent_again(world: FeedWorld) -> None:
    ear = world.ear()
    world.say("Alba")
    world.look(ear)
    world.look(ear)

    assert "If-None-Match" not in world.site.asked[0]
    assert world.site.asked[1]["If-None-Match"] == ear.place["etag"]


def test_a_restart_does_not_ask_sooner(world: FeedWorld) -> None:
    ear = world.ear()
    world.look(ear)
    waited: list[float] = []

    def wait(stop: Event, seconds: float) -> None:
        waited.append(seconds)
        stop.set()

    FeedSource(TOLD, world.site, wait=wait).listen(ear, Event())

    assert len(world.site.asked) == 1
    assert 590 <= waited[0] <= 661


def test_a_feed_that_scrolled_on_without_us_says_that_there_is_a_gap(world: FeedWorld) -> None:
    ear = world.ear()
    world.say("Alba, primo")
    world.look(ear)
    looked_at = world.now
    world.site.posts.clear()
    world.site.publish("n/1", "Alba, molto dopo", at=START)

    world.look(ear)

    assert ear.gaps == [(looked_at, "il feed è andato avanti senza di noi")]
    assert (0, False) in ear.filled


@pytest.mark.parametrize("status", [401, 403, 410])
def test_a_feed_that_is_closed_to_us_waits_for_a_person(world: FeedWorld, status: int) -> None:
    world.site.status = status
    with pytest.raises(NotLetIn, match=str(status)):
        world.look(world.ear())


def test_a_server_that_asks_for_rest_gets_it(world: FeedWorld) -> None:
    world.site.status = 503
    world.site.headers = {"retry-after": "7200"}
    with pytest.raises(SourceTrouble) as told:
        world.look(world.ear())
    assert told.value.rest == 7200


def test_a_feed_that_moved_says_where(world: FeedWorld) -> None:
    def moved(*_: object, **__: object) -> None:
        raise Redirected(301, "https://forum.example/nuovo")

    source = FeedSource(TOLD, moved)  # type: ignore[arg-type] # it never answers
    with pytest.raises(NotLetIn, match=r"forum\.example/nuovo"):
        source.check()


def test_what_is_no_feed_is_said_to_be_none(world: FeedWorld) -> None:
    world.site.body = b"<html><body>Benvenuti</body></html>"
    with pytest.raises(SourceTrouble, match="non è un feed"):
        world.look(world.ear())


def test_every_entry_is_kept_where_it_was_asked_for(world: FeedWorld) -> None:
    ear = world.ear()
    ear.wanted = lambda _text: False
    world.say("Recensione: tutto bene")

    assert len(world.look(ear, told=replace(TOLD, keeps_all=True))) == 1


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"url": "file:///etc/passwd"},
        {"url": ADDRESS, "minutes": 0},
        {"url": ADDRESS, "keep": "SOME"},
        {"url": ADDRESS, "minuti": 5},
    ],
)
def test_settings_that_cannot_be_meant_are_refused(given: dict[str, object]) -> None:
    with pytest.raises(BadSettings):
        feed_settings(Told(given))
