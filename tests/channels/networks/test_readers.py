"""What is heard in the shapes of networks, and that no shape breaks a reader."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascolto.channels.adapters.meta.door import _things as meta_things
from ascolto.channels.adapters.meta.reader import MetaReader
from ascolto.channels.adapters.reviews.reader import ReviewReader
from ascolto.channels.adapters.telegram.reader import TelegramReader
from ascolto.channels.adapters.x.reader import XReader
from ascolto.channels.ports import Heard, Reader, Unreadable
from tests import make
from tests.channels.networks.shapes import PAGE, comment, whatsapp

READERS: list[Reader] = [MetaReader(), XReader(), TelegramReader(), ReviewReader()]
TELEGRAM_USER = {"id": 77, "first_name": "Giulia", "last_name": "Ferraris", "username": "GiuFerra"}


def meta(entry: dict[str, Any], about: str = "page") -> Heard:
    (thing,) = meta_things({"object": about, "entry": [entry]})
    return MetaReader().read(json.dumps(thing).encode())


def telegram(**update: Any) -> Heard:
    return TelegramReader().read(json.dumps({"update_id": 1, **update}).encode())


def test_a_comment_is_public_and_to_us() -> None:
    heard = meta(comment())

    assert heard.kind == "POST"
    assert heard.public
    assert heard.sender is not None
    assert (heard.sender.value, heard.sender.name) == ("facebook:701", "Paolo Rinaldi")
    assert heard.written_at == make.NOON
    assert heard.post is not None
    assert heard.post.to_us
    assert heard.post.root == f"facebook:{PAGE}_9"
    assert heard.post.answerable == {"comment": f"{PAGE}_9_1"}


@pytest.mark.parametrize(("verb", "change"), [("edited", "EDIT"), ("remove", "DELETE")])
def test_what_happens_to_a_comment_names_it(verb: str, change: str) -> None:
    heard = meta(comment(verb=verb))

    assert heard.kind == "CHANGE"
    assert heard.post is not None
    assert (heard.post.change, heard.post.changes) == (change, f"facebook:{PAGE}_9_1")


def test_our_own_comment_is_no_news() -> None:
    entry = comment()
    entry["changes"][0]["value"]["from"]["id"] = PAGE

    assert meta(entry).post is None


def test_a_message_of_whatsapp_is_from_a_telephone() -> None:
    said = {"from": "393331234567", "id": "wamid.1", "timestamp": "1772622000", "type": "text"}
    contact = {"wa_id": "393331234567", "profile": {"name": "Giulia"}}
    heard = meta(
        whatsapp(messages=[{**said, "text": {"body": "la linea non va"}}], contacts=[contact]),
        "whatsapp_business_account",
    )

    assert heard.kind == "MESSAGE"
    assert heard.sender is not None
    assert (heard.sender.kind, heard.sender.value) == ("PHONE", "+393331234567")
    assert heard.text == "la linea non va"


def test_a_picture_alone_does_not_look_empty() -> None:
    said = {"from": "393331234567", "id": "wamid.2", "timestamp": "1772622000", "type": "image"}
    heard = meta(whatsapp(messages=[{**said, "image": {"id": "9"}}]), "whatsapp_business_account")

    assert heard.text == "[image]"
    assert heard.damaged == ("files_elsewhere",)


def test_a_failed_message_says_why() -> None:
    status = {"id": "wamid.9", "status": "failed", "errors": [{"title": "Re-engagement message"}]}
    heard = meta(whatsapp(statuses=[status]), "whatsapp_business_account")

    (report,) = heard.reports
    assert (report.kind, report.message_id) == ("NETWORK_FAILED", "wamid.9")
    assert report.detail == "Re-engagement message"


def test_our_echo_in_messenger_is_no_news() -> None:
    message = {"sender": {"id": PAGE}, "message": {"mid": "m1", "text": "ciao", "is_echo": True}}

    assert meta({"id": PAGE, "messaging": [message]}).kind == "RECEIPT"


def test_a_post_on_x_keeps_the_id_and_shows_the_handle() -> None:
    user = {"id_str": "9", "name": "Giulia", "screen_name": "giuferra_arch", "followers_count": 812}
    post = {
        "id_str": "100",
        "text": "a mezzanotte vi scrivo &amp; alle 9 nessuno",
        "user": user,
        "lang": "it",
        "created_at": "Wed Mar 04 11:00:00 +0000 2026",
    }
    heard = XReader().read(json.dumps({"us": "42", "post": post}).encode())

    assert heard.text == "a mezzanotte vi scrivo & alle 9 nessuno"
    assert heard.written_at == make.NOON
    assert heard.sender is not None
    assert heard.sender.value == "x:9"
    assert heard.sender.shown == "@giuferra_arch"
    assert heard.sender.aliases == ("x:giuferra_arch",)
    assert heard.post is not None
    assert heard.post.reach == 812


def test_an_edited_post_of_x_is_known_by_its_first_number() -> None:
    data = {
        "id": "102",
        "author_id": "9",
        "text": "nuovo",
        "edit_history_tweet_ids": ["100", "102"],
    }
    heard = XReader().read(json.dumps({"us": "42", "data": data}).encode())

    assert heard.post is not None
    assert (heard.post.key, heard.post.change, heard.post.changes) == ("x:100", "EDIT", "x:100")


def test_a_private_chat_with_the_bot_is_a_message() -> None:
    said = {"message_id": 5, "date": 1772622000, "text": "aiuto", "from": TELEGRAM_USER}
    heard = telegram(message={**said, "chat": {"id": 77, "type": "private"}})

    assert heard.kind == "MESSAGE"
    assert heard.sender is not None
    assert heard.sender.value == "telegram:77"
    assert heard.sender.aliases == ("telegram:giuferra",)


def test_what_is_said_in_a_group_is_said_in_public() -> None:
    said = {"message_id": 5, "date": 1772622000, "text": "@alba_bot aiuto", "from": TELEGRAM_USER}
    marks = [{"type": "mention", "offset": 0, "length": 9}]
    group = {"id": -100, "type": "supergroup", "title": "Via Vanchiglia", "username": "vanchiglia"}
    heard = telegram(message={**said, "entities": marks, "chat": group})

    assert heard.kind == "POST"
    assert heard.url == "https://t.me/vanchiglia/5"
    assert heard.post is not None
    assert heard.post.to_us


def test_a_review_has_its_stars() -> None:
    review = {
        "reviewId": "r1",
        "reviewer": {"displayName": "Marta C."},
        "starRating": "FIVE",
        "comment": "Il tecnico è arrivato puntuale.",
        "createTime": "2026-03-04T11:00:00Z",
        "updateTime": "2026-03-04T11:00:00Z",
    }
    heard = ReviewReader().read(json.dumps(review).encode())

    assert heard.kind == "POST"
    assert heard.post is not None
    assert heard.post.stars == 5


NAMES = (
    *("object", "field", "value", "message", "said", "status", "from", "id", "data", "includes"),
    *("users", "post", "gone", "chat", "type", "text", "comment_id", "item", "verb", "entry"),
    *("update_id", "reviewId", "stars", "sender", "us", "who"),
)
SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)
    ),
    max_leaves=30,
)


@pytest.mark.parametrize("reader", READERS, ids=lambda one: type(one).__name__)
@given(told=SHAPES)
def test_no_shape_breaks_a_reader(reader: Reader, told: object) -> None:
    with suppress(Unreadable):  # anything else fails the test
        heard = reader.read(json.dumps(told).encode())
        assert "\x00" not in heard.text


@pytest.mark.parametrize("reader", READERS, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"[" * 100_000, b"nan", b"\x00"])
def test_no_bytes_break_a_reader(reader: Reader, raw: bytes) -> None:
    with pytest.raises(Unreadable):
        reader.read(raw)
