"""Listening to a real AT Protocol server: by its own stream, and as by Jetstream."""

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import pytest

from ascolto.channels.adapters.bluesky.events import COLLECTIONS
from ascolto.channels.adapters.bluesky.jetstream import Jetstream
from ascolto.channels.adapters.bluesky.reader import BlueskyReader
from ascolto.channels.adapters.bluesky.repos import Repos
from ascolto.channels.adapters.bluesky.source import BlueskySource
from ascolto.channels.adapters.bluesky.xrpc import Account
from ascolto.channels.ports import Heard, Source
from ascolto.kit.fetch import fetch
from ascolto.kit.websocket import opened
from tests.channels.bluesky.network import PASSWORD, Network
from tests.channels.bluesky.streams import Stream
from tests.channels.sources.contract import SourceContract, posts_of
from tests.channels.sources.memory import MemoryEar, clock, listening
from tests.mailservers.world import until

HERE = {"localhost", "127.0.0.1"}
numbers = itertools.count()
pytestmark = pytest.mark.xdist_group("atproto")


@dataclass
class BlueskyWorld:
    """Alba's account and Giulia's on one server; a cursor that begins with this test."""

    network: Network
    stream: Stream
    address: str
    reader: BlueskyReader = field(default_factory=BlueskyReader)
    number: int = field(default_factory=lambda: next(numbers))

    def __post_init__(self) -> None:
        self.alba = self.network.person(f"alba{self.number}")
        self.giulia = self.network.person(f"giulia{self.number}")

    def say(self, words: str) -> str:
        return self.giulia.post(words)["uri"]

    def account(self, password: str = PASSWORD) -> Account:
        send = partial(fetch, private_ok_for=HERE)
        return Account(send, self.network.url, self.alba.handle, password)

    def source(self, password: str = PASSWORD) -> Source:
        dialect = Jetstream(COLLECTIONS) if self.stream.as_jetstream else Repos(COLLECTIONS)
        open_stream = partial(opened, private_ok_for=HERE)
        return BlueskySource(self.account(password), dialect, self.address, open_stream)

    def stranger(self) -> Source:
        return self.source("un’altra")

    def ear(self) -> MemoryEar:
        """Hears Giulia alone: the server remembers the other tests."""
        made = MemoryEar()
        made.wants = lambda text, **who: (  # type: ignore[method-assign] # by author too
            who.get("author") == self.giulia.did and made.wanted(text)
        )
        return made

    def away(self) -> None:
        self.stream.cut()

    def back(self) -> None:
        self.stream.mend()


@pytest.fixture(params=["repos", "jetstream"])
def world(network: Network, request: pytest.FixtureRequest) -> Iterator[BlueskyWorld]:
    upstream = network.url.replace("http", "ws")
    stream = Stream(upstream, as_jetstream=request.param == "jetstream")
    made = BlueskyWorld(network, stream, stream.start())
    yield made
    stream.stop()


class TestContract(SourceContract):
    pass


def hear(world: BlueskyWorld, ear: MemoryEar, count: int) -> list[Heard]:
    with listening(world.source(), ear):
        until(lambda: len(ear.heard) >= count)
        looked_again(ear)
    return posts_of(world, ear)


def looked_again(ear: MemoryEar) -> None:
    """Whatever else was under way has come, and that all is here has been said."""
    said = ear.well_said
    until(lambda: ear.well_said > said + 2)


def begin(world: BlueskyWorld) -> MemoryEar:
    """An ear that stands in the present."""
    ear = world.ear()
    with listening(world.source(), ear):
        until(lambda: bool(ear.filled))
    ear.heard.clear()
    return ear


def test_who_wrote_is_known_by_what_never_changes(world: BlueskyWorld) -> None:
    ear = begin(world)
    uri = world.say("Rete giù")

    (post,) = hear(world, ear, 1)

    assert post.sender is not None
    assert post.sender.value == f"bluesky:{world.giulia.did}"
    assert post.sender.shown == f"@{world.giulia.handle}"
    assert post.sender.aliases == (f"bluesky:{world.giulia.handle}",)
    assert post.url == f"https://bsky.app/profile/{world.giulia.did}/post/{uri.split('/')[-1]}"


def test_what_names_us_answers_us_or_quotes_us_is_to_us(world: BlueskyWorld) -> None:
    ear = begin(world)
    ear.wanted = lambda _text: False
    ours = world.alba.post("Ci scusiamo per il disagio")
    giulia = world.giulia
    named = {
        "index": {"byteStart": 0, "byteEnd": 10},
        "features": [{"$type": "app.bsky.richtext.facet#mention", "did": world.alba.did}],
    }
    giulia.post("@alba.test ci siete?", facets=[named])
    giulia.post("E allora?", reply={"root": ours, "parent": ours})
    giulia.post("Sentite", embed={"$type": "app.bsky.embed.record", "record": ours})
    giulia.post("Oggi piove")

    heard = hear(world, ear, 3)

    assert {one.text for one in heard} == {"@alba.test ci siete?", "E allora?", "Sentite"}
    assert all(one.post and one.post.to_us for one in heard)
    answer = next(one.post for one in heard if one.text == "E allora?")
    assert answer is not None
    assert (answer.parent, answer.root) == (ours["uri"], ours["uri"])
    assert answer.answerable["root"] == ours
    assert answer.answerable["parent"]["uri"] == answer.key


