"""Which adapter serves which kind of channel. Filled once, by config, at start."""

from collections.abc import Callable
from datetime import timedelta

from ascolto.channels.models import Channel
from ascolto.channels.ports import Carrier, Manners, Reader, Source, Speaker

LETTERS = Manners(subject=True, files=True)
STREAM_SILENCE = timedelta(minutes=2)

_readers: dict[str, Callable[[], Reader]] = {}
_carriers: dict[str, Callable[[Channel], Carrier]] = {}
_sources: dict[str, Callable[[Channel], Source]] = {}
_speakers: dict[str, Callable[[Channel], Speaker]] = {}
_manners: dict[str, Manners] = {}
_silences: dict[str, timedelta | None] = {}


class NoAdapter(LookupError):
    """No adapter was registered for this kind of channel."""


def register(
    kind: str, *, reader: Callable[[], Reader], carrier: Callable[[Channel], Carrier] | None = None
) -> None:
    """Serve channels of `kind` with this reader, and with this carrier if mail can leave by it."""
    _readers[kind] = reader
    if carrier is not None:
        _carriers[kind] = carrier


def register_source(
    kind: str,
    *,
    source: Callable[[Channel], Source] | None = None,
    speaker: Callable[[Channel], Speaker] | None = None,
    manners: Manners = LETTERS,
    silence: timedelta | None = None,
) -> None:
    """Serve channels of `kind` as a source that is listened to, or as a place with its manners.

    A kind without `source` is told by its network, through a webhook. `silence` is how long we
    may be deaf before that is noted as a gap, which the source ends by `caught_up`: little for a
    stream, much for what is polled and keeps its past. None: the source tells its gaps itself.
    """
    _manners[kind] = manners
    _silences[kind] = silence
    if source is not None:
        _sources[kind] = source
    if speaker is not None:
        _speakers[kind] = speaker


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


def source_of(channel: Channel) -> Source:
    if channel.kind not in _sources:
        raise NoAdapter(channel.kind)
    return _sources[channel.kind](channel)


def kinds_listened_to() -> frozenset[str]:
    """Kinds of channels that `ascolto listen` minds, beside the mailboxes."""
    return frozenset(_sources)


def speaker_of(channel: Channel) -> Speaker:
    if channel.kind not in _speakers:
        raise NoAdapter(channel.kind)
    return _speakers[channel.kind](channel)


def can_speak(channel: Channel) -> bool:
    """Whether posts can be passed on by this kind of channel, and taken back."""
    return channel.kind in _speakers


def silence_of(kind: str) -> timedelta | None:
    """How long a source of this kind may be deaf before we note a gap; None: we never do."""
    return _silences.get(kind)


def manners_of(kind: str) -> Manners:
    return _manners.get(kind, LETTERS)
