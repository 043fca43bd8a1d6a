"""Of everybody's words, those that concern us: to us, of us, or a change of what we kept."""

from collections.abc import Iterable

from ascolto.channels.adapters.bluesky.authors import Authors
from ascolto.channels.adapters.bluesky.events import Event
from ascolto.channels.adapters.bluesky.names import POST
from ascolto.channels.adapters.bluesky.seen import (
    caught,
    change_of,
    concerns,
    language_of,
    words_of,
)
from ascolto.channels.ports import Caught, Ear


class Sieve:
    """Takes events one by one and gives what is to be kept of them, in their order."""

    def __init__(self, us: str, ear: Ear, authors: Authors) -> None:
        self._us = us
        self._ear = ear
        self._authors = authors
        self._waiting: list[tuple[Event, bool]] = []  # whether its words concern us
        self._changes: set[str] = set()  # at:// addresses of what is changed

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, events: Iterable[Event]) -> None:
        for event in events:
            if event.did == self._us:
                continue  # our own words
            wanted = self._wanted(event)
            _, changes = change_of(event)
            if changes:
                self._changes.add(changes)
            if wanted or changes:
                self._waiting.append((event, wanted))

    def sifted(self) -> list[Caught]:
        """What is to be kept; asks once which of the changed posts were kept."""
        known = set(self._ear.kept(self._changes)) if self._changes else set()
        self._authors.learn(event.did for event, wanted in self._waiting if wanted)
        kept: list[Caught] = []
        for event, wanted in self._waiting:
            one = self._judged(event, known, wanted=wanted)
            if one is not None:
                kept.append(one)
                if event.collection == POST:
                    known.add(event.uri)
        self._waiting.clear()
        self._changes.clear()
        return kept

    def _wanted(self, event: Event) -> bool:
        if event.collection != POST or event.operation == "delete":
            return False
        return concerns(event, self._us) or self._ear.wants(
            words_of(event.record), language=language_of(event.record), author=event.did
        )

    def _judged(self, event: Event, known: set[str], *, wanted: bool) -> Caught | None:
        change, changes = change_of(event)
        to_us = concerns(event, self._us)
        if change == "REPOST" and changes.startswith(f"at://{self._us}/"):
            to_us = True
        elif change and changes not in known:
            if not wanted:
                return None
            change = changes = ""  # words that concern us since they were changed: new to us
        return caught(
            event, self._authors.of(event.did), change=change, changes=changes, to_us=to_us
        )
