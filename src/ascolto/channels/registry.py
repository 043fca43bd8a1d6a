"""Which adapter serves which kind of channel. Filled once, by config, at start."""

from collections.abc import Callable

from ascolto.channels.models import Channel
from ascolto.channels.ports import Carrier, Reader

_readers: dict[str, Callable[[], Reader]] = {}
_carriers: dict[str, Callable[[Channel], Carrier]] = {}


class NoAdapter(LookupError):
    """No adapter was registered for this kind of channel."""


def register(
    kind: str, *, reader: Callable[[], Reader], carrier: Callable[[Channel], Carrier] | None = None
) -> None:
    """Serve channels of `kind` with this reader, and with this carrier if mail can leave by it."""
    _readers[kind] = reader
    if carrier is not None:
        _carriers[kind] = carrier


def reader_for(kind: str) -> Reader:
    if kind not in _readers:
        raise NoAdapter(kind)
    return _readers[kind]()


def carrier_for(channel: Channel) -> Carrier:
    if channel.kind not in _carriers:
        raise NoAdapter(channel.kind)
    return _carriers[channel.kind](channel)


def can_carry(channel: Channel) -> bool:
    """Whether an answer can leave by this kind of channel."""
    return channel.kind in _carriers