def test_an_edit_and_a_deletion_of_what_we_kept_are_changes(world: BlueskyWorld) -> None:
    ear = begin(world)
    ear.wanted = lambda text: "Alba" in text
    other, kept = world.say("Piove"), world.say("Alba, rete giù")
    hear(world, ear, 1)
    world.giulia.change(kept, "Alba, rete su")
    world.giulia.delete(other)
    world.giulia.delete(kept)

    _, edit, deletion = hear(world, ear, 3)

    assert edit.post is not None
    assert deletion.post is not None
    assert (edit.kind, edit.text, edit.post.change) == ("CHANGE", "Alba, rete su", "EDIT")
    assert (deletion.kind, deletion.post.change) == ("CHANGE", "DELETE")
    assert edit.post.changes == deletion.post.changes == kept


def test_a_repost_of_what_we_kept_is_a_change_and_of_others_is_nothing(
    world: BlueskyWorld,
) -> None:
    ear = begin(world)
    kept, other = world.giulia.post("Alba è giù"), world.network.person("marta").post("Piove")
    hear(world, ear, 1)
    marta = world.network.person("marta")
    marta.create("app.bsky.feed.repost", subject=other)
    made = marta.create("app.bsky.feed.repost", subject=kept)

    _, repost = hear(world, ear, 2)

    assert repost.post is not None
    assert (repost.kind, repost.post.change) == ("CHANGE", "REPOST")
    assert (repost.post.key, repost.post.changes) == (made["uri"], kept["uri"])
    assert repost.sender is not None
    assert repost.sender.value == f"bluesky:{marta.did}"


def test_ten_minutes_off_the_wire_leave_no_gap(world: BlueskyWorld) -> None:
    ahead = [timedelta(0)]
    ear = begin(world)
    ear.clock = lambda: clock() + ahead[0]
    world.say("Prima")
    hear(world, ear, 1)
    said = [f"Durante {number}" for number in range(20)]
    for words in said:
        world.say(words)
    ahead[0] = timedelta(minutes=10)

    heard = hear(world, ear, 21)

    assert [one.text for one in heard] == ["Prima", *said]
    assert ear.gaps == []
    assert ear.filled[-1][1], "it was not whole"


def test_a_jetstream_that_has_forgotten_us_says_so(world: BlueskyWorld) -> None:
    if not world.stream.as_jetstream:
        pytest.skip("the other stream says it by itself: see the next test")
    ear = begin(world)
    ear.place["place"] -= 600 * 1_000_000
    ear.place["at"] = (clock() - timedelta(minutes=10)).isoformat()
    world.stream.forgotten_before = int(clock().timestamp() * 1_000_000)
    world.say("Dopo")

    (post,) = hear(world, ear, 1)

    assert post.text == "Dopo"
    ((since, why),) = ear.gaps
    assert timedelta(minutes=9) < clock() - since < timedelta(minutes=12)
    assert why == "la rete non conserva più ciò che ci è sfuggito"
    assert not ear.filled[-1][1], "what is lost was said to be found"


def test_a_server_that_has_forgotten_us_says_so() -> None:
    network = Network(kept_ms=1500)
    network.start()
    upstream = network.url.replace("http", "ws")
    stream = Stream(upstream, as_jetstream=False)
    world = BlueskyWorld(network, stream, stream.start())
    try:
        ear = begin(world)
        world.say("Perduta")
        time.sleep(2.5)
        with listening(world.source(), ear):
            until(lambda: bool(ear.gaps))
            world.say("Dopo")
            until(lambda: bool(ear.heard))
            looked_again(ear)
        heard = posts_of(world, ear)
    finally:
        stream.stop()
        network.stop()

    assert [one.text for one in heard] == ["Dopo"]
    assert len(ear.gaps) == 1
    assert not ear.filled[-1][1]


def test_a_server_that_began_anew_is_heard_from_its_beginning(world: BlueskyWorld) -> None:
    if world.stream.as_jetstream:
        pytest.skip("its cursor is a time")
    ear = begin(world)
    ear.place["place"] = 10_000_000
    with listening(world.source(), ear) as hearing:
        until(lambda: hearing.problem is not None)
    world.say("Di nuovo")

    (post,) = hear(world, ear, 1)

    assert post.text == "Di nuovo"
    assert ear.gaps[0][1] == "la rete ha ricominciato da capo"
