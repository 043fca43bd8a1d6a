"""A feed is asked for what is new, politely: only if it changed, and not in step with others."""

import hashlib
import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from threading import Event
from typing import Protocol

import msgspec

from ascolto.channels.adapters.feed.entries import Entry, NoFeed
from ascolto.channels.adapters.feed.parsing import parsed
from ascolto.channels.adapters.feed.place import Place
from ascolto.channels.adapters.feed.settings import FeedSettings
from ascolto.channels.ports import Caught, Ear, NotLetIn, SourceTrouble
from ascolto.kit.fetch import Fetched, FetchFailed, Limits, Redirected, Refused

LIMITS = Limits(seconds=30, size=10 * 1024 * 1024)
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.5"
LONGEST_NAME = 200
MOST_ASKED = 24 * 3600.0  # seconds: longest rest a server can ask us for
CLOSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.GONE}


class Get(Protocol):
    """`kit.fetch.fetch`, with what the installation allows already said."""

    def __call__(self, url: str, *, headers: Mapping[str, str], limits: Limits) -> Fetched: ...


class Looked(msgspec.Struct):
    """One entry as it is kept: the raw bytes of an arrival, in JSON."""

    entry: Entry
    change: str = ""  # "EDIT"
    version: int = 1


class FeedSource:
    """Implements `ports.Source`."""

    def __init__(
        self, told: FeedSettings, get: Get, *, wait: Callable[[Event, float], object] = Event.wait
    ) -> None:
        self._told = told
        self._get = get
        self._wait = wait
        self._chance = random.Random()  # noqa: S311 # spreads knocks, guards nothing

    def listen(self, ear: Ear, stop: Event) -> None:
        place = Place.of(ear.cursor(), self._told.url)
        while not stop.is_set():
            rest = self._rest(place, ear.now())
            if rest > 0:
                self._wait(stop, rest)
                continue
            self._look(ear, place)

    def check(self) -> str:
        entries = self._ask(Place(self._told.url)) or []
        title = next((entry.feed for entry in entries if entry.feed), self._told.url)
        return f"{title}: {len(entries)}"

    def _rest(self, place: Place, now: datetime) -> float:
        """Seconds until the next look. A restart does not make it earlier."""
        if place.looked_at is None:
            return 0.0
        due = place.looked_at + self._told.every
        return max(0.0, (due - now).total_seconds()) * self._chance.uniform(1.0, 1.1)

    def _look(self, ear: Ear, place: Place) -> None:
        now = ear.now()
        entries = self._ask(place)
        caught = [] if entries is None else self._news(ear, place, entries, now=now)
        place.looked_at = now
        ear.keep(caught, place.as_cursor())
        ear.caught_up(found=len(caught))

    def _ask(self, place: Place) -> list[Entry] | None:
        """The feed's entries, or None if it has not changed. Notes its version in `place`."""
        asked = {"Accept": ACCEPT, "Accept-Encoding": "gzip"}
        if place.etag:
            asked["If-None-Match"] = place.etag
        if place.modified:
            asked["If-Modified-Since"] = place.modified
        answer = self._answer(asked)
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return None
        try:
            entries = parsed(
                answer.body,
                url=self._told.url,
                content_type=answer.headers.get("content-type", ""),
            )
        except NoFeed as problem:
            raise self._trouble(str(problem)) from problem
        place.etag = answer.headers.get("etag", "")[:500]
        place.modified = answer.headers.get("last-modified", "")[:100]
        return entries

    def _answer(self, asked: Mapping[str, str]) -> Fetched:
        try:
            answer = self._get(self._told.url, headers=asked, limits=LIMITS)
        except Redirected as problem:
            raise NotLetIn(f"il feed si è spostato: {problem.location[:300]}") from problem
        except (Refused, FetchFailed) as problem:
            raise SourceTrouble(str(problem)) from problem
        if answer.status in CLOSED:
            raise NotLetIn(f"il feed risponde {answer.status}")
        if answer.status not in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
            asked_rest = _seconds(answer.headers.get("retry-after", ""))
            raise self._trouble(f"il feed risponde {answer.status}", asked_rest)
        return answer

    def _trouble(self, why: str, rest: float = 0.0) -> SourceTrouble:
        """It answers, but not with a feed: it is asked again at its own pace, no sooner."""
        problem = SourceTrouble(why)
        problem.rest = max(rest, min(self._told.every.total_seconds(), 3600.0))
        return problem

    def _news(self, ear: Ear, place: Place, entries: list[Entry], *, now: datetime) -> list[Caught]:
        first = place.looked_at is None
        self._tell_of_a_gap(ear, place, entries)
        caught = []
        for entry in reversed(entries):  # the oldest first, as they were written
            known = place.known(entry)
            if known is not None and known.fingerprint == entry.fingerprint:
                place.note(entry, kept=known.kept)
                continue
            if known is not None and known.kept:
                caught.append(_caught(entry, "EDIT"))
                place.note(entry, kept=True)
                continue
            kept = self._concerns(ear, entry, since=now if first else None)
            place.note(entry, kept=kept)
            if kept:
                caught.append(_caught(entry, ""))
        return caught

    def _concerns(self, ear: Ear, entry: Entry, *, since: datetime | None) -> bool:
        """Whether to keep it; at the first look, only if it is of the last days."""
        if since is not None:
            written = entry.updated or entry.published
            if written is None or written < since - timedelta(days=self._told.days):
                return False
        words = f"{entry.title}\n{entry.text}"
        return self._told.keeps_all or ear.wants(
            words, language=entry.language, author=entry.author
        )

    def _tell_of_a_gap(self, ear: Ear, place: Place, entries: list[Entry]) -> None:
        """Nothing in it is known to us: what stood between has scrolled away, unseen."""
        if place.looked_at is None or not place.entries or not entries:
            return
        if all(place.known(entry) is None for entry in entries):
            ear.missed(since=place.looked_at, why="il feed è andato avanti senza di noi")
            ear.caught_up(found=0, whole=False)


def _caught(entry: Entry, change: str) -> Caught:
    raw = msgspec.json.encode(Looked(entry, change))
    name = entry.key
    if len(name) > LONGEST_NAME:  # cut in the middle, two of them might become one
        name = f"{name[:LONGEST_NAME]}#{hashlib.sha256(name.encode()).hexdigest()[:32]}"
    name = f"{name}#{entry.fingerprint}" if change else name
    return Caught(raw, name, {"change": change} if change else {})


def _seconds(retry_after: str) -> float:
    """RFC 9110 §10.2.3, of which only seconds are believed."""
    plain = retry_after.strip()
    return min(float(plain), MOST_ASKED) if plain.isdecimal() else 0.0
