"""A voice that nobody hears: of the demo company, and of a channel that cannot speak yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from ascolto.channels.models import Channel
from ascolto.channels.ports import NotNow, Parcel, Sent
from ascolto.channels.told import BadSettings

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Nowhere:
    """Implements `ports.Carrier` and `ports.Speaker`. With `why`, all that it has waits."""

    why: str = ""

    def carry(self, parcel: Parcel) -> Sent:
        return self._pretended(parcel.key)

    def repost(self, answers: Mapping[str, Any], *, key: str) -> Sent:  # noqa: ARG002 # the port's
        return self._pretended(key)

    def withdraw(self, carried_as: str) -> None:  # noqa: ARG002 # the port's
        if self.why:
            raise NotNow(self.why)

    def _pretended(self, key: str) -> Sent:
        if self.why:
            raise NotNow(self.why)
        return Sent("POSTED", "di prova, non è uscito", carried_as=f"demo:{key}"[:300])


def voice_of(channel: Channel, opened: Callable[[], V]) -> V | Nowhere:
    """What speaks for a channel: nobody in the demo, nobody until its settings make sense."""
    if channel.settings.get("demo"):
        return Nowhere()
    try:
        return opened()
    except BadSettings as problem:
        return Nowhere(str(problem))
