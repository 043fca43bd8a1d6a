"""How networks knock: what each asks to know that it is us, and how it proves that it is itself."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from ascolto.channels.ports import Caught

Header = Callable[[str], str]  # a header by its name; "" if there is none, or more than one


class NotSigned(Exception):
    """No signature, or not one of ours. `code` is for programs, the sentence for people."""

    def __init__(self, sentence: str, *, code: str = "not_signed") -> None:
        super().__init__(sentence)
        self.code = code


class Misnamed(Exception):
    """What was posted cannot be told apart from other things: no honest sender does that."""

    def __init__(self, sentence: str, *, code: str) -> None:
        super().__init__(sentence)
        self.code = code


class Claim(Protocol):
    """One request that says who it is from. Nothing of it is kept before `holds` is true."""

    def update(self, piece: bytes) -> None:
        """The body as it arrives: the very bytes that were signed."""

    def holds(self) -> bool:
        """Whether the signature is right, in a time that tells nothing."""

    def letters(self, body: bytes) -> Sequence[Caught]:
        """What it says, each thing with the name that makes hearing it twice harmless.

        Empty for what concerns nobody. Raises `Misnamed`.
        """


class Doorkeeper(Protocol):
    """Stands at `/in/<channel>/` for one kind of channel. Holds nothing of a request."""

    needs: frozenset[str]  # secrets without which the door stays shut

    def claim(self, header: Header, secrets: Mapping[str, str], *, now: float) -> Claim:
        """What the headers say, before a byte of the body is read. Raises `NotSigned`."""

    def greet(self, query: Mapping[str, str], secrets: Mapping[str, str]) -> tuple[str, str] | None:
        """Content type and body of the answer to a network that asks if we are us; None: no."""


_keepers: dict[str, Doorkeeper] = {}


def register_door(kind: str, keeper: Doorkeeper) -> None:
    """Channels of this kind are told by webhook, and this is who stands at the door."""
    _keepers[kind] = keeper


def keeper_of(kind: str) -> Doorkeeper:
    return _keepers[kind]


def kinds_with_doors() -> frozenset[str]:
    return frozenset(_keepers)
