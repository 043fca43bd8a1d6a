"""Answers on Mastodon: once, to whom they are for, and never wider than the question."""

from collections.abc import Mapping

import pytest

from ascolto.channels.adapters.mastodon.api import Api
from ascolto.channels.adapters.mastodon.carrier import MastodonCarrier
from ascolto.channels.adapters.mastodon.fake import SERVER, TOKEN, FakeMastodon
from ascolto.channels.ports import NotNow, Parcel, Refused
from tests import make

ANSWERS = {"id": "1000", "acct": "giulia", "visibility": "unlisted"}


@pytest.fixture
def server() -> FakeMastodon:
    return FakeMastodon()


@pytest.fixture
def carrier(server: FakeMastodon) -> MastodonCarrier:
    return MastodonCarrier(Api(server, SERVER, TOKEN))


def parcel(
    text: str = "Ci scusiamo", *, public: bool = True, answers: Mapping[str, str] | None = None
) -> Parcel:
    return Parcel(
        message_id="<1@alba.example>", from_address="", from_name="", to_address="",
        to_name="", subject="", text=text, public=public, key="case:1:answer:1",
        answers=ANSWERS if answers is None else answers, written_at=make.NOON,
    )  # fmt: skip


def test_an_answer_sent_twice_is_one_post(carrier: MastodonCarrier, server: FakeMastodon) -> None:
    first, second = carrier.carry(parcel()), carrier.carry(parcel())

    assert first == second
    (made,) = server.done.values()
    assert made["in_reply_to_id"] == "1000"
    assert made["status"] == "@giulia Ci scusiamo"
    assert first.carried_as == f"{SERVER}#{made['id']}"


def test_who_is_named_already_is_not_named_twice(
    carrier: MastodonCarrier, server: FakeMastodon
) -> None:
    carrier.carry(parcel("Ciao @Giulia, ci scusiamo"))

    assert [one["status"] for one in server.done.values()] == ["Ciao @Giulia, ci scusiamo"]


@pytest.mark.parametrize(
    ("asked", "public", "expected"),
    [("public", True, "public"), ("unlisted", True, "unlisted"), ("private", True, "private"),
     ("direct", True, "direct"), ("public", False, "direct")],
)  # fmt: skip
def test_an_answer_is_never_seen_by_more_than_the_question(
    carrier: MastodonCarrier, server: FakeMastodon, asked: str, *, public: bool, expected: str
) -> None:
    carrier.carry(parcel(public=public, answers={**ANSWERS, "visibility": asked}))

    assert [one["visibility"] for one in server.done.values()] == [expected]


def test_a_boost_is_one_and_can_be_taken_back(
    carrier: MastodonCarrier, server: FakeMastodon
) -> None:
    boost = carrier.repost(ANSWERS, key="repost:1")
    carrier.repost(ANSWERS, key="repost:1")
    assert server.boosts == {"1000"}

    carrier.withdraw(boost.carried_as)
    assert server.boosts == set()


def test_what_we_said_can_be_taken_back_twice(
    carrier: MastodonCarrier, server: FakeMastodon
) -> None:
    sent = carrier.carry(parcel())
    carrier.withdraw(sent.carried_as)
    carrier.withdraw(sent.carried_as)

    assert server.done == {}


def test_what_will_not_be_taken_is_refused(carrier: MastodonCarrier) -> None:
    with pytest.raises(Refused, match="500"):
        carrier.carry(parcel("a" * 501))
    with pytest.raises(Refused, match="privato"):
        carrier.carry(parcel(public=False, answers={}))
    with pytest.raises(Refused, match="pubblico"):
        carrier.repost({**ANSWERS, "visibility": "direct"}, key="x")
    with pytest.raises(Refused, match="quale messaggio"):
        carrier.withdraw("../accounts")


def test_a_server_that_does_not_answer_may_have_it(
    carrier: MastodonCarrier, server: FakeMastodon
) -> None:
    server.away = True
    with pytest.raises(NotNow) as told:
        carrier.carry(parcel())
    assert told.value.maybe_delivered


def test_a_token_that_was_taken_away_makes_it_wait(server: FakeMastodon) -> None:
    with pytest.raises(NotNow, match="401"):
        MastodonCarrier(Api(server, SERVER, "altro")).carry(parcel())
