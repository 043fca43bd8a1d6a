"""A feed over a real wire, through the guarded fetcher."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler
from threading import Event

import pytest

from ascolto.channels.adapters.feed.settings import FeedSettings
from ascolto.channels.adapters.feed.source import FeedSource
from ascolto.channels.ports import NotLetIn, SourceTrouble
from ascolto.kit.fetch import fetch
from tests.channels.sources.memory import MemoryEar
from tests.kit.test_fetch import Answer, LoopbackServer, says

BODY = (
    b"<rss version='2.0'><channel><item><link>/a</link><title>Alba</title></item></channel></rss>"
)
Served = dict[str, Answer]


@pytest.fixture
def answers() -> Served:
    return {}


@pytest.fixture
def server(answers: Served) -> Iterator[LoopbackServer]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        answers["now"](handler)  # as the test says by then

    made = LoopbackServer(answer)
    yield made
    made.shutdown()
    made.server_close()


def source(server: LoopbackServer) -> FeedSource:
    told = FeedSettings(server.url, every=timedelta(minutes=10), days=7, keeps_all=True)
    return FeedSource(told, partial(fetch, private_ok_for={"127.0.0.1"}))


def look(server: LoopbackServer, ear: MemoryEar) -> None:
    """One look: the ear's clock stands still, so the next would be due in ten minutes."""
    stop = Event()
    ear.place.pop("looked_at", None)
    ended = ear.caught_up

    def last(*, found: int, whole: bool = True) -> None:
        ended(found=found, whole=whole)
        stop.set()

    ear.caught_up = last  # type: ignore[method-assign] # one look
    try:
        source(server).listen(ear, stop)
    finally:
        ear.caught_up = ended  # type: ignore[method-assign] # as above


def test_a_feed_is_sent_once_and_then_is_not_modified(
    server: LoopbackServer, answers: Served
) -> None:
    ear = MemoryEar()

    def polite(handler: BaseHTTPRequestHandler) -> None:
        unchanged = handler.headers.get("If-None-Match") == '"1"'
        says(b"" if unchanged else BODY, 304 if unchanged else 200, ETag='"1"')(handler)

    answers["now"] = polite
    look(server, ear)
    look(server, ear)

    assert [one.headers.get("If-None-Match") for one in server.requests] == [None, '"1"']
    assert ear.place["etag"] == '"1"'
    assert len(ear.place["entries"]) == 1


def test_a_feed_that_moved_says_where_and_is_not_followed(
    server: LoopbackServer, answers: Served
) -> None:
    answers["now"] = says(b"", 301, Location="https://altrove.example/feed")
    with pytest.raises(NotLetIn, match=r"https://altrove\.example/feed"):
        look(server, MemoryEar())
    assert len(server.requests) == 1


def test_a_feed_larger_than_ten_megabytes_is_not_taken(
    server: LoopbackServer, answers: Served
) -> None:
    answers["now"] = says(b" " * (10 * 1024 * 1024 + 1))
    with pytest.raises(SourceTrouble, match="larger than"):
        look(server, MemoryEar())


def test_an_address_inside_the_house_is_not_asked(server: LoopbackServer) -> None:
    told = FeedSettings(server.url, every=timedelta(minutes=10), days=7, keeps_all=True)
    with pytest.raises(SourceTrouble, match="not on the public internet"):
        FeedSource(told, fetch).check()
    assert server.requests == []
