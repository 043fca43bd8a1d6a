"""Listening to Mastodon: against a server in memory, written after its documentation."""

from typing import Any

import pytest

from ascolto.channels.adapters.mastodon.api import Api
from ascolto.channels.adapters.mastodon.fake import ALBA, SERVER, TOKEN, FakeMastodon
from ascolto.channels.adapters.mastodon.reader import MastodonReader
from ascolto.channels.adapters.mastodon.settings import MastodonSettings, mastodon_settings
from ascolto.channels.adapters.mastodon.source import MastodonSource
from ascolto.channels.ports import Heard, Source
from ascolto.channels.told import BadSettings, Told
from tests.channels.sources.contract import SourceContract, posts_of
from tests.channels.sources.memory import MemoryEar, listening
from tests.mailservers.world import until

NAMES_US = [{"id": ALBA["id"], "acct": "alba"}]


class MastodonWorld:
    def __init__(self) -> None:
        self.server = FakeMastodon()
        self.reader = MastodonReader()

    def say(self, words: str) -> str:
        return str(self.server.say(words)["uri"])

    def source(self, token: str = TOKEN) -> Source:
        told = MastodonSettings(SERVER, token, tags=("alba",), local=False, visibility="public")
        return MastodonSource(told, Api(self.server, SERVER, token), self.server.open)

    def stranger(self) -> Source:
        return self.source("un-altro")

    def ear(self) -> MemoryEar:
        return MemoryEar()

    def away(self) -> None:
        self.server.away = True

    def back(self) -> None:
        self.server.away = False


@pytest.fixture
def world() -> MastodonWorld:
    return MastodonWorld()


class TestContract(SourceContract):
    pass


def hear(world: MastodonWorld, ear: MemoryEar, *deeds: Any) -> list[Heard]:
    """What is heard while these things happen, each after the one before was heard."""
    with listening(world.source(), ear):
        until(lambda: bool(ear.filled))
        for deed in deeds:
            known = len(ear.heard)
            deed()
            until(lambda known=known: len(ear.heard) > known)  # type: ignore[misc] # its own number
    return posts_of(world, ear)


def test_who_wrote_is_known_by_his_page(world: MastodonWorld) -> None:
    (post,) = hear(world, world.ear(), lambda: world.say("Rete giù"))

    assert post.sender is not None
    assert post.sender.value == f"mastodon:{SERVER}/users/giulia"
    assert post.sender.shown == "@giulia@mastodon.example"
    assert post.post is not None
    assert post.post.reach == 40


def test_what_only_we_can_read_is_a_message_and_no_post(world: MastodonWorld) -> None:
    ear = world.ear()
    ear.wanted = lambda _text: False
    direct = {"visibility": "direct", "mentions": NAMES_US}

    (message,) = hear(world, ear, lambda: world.server.say("Il mio codice è 7", **direct))

    assert (message.kind, message.public) == ("MESSAGE", False)


def test_an_edit_and_a_deletion_are_changes_of_what_we_kept(world: MastodonWorld) -> None:
    status = world.server.say("Rete giù")
    changed = {**status, "content": "<p>Rete su</p>", "edited_at": "2026-03-04T12:00:00Z"}
    ear = world.ear()
    hear(world, ear)
    assert not ear.heard, "what was said before is not dragged in"

    _, edit, gone = hear(
        world,
        ear,
        lambda: world.server.tell("update", status),
        lambda: world.server.tell("status.update", changed),
        lambda: world.server.tell("delete", status["id"]),
    )

    assert edit.post is not None
    assert gone.post is not None
    assert (edit.post.change, edit.text) == ("EDIT", "Rete su")
    assert gone.post.change == "DELETE"
    assert edit.post.changes == gone.post.changes == status["uri"]


def test_a_deletion_after_a_restart_still_names_the_post(world: MastodonWorld) -> None:
    ear = world.ear()
    hear(world, ear, lambda: world.say("Rete giù"))
    status = world.server.statuses[0]

    *_, gone = hear(world, ear, lambda: world.server.tell("delete", status["id"]))

    assert gone.post is not None
    assert gone.post.changes == status["uri"]


def test_what_is_said_to_us_while_we_are_away_is_asked_for(world: MastodonWorld) -> None:
    ear = world.ear()
    ear.wanted = lambda _text: False
    world.server.notify("mention", world.server.say("Vecchia", mentions=NAMES_US))
    hear(world, ear)
    for number in range(90):  # more than two pages
        said = world.server.say(f"@alba {number}", mentions=NAMES_US)
        world.server.notify("mention", said)

    with listening(world.source(), ear):
        until(lambda: len(ear.heard) == 90)

    assert all(one.post and one.post.to_us for one in posts_of(world, ear))
    assert ear.filled[-1] == (180, True)


def test_a_boost_of_ours_is_a_repost_of_it(world: MastodonWorld) -> None:
    ours = {"id": "9", "uri": f"{SERVER}/users/alba/statuses/9", "account": ALBA}

    (boost,) = hear(world, world.ear(), lambda: world.server.notify("reblog", ours))

    assert boost.post is not None
    assert (boost.kind, boost.post.change, boost.post.changes) == ("CHANGE", "REPOST", ours["uri"])


@pytest.mark.parametrize(
    "frame",
    ["", "x", "[]", '{"event": "update", "payload": "{"}', '{"event": "update", "payload": "3"}',
     '{"event": "delete"}', '{"event": "notification", "payload": "{}"}',
     '{"event": "update", "payload": "{\\"account\\": 3}"}'],
)  # fmt: skip
def test_a_bad_frame_stops_nothing(world: MastodonWorld, frame: str) -> None:
    ear = world.ear()

    with listening(world.source(), ear) as hearing:
        until(lambda: bool(ear.filled))
        world.server.sockets[0].frames.put(frame)
        world.say("Rete giù")
        until(lambda: len(ear.heard) == 1)

    assert hearing.problem is None


@pytest.mark.parametrize(
    "given",
    [{}, {"server": "mastodon.example"}, {"server": SERVER, "tags": ["a b"]},
     {"server": SERVER, "visibility": "private"}],
)  # fmt: skip
def test_settings_that_cannot_be_meant_are_refused(given: dict[str, object]) -> None:
    with pytest.raises(BadSettings):
        mastodon_settings(Told(given, {"token": TOKEN}))
