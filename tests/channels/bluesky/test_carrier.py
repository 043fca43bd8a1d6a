"""Answers on a real AT Protocol server: the same message sent again is the same record."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest

from ascolto.channels.adapters.bluesky.carrier import BlueskyCarrier
from ascolto.channels.adapters.bluesky.xrpc import Account, Session
from ascolto.channels.ports import NotNow, Parcel, Refused
from ascolto.kit.fetch import fetch
from tests.channels.bluesky.network import PASSWORD, Network, Person

WRITTEN = datetime(2026, 3, 4, 11, 0, 0, 123456, tzinfo=UTC)
numbers = itertools.count()
pytestmark = pytest.mark.xdist_group("atproto")


@pytest.fixture
def alba(network: Network) -> Person:
    return network.person(f"casa{next(numbers)}")


@pytest.fixture
def giulia(network: Network) -> Person:
    return network.person("giulia")


def account(of: Person, password: str = PASSWORD) -> Account:
    send = partial(fetch, private_ok_for={"localhost"})
    return Account(send, of.network.url, of.handle, password)


@pytest.fixture
def carrier(alba: Person) -> BlueskyCarrier:
    return BlueskyCarrier(account(alba))


def parcel(text: str = "Ci scusiamo", **answers: object) -> Parcel:
    return Parcel(
        message_id="<1@alba.example>", from_address="", from_name="", to_address="",
        to_name="", subject="", text=text, public=True, answers=answers,
        key="case:1:answer:1", written_at=WRITTEN,
    )  # fmt: skip


def test_a_message_sent_twice_is_one_record(
    carrier: BlueskyCarrier, alba: Person, giulia: Person
) -> None:
    asked = giulia.post("Rete giù?")

    first = carrier.carry(parcel(root=asked, parent=asked))
    second = carrier.carry(parcel(root=asked, parent=asked))

    (record,) = alba.records()
    assert first == second
    assert record["uri"] == first.carried_as
    assert record["value"]["reply"] == {"root": asked, "parent": asked}
    assert record["value"]["createdAt"] == "2026-03-04T11:00:00.123Z"
    assert first.url.startswith(f"https://bsky.app/profile/{alba.did}/post/")


def test_other_messages_are_other_records(carrier: BlueskyCarrier, alba: Person) -> None:
    for number in range(5):
        carrier.carry(replace(parcel(f"Risposta {number}"), key=f"case:{number}"))

    assert len(alba.records()) == 5


def test_names_links_and_tags_are_marked_where_they_stand(
    carrier: BlueskyCarrier, alba: Person, giulia: Person
) -> None:
    carrier.carry(
        parcel(f"Sì @{giulia.handle}, è qui: https://alba.example/è#x. #rete @ignoto.test")
    )

    text = alba.records()[0]["value"]["text"].encode()
    facets = alba.records()[0]["value"]["facets"]
    marked = {
        text[one["index"]["byteStart"] : one["index"]["byteEnd"]].decode(): one["features"][0]
        for one in facets
    }
    assert set(marked) == {f"@{giulia.handle}", "https://alba.example/è#x", "#rete"}
    assert marked[f"@{giulia.handle}"]["did"] == giulia.did


def test_a_family_is_one_character_and_three_hundred_of_them_fit(
    carrier: BlueskyCarrier, alba: Person
) -> None:
    family = "👨‍👩‍👧‍👦"
    carrier.carry(parcel("è" * 200 + family * 90))
    assert len(alba.records()) == 1

    with pytest.raises(Refused, match="300"):
        carrier.carry(parcel("a" * 301))


def test_a_repost_is_one_and_can_be_taken_back(
    carrier: BlueskyCarrier, alba: Person, giulia: Person
) -> None:
    answers = {"parent": giulia.post("Brava Alba!")}
    first = carrier.repost(answers, key="repost:1")
    second = carrier.repost(answers, key="repost:1")
    assert first == second
    assert len(alba.records("app.bsky.feed.repost")) == 1

    carrier.withdraw(first.carried_as)
    carrier.withdraw(first.carried_as)

    assert alba.records("app.bsky.feed.repost") == []


def test_nobody_else_s_post_is_taken_back(carrier: BlueskyCarrier, giulia: Person) -> None:
    with pytest.raises(Refused, match="nostro"):
        carrier.withdraw(giulia.post("Mio")["uri"])


def test_a_session_that_ran_out_is_renewed(alba: Person) -> None:
    used = account(alba)
    known = used.session()
    used._session = Session(known.did, known.handle, "stantio", known.refresh)  # noqa: SLF001 # as time makes it

    BlueskyCarrier(used).carry(parcel())

    assert len(alba.records()) == 1
    used._session = Session(known.did, known.handle, "stantio", "stantio")  # noqa: SLF001 # as above
    BlueskyCarrier(used).carry(parcel())
    assert len(alba.records()) == 1


def test_a_wrong_password_makes_it_wait_for_a_person(alba: Person) -> None:
    with pytest.raises(NotNow, match="AuthenticationRequired"):
        BlueskyCarrier(account(alba, "un’altra")).carry(parcel())


def test_a_server_that_is_away_may_have_it(alba: Person) -> None:
    nowhere = Account(
        partial(fetch, private_ok_for={"127.0.0.1"}), "http://127.0.0.1:9", alba.handle, PASSWORD
    )
    with pytest.raises(NotNow) as told:
        BlueskyCarrier(nowhere).carry(parcel())
    assert told.value.maybe_delivered


def test_in_private_nothing_is_said_there(carrier: BlueskyCarrier) -> None:
    with pytest.raises(Refused, match="pubblico"):
        carrier.carry(replace(parcel(), public=False))
