"""Sources that ask: a bot's updates, the stream of X, reviews. Against servers of our own."""

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from ascolto.channels.adapters.reviews.places import Google
from ascolto.channels.adapters.reviews.source import ReviewSource
from ascolto.channels.adapters.telegram.api import Bot
from ascolto.channels.adapters.telegram.source import TelegramSource
from ascolto.channels.adapters.x.source import XSource
from ascolto.channels.ports import Caught, NotLetIn, SourceTrouble
from tests import make
from tests.channels.networks.shapes import Network, network


class Listener:
    """An ear without a database: it keeps what it is given, and stops the source in time."""

    def __init__(self, cursor: dict[str, Any] | None = None, *, until: int = 1) -> None:
        self.stored = dict(cursor or {})
        self.names: list[str] = []
        self.gaps: list[tuple[datetime, bool]] = []
        self.stop = threading.Event()
        self._until = until

    def cursor(self) -> dict[str, Any]:
        return dict(self.stored)

    def keep(self, caught: Sequence[Caught], cursor: Mapping[str, Any]) -> None:
        self.names += [one.external_id for one in caught]
        self.stored = dict(cursor)
        if len(self.names) >= self._until:
            self.stop.set()

    def kept(self, external_ids: Collection[str]) -> frozenset[str]:
        return frozenset(external_ids) & frozenset(self.names)

    def wants(self, text: str, *, language: str = "", author: str = "") -> bool:
        return bool(text or language or author)

    def well(self) -> None: ...

    def missed(self, *, since: datetime, why: str) -> None:
        assert why
        self.gaps.append((since, False))

    def caught_up(self, *, found: int, whole: bool = True) -> None:
        assert found <= len(self.names)
        self.gaps[-1] = (self.gaps[-1][0], whole)

    def now(self) -> datetime:
        return make.NOON


@pytest.fixture
def api() -> Iterator[Network]:
    with network() as opened:
        yield opened


def bot(api: Network) -> TelegramSource:
    return TelegramSource(Bot("1:a", host=api.url))


def google(api: Network) -> ReviewSource:
    place = Google("accounts/1/locations/2", "id", "s", "r", host=api.url, sign_in=api.url)
    return ReviewSource(place, every=60)


def stream(api: Network, *rules: str) -> XSource:
    return XSource("chiave", rules or ("alba",), "42", host=api.url)


def test_the_next_question_confirms_what_was_kept(api: Network) -> None:
    api.will_answer({"ok": True, "result": [{"update_id": 7}, {"update_id": 8}]})
    api.will_answer({"ok": True, "result": [{"update_id": 9}]})
    ear = Listener(until=3)

    bot(api).listen(ear, ear.stop)

    assert ear.names == ["update:7", "update:8", "update:9"]
    assert [asked.told["offset"] for asked in api.asked] == [0, 9]
    assert ear.stored["offset"] == 10


def test_after_more_than_a_day_away_something_is_missing(api: Network) -> None:
    api.will_answer({"ok": True, "result": [{"update_id": 7}]})
    last = make.NOON - timedelta(hours=25)
    ear = Listener({"offset": 5, "at": last.isoformat()})

    bot(api).listen(ear, ear.stop)

    assert ear.gaps == [(last, False)]


@pytest.mark.parametrize(
    ("code", "trouble"), [(401, NotLetIn), (409, NotLetIn), (500, SourceTrouble)]
)
def test_a_bot_that_is_not_answered_says_why(
    api: Network, code: int, trouble: type[SourceTrouble]
) -> None:
    api.will_answer({"ok": False, "error_code": code, "description": "no"}, status=code)
    ear = Listener()

    with pytest.raises(SourceTrouble) as refused:
        bot(api).listen(ear, ear.stop)

    assert type(refused.value) is trouble


def test_reviews_are_heard_the_oldest_first_and_once(api: Network) -> None:
    page = {"reviews": [{"reviewId": "b"}, {"reviewId": "a"}]}
    api.will_answer({"access_token": "t"}, page)
    ear = Listener()
    google(api).look(ear)
    api.answers = [(200, {"access_token": "t"}), (200, page)]

    again = google(api).look(ear)

    assert [name.split(":")[1] for name in ear.names] == ["a", "b"]
    assert again == 0


def test_a_review_that_was_rewritten_is_heard_again(api: Network) -> None:
    ear = Listener()
    for words in ("Bravi.", "Anzi no."):
        page = {"reviews": [{"reviewId": "a", "comment": words}]}
        api.answers = [(200, {"access_token": "t"}), (200, page)]
        google(api).look(ear)

    assert len(set(ear.names)) == 2


def test_a_key_that_ended_has_to_be_renewed_by_a_person(api: Network) -> None:
    api.will_answer({"error": "invalid_grant"}, status=400)

    with pytest.raises(NotLetIn):
        google(api).look(Listener())


def test_the_rules_of_x_become_those_of_the_settings(api: Network) -> None:
    api.will_answer(
        {"data": [{"id": "1", "value": "vecchia"}, {"id": "2", "value": "alba"}]}, {}, {}
    )
    api.will_answer({"data": {"id": "100", "author_id": "9"}})
    ear = Listener()

    stream(api, "alba", "alba telefonia").listen(ear, ear.stop)

    told = [asked.told for asked in api.asked if asked.method == "POST"]
    assert told == [{"delete": {"ids": ["1"]}}, {"add": [{"value": "alba telefonia"}]}]


def test_each_line_of_the_stream_is_kept_with_its_place(api: Network) -> None:
    api.will_answer({"data": [{"id": "2", "value": "alba"}]})
    lines = b'{"data": {"id": "100", "author_id": "9"}}\r\n\r\n{"data": {"id": "101"}}\r\n'
    api.will_answer(lines)
    ear = Listener(until=3)

    stream(api).listen(ear, ear.stop)

    assert ear.names == ["post:100", "post:101"]
    assert ear.stored["since"] == "101"


def test_what_x_says_of_the_stream_itself_is_trouble(api: Network) -> None:
    api.will_answer({"data": [{"id": "2", "value": "alba"}]})
    api.will_answer(b'{"title": "operational-disconnect"}\r\n')

    with pytest.raises(SourceTrouble, match="operational-disconnect"):
        stream(api).listen(Listener(), threading.Event())


def test_after_a_break_the_search_brings_what_the_stream_missed(api: Network) -> None:
    api.will_answer({"data": [{"id": "2", "value": "alba"}]})
    api.will_answer({"data": [{"id": "100", "author_id": "9"}], "meta": {"next_token": "p2"}})
    api.will_answer({"data": [{"id": "99", "author_id": "9"}], "meta": {}})
    api.will_answer({})
    last = make.NOON - timedelta(minutes=10)
    ear = Listener({"since": "90", "at": last.isoformat()}, until=2)

    stream(api).listen(ear, ear.stop)

    assert ear.names == ["post:100", "post:99"]
    assert ear.gaps == [(last, True)]
    assert "since_id=90" in api.asked[1].path
    assert "next_token=p2" in api.asked[2].path


def test_without_rules_nothing_is_listened_to() -> None:
    source = XSource("chiave", (), "42", host="http://127.0.0.1:9")

    with pytest.raises(NotLetIn):
        source.listen(Listener(), threading.Event())
