"""What every source keeps to, whatever its network. Each adapter's tests run all of it."""

import time
from typing import Protocol

import pytest

from ascolto.channels.ports import Heard, NotLetIn, Reader, Source, SourceTrouble
from tests.channels.sources.memory import MemoryEar, listening
from tests.mailservers.world import until


class World(Protocol):
    """A network with one person in it who speaks, and one source of ours."""

    @property
    def reader(self) -> Reader: ...

    def say(self, words: str) -> str:
        """Somebody says this in public; returns the key of the post."""

    def source(self) -> Source: ...
    def stranger(self) -> Source | None:
        """The same source with a wrong password; None where there are none."""

    def ear(self) -> MemoryEar: ...
    def away(self) -> None:
        """The network is not to be reached."""

    def back(self) -> None: ...


def words_of(world: World, ear: MemoryEar) -> list[str]:
    return [world.reader.read(one.raw).text for one in ear.heard.values()]


def posts_of(world: World, ear: MemoryEar) -> list[Heard]:
    return [world.reader.read(one.raw) for one in ear.heard.values()]


class SourceContract:
    """Inherit it where a fixture `world` is."""

    def test_what_is_said_while_we_listen_is_kept_once(self, world: World) -> None:
        ear = world.ear()
        with listening(world.source(), ear):
            until(lambda: ear.well_said > 0)
            key = world.say("Alba Telefonia, la rete è giù da stamattina")
            until(lambda: len(ear.heard) == 1)
            time.sleep(0.5)

        (post,) = posts_of(world, ear)
        assert post.kind == "POST"
        assert post.public
        assert post.post is not None
        assert post.post.key == key
        assert post.text == "Alba Telefonia, la rete è giù da stamattina"
        assert len(ear.offered) == 1

    def test_what_was_said_while_we_did_not_listen_is_found(self, world: World) -> None:
        ear = world.ear()
        with listening(world.source(), ear):
            until(lambda: ear.well_said > 0)
            world.say("Alba: prima")
            until(lambda: len(ear.heard) == 1)
        world.say("Alba: nel frattempo")
        world.say("Alba: ancora giù")

        with listening(world.source(), ear):
            until(lambda: len(ear.heard) == 3)

        assert sorted(words_of(world, ear)) == [
            "Alba: ancora giù", "Alba: nel frattempo", "Alba: prima",
        ]  # fmt: skip
        assert ear.filled

    def test_going_back_to_an_old_cursor_gives_the_same_names(self, world: World) -> None:
        ear = world.ear()
        with listening(world.source(), ear):
            until(lambda: ear.well_said > 0)
            old = dict(ear.place)
            world.say("Alba: una")
            world.say("Alba: due")
            until(lambda: len(ear.heard) == 2)
        ear.place = old

        with listening(world.source(), ear):
            until(lambda: len(ear.offered) >= 4)

        assert len(ear.heard) == 2

    def test_nobody_else_s_words_are_kept(self, world: World) -> None:
        ear = world.ear()
        ear.wanted = lambda text: "Alba" in text
        with listening(world.source(), ear):
            until(lambda: ear.well_said > 0)
            world.say("Oggi piove")
            world.say("Con Alba la linea cade")
            until(lambda: len(ear.heard) == 1)

        assert words_of(world, ear) == ["Con Alba la linea cade"]

    def test_a_network_that_is_away_is_a_trouble_and_nothing_is_lost(self, world: World) -> None:
        ear = world.ear()
        with listening(world.source(), ear):
            until(lambda: ear.well_said > 0)
            world.say("Alba: prima")
            until(lambda: len(ear.heard) == 1)
        world.say("Alba: durante")
        world.away()

        with listening(world.source(), ear) as hearing:
            until(lambda: hearing.problem is not None)

        assert isinstance(hearing.problem, SourceTrouble)
        assert not isinstance(hearing.problem, NotLetIn)
        world.back()
        with listening(world.source(), ear):
            until(lambda: len(ear.heard) == 2)

    def test_a_wrong_password_is_not_let_in(self, world: World) -> None:
        stranger = world.stranger()
        if stranger is None:
            pytest.skip("there is nothing to open")
        with listening(stranger, world.ear()) as hearing:
            until(lambda: hearing.problem is not None)

        assert isinstance(hearing.problem, NotLetIn)
        with pytest.raises(NotLetIn):
            stranger.check()

    def test_the_live_test_says_who_we_are(self, world: World) -> None:
        assert world.source().check()
