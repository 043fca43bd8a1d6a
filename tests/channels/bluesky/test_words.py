"""Names, hostile records and what a search brings: without a server."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascolto.channels.adapters.bluesky.backfill import NotWhole, said_of, told_us
from ascolto.channels.adapters.bluesky.facets import facets_of
from ascolto.channels.adapters.bluesky.jetstream import Jetstream
from ascolto.channels.adapters.bluesky.names import key_for, page_of, record_at
from ascolto.channels.adapters.bluesky.reader import BlueskyReader
from ascolto.channels.adapters.bluesky.repos import Repos
from ascolto.channels.adapters.bluesky.settings import bluesky_settings
from ascolto.channels.adapters.bluesky.xrpc import Account
from ascolto.channels.ports import Unreadable
from ascolto.channels.told import BadSettings, Told
from ascolto.kit.fetch import Fetched

NOON = datetime(2026, 3, 4, 11, 0, tzinfo=UTC)
URI = "at://did:plc:giulia/app.bsky.feed.post/3lbl2mxyzab2c"
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
SLOWLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
FIELDS = ("text", "langs", "facets", "reply", "embed", "createdAt", "subject")


def test_a_key_is_the_same_for_the_same_and_sorts_by_its_second() -> None:
    assert key_for("a", NOON) == key_for("a", NOON)
    assert key_for("a", NOON) != key_for("b", NOON)
    assert key_for("z", NOON) < key_for("a", NOON + timedelta(seconds=1))
    assert len({key_for(str(number)) for number in range(1000)}) == 1000
    assert len(key_for("a")) == len(key_for("a", NOON)) == 13
    assert key_for("a", NOON)[0] in "234567abcdefghij"


@pytest.mark.parametrize("uri", ["", "https://x", "at://giulia/x/y", "at://did:plc:a/x/../y"])
def test_what_is_no_address_of_a_record_is_none(uri: str) -> None:
    assert record_at(uri) is None
    assert page_of(uri) == ""


@SLOWLY
@given(st.text(max_size=80))
def test_facets_lie_within_the_text(text: str) -> None:
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        return
    for one in facets_of(text, lambda _handle: "did:plc:x"):
        assert 0 <= one["index"]["byteStart"] < one["index"]["byteEnd"] <= size


@SLOWLY
@given(st.dictionaries(st.sampled_from(FIELDS), ANYTHING))
def test_any_record_at_all_is_read(record: dict[str, Any]) -> None:
    raw = {"uri": URI, "cid": "c", "author": {"did": "did:plc:giulia"}, "record": record}
    heard = BlueskyReader().read(json.dumps(raw).encode())
    assert heard.kind == "POST"
    assert "\0" not in heard.text


@pytest.mark.parametrize("raw", [b"", b"{}", b"[" * 9999, b'{"uri": "x", "author": {"did": ""}}'])
def test_what_is_no_record_is_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        BlueskyReader().read(raw)


@SLOWLY
@given(st.binary(max_size=60) | st.text(max_size=60))
def test_no_frame_of_a_stranger_ends_otherwise_than_it_may(frame: bytes | str) -> None:
    for dialect in (Jetstream(("a",)), Repos(("a",))):
        try:
            dialect.read(frame)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue


class Pages:
    """Implements `xrpc.Send`: a session, then pages of a hundred each."""

    def __init__(self, name: str, moments: list[datetime]) -> None:
        self.rows = [
            {"uri": f"at://did:plc:g/app.bsky.feed.post/{at}", "cid": "c", "reason": "mention",
             "record": {"text": f"Alba {at}"}, "indexedAt": moment.isoformat()}
            for at, moment in enumerate(moments)
        ]  # fmt: skip
        self.name = name
        self.asked: list[str] = []

    def __call__(self, url: str, **_: object) -> Fetched:
        self.asked.append(url)
        if url.endswith("createSession"):
            told: dict[str, Any] = {
                "did": "did:plc:alba", "handle": "alba", "accessJwt": "a", "refreshJwt": "r"
            }  # fmt: skip
        else:
            at = int(url.rpartition("cursor=")[2]) if "cursor=" in url else 0
            told = {self.name: self.rows[at : at + 100]}
            if at + 100 < len(self.rows):
                told["cursor"] = str(at + 100)
        return Fetched(200, {}, json.dumps(told).encode())


def test_what_was_missed_is_asked_for_page_by_page_and_no_further() -> None:
    moments = [NOON - timedelta(minutes=at) for at in range(300)]
    pages = Pages("posts", moments)

    found = list(
        said_of(Account(pages, "https://x", "alba", "p"), "alba", NOON - timedelta(hours=2))
    )

    assert len(found) == 121
    assert len(pages.asked) == 3
    assert found[0].uri == "at://did:plc:g/app.bsky.feed.post/0"
    assert "q=alba" in pages.asked[1]


def test_more_than_can_be_asked_for_is_said_to_be_missing() -> None:
    pages = Pages("notifications", [NOON] * 2200)
    with pytest.raises(NotWhole):
        list(told_us(Account(pages, "https://x", "alba", "p"), NOON - timedelta(hours=2)))


@pytest.mark.parametrize(
    "given",
    [{}, {"handle": "alba.example", "stream": "X"}, {"handle": "a", "stream_url": "http://x"},
     {"handle": "a", "service": "ftp://x"}, {"handle": "a", "search": "alba"}],
)  # fmt: skip
def test_settings_that_cannot_be_meant_are_refused(given: dict[str, object]) -> None:
    with pytest.raises(BadSettings):
        bluesky_settings(Told(given, {"app_password": "x"}))


def test_a_password_that_is_missing_is_missed() -> None:
    with pytest.raises(BadSettings, match="app_password"):
        bluesky_settings(Told({"handle": "alba.example"}))
