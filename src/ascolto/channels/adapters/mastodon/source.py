"""Listening to Mastodon: one stream for the present, and asking for what was said meanwhile.

The stream knows no past. So after each connection notifications and tags are asked for what came
after the last ones known; what comes by both ways has one name, and is kept once. One web socket
carries all streams, where server-sent events would need a connection for each.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Event
from typing import Any
from urllib.parse import urlencode

import msgspec

from ascolto.channels.adapters.email.html_text import html_to_text
from ascolto.channels.adapters.mastodon import statuses
from ascolto.channels.adapters.mastodon.api import PAGE, Api, ApiError
from ascolto.channels.adapters.mastodon.settings import MastodonSettings
from ascolto.channels.ports import Caught, Ear, NotLetIn, SourceTrouble
from ascolto.kit.fetch import FetchFailed, Refused
from ascolto.kit.websocket import TurnedAway, WebSocket

LOOK = 0.5  # seconds: how soon we notice that we are to stop
PAGES = 25  # of forty: what is further back is said to be missing
BUSY = 300.0  # seconds of rest for a server that has had enough of us
REMEMBERED = 1000  # statuses
LOOK_AGAIN = 300.0  # seconds: a stream that lost something silently is found out by asking
NOTIFIED = {"mention", "reblog", "update"}
Open = Callable[[str, Mapping[str, str]], AbstractContextManager[WebSocket]]


@dataclass
class _Sitting:
    account: str  # our account's id
    newest: dict[str, str]  # by what is asked ("notifications", "tag:fibra"): its newest id
    asked_at: float = 0.0
    keys: dict[str, str] = field(default_factory=dict)  # addresses of statuses kept, by id

    def cursor(self) -> dict[str, Any]:
        """A deletion names an id alone: of the latest we know what it was."""
        return {"newest": self.newest, "keys": dict(list(self.keys.items())[-REMEMBERED:])}


class MastodonSource:
    """Implements `ports.Source`."""

    def __init__(self, told: MastodonSettings, api: Api, open_stream: Open) -> None:
        self._told = told
        self._api = api
        self._open = open_stream

    def check(self) -> str:
        with _as_trouble():
            account = self._api.one("v1/accounts/verify_credentials")
            with self._stream():
                return f"@{account.get('acct', '')}@{self._told.server.partition('//')[2]}"

    def listen(self, ear: Ear, stop: Event) -> None:
        with _as_trouble():
            account = str(self._api.one("v1/accounts/verify_credentials").get("id", ""))
            cursor = ear.cursor()
            sitting = _Sitting(
                account, dict(cursor.get("newest") or {}), keys=dict(cursor.get("keys") or {})
            )
            with self._stream() as wire:
                for asked in self._subscriptions():
                    wire.send(msgspec.json.encode({"type": "subscribe", **asked}).decode())
                while not stop.is_set():
                    self._step(ear, wire, sitting)

    def _step(self, ear: Ear, wire: WebSocket, sitting: _Sitting) -> None:
        if time.monotonic() - sitting.asked_at > LOOK_AGAIN or not sitting.asked_at:
            self._catch_up(ear, sitting)
        frame = wire.receive(LOOK)
        if frame is not None:
            caught = self._heard(ear, frame, sitting)
            if caught:
                # The place does not move: only asking shows that nothing lies between.
                ear.keep(caught, sitting.cursor())
        ear.well()

    def _stream(self) -> AbstractContextManager[WebSocket]:
        instance = self._api.one("v2/instance")
        urls = (instance.get("configuration") or {}).get("urls") or {}
        base = str(urls.get("streaming") or self._told.server.replace("http", "ws", 1))
        address = f"{base.rstrip('/')}/api/v1/streaming?{urlencode({'stream': 'user'})}"
        return self._open(address, {"Authorization": f"Bearer {self._told.token}"})

    def _subscriptions(self) -> list[dict[str, str]]:
        asked = [{"stream": "hashtag", "tag": tag} for tag in self._told.tags]
        return [*asked, {"stream": "public:local"}] if self._told.local else asked

    def _heard(self, ear: Ear, frame: str | bytes, sitting: _Sitting) -> list[Caught]:
        """What one frame of the stream says to us. Nothing for what cannot be understood."""
        try:
            told = msgspec.json.decode(frame)
            event, payload = str(told["event"]), told.get("payload")
            if event == "delete":
                return self._deletion(ear, str(payload), sitting)
            body = msgspec.json.decode(payload) if isinstance(payload, str) else payload
            if event == "notification":
                return self._notified(ear, body, sitting)
            if event in {"update", "status.update"}:
                return self._status(ear, body, sitting, edit=event == "status.update")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return []  # one bad frame of a stranger must not stop the stream
        return []

    def _notified(self, ear: Ear, told: Mapping[str, Any], sitting: _Sitting) -> list[Caught]:
        status = told.get("status")
        if told.get("type") not in NOTIFIED or not isinstance(status, dict):
            return []
        if told["type"] == "reblog":
            return [statuses.boosted(self._told.server, told)]
        return self._status(ear, status, sitting, edit=told["type"] == "update", to_us=True)

    def _status(
        self,
        ear: Ear,
        status: Mapping[str, Any],
        sitting: _Sitting,
        *,
        edit: bool = False,
        to_us: bool = False,
    ) -> list[Caught]:
        author = str((status.get("account") or {}).get("id", ""))
        if status.get("reblog") or author == sitting.account:
            return []  # others' boosts of others, and our own words
        ours = to_us or _names_us(status, sitting.account)
        name = statuses.name_of(str(status["id"]))
        if edit and ear.kept([name]):
            return [statuses.edited(self._told.server, status, to_us=ours)]
        words = html_to_text(str(status.get("content") or ""))
        language = str(status.get("language") or "")
        if not (ours or ear.wants(words, language=language, author=author)):
            return []
        sitting.keys[str(status["id"])] = statuses.key_of(status)
        return [statuses.said(self._told.server, status, to_us=ours)]

    def _deletion(self, ear: Ear, status_id: str, sitting: _Sitting) -> list[Caught]:
        if not ear.kept([statuses.name_of(status_id)]):
            return []
        return [statuses.deleted(self._told.server, status_id, sitting.keys.get(status_id, ""))]

    def _catch_up(self, ear: Ear, sitting: _Sitting) -> None:
        """Ask for all that came after the newest known. The first time nothing is asked for but
        where the present is: what was said before is not ours to drag in.
        """
        found, whole = 0, True
        for name, path in self._asked():
            known = sitting.newest.get(name)
            rows, all_of_them = self._after(path, known)
            whole = whole and all_of_them
            caught: list[Caught] = []
            for row in reversed(rows if known is not None else []):
                if name == "notifications":
                    caught += self._notified(ear, row, sitting)
                else:
                    caught += self._status(ear, row, sitting)
            sitting.newest[name] = str(rows[0]["id"]) if rows else known or "0"
            ear.keep(caught, sitting.cursor())
            found += len(caught)
        sitting.asked_at = time.monotonic()
        ear.caught_up(found=found, whole=whole)

    def _asked(self) -> list[tuple[str, str]]:
        asked = [("notifications", "v1/notifications")]
        asked += [(f"tag:{tag}", f"v1/timelines/tag/{tag}") for tag in self._told.tags]
        return [*asked, ("local", "v1/timelines/public")] if self._told.local else asked

    def _after(self, path: str, known: str | None) -> tuple[list[dict[str, Any]], bool]:
        """Rows newer than `known`, the newest first; and whether those are all."""
        extra = {"local": "true"} if path.endswith("/public") else {}
        if known is None:
            return self._api.many(path, **extra)[:1], True
        rows: list[dict[str, Any]] = []
        before: dict[str, str] = {}
        for _ in range(PAGES):
            page = self._api.many(path, since_id=known, **extra, **before)
            rows += page
            if len(page) < PAGE:
                return rows, True
            before = {"max_id": str(page[-1]["id"])}
        return rows, False


def _names_us(status: Mapping[str, Any], account: str) -> bool:
    mentions = status.get("mentions")
    named = {
        str(one.get("id"))
        for one in (mentions if isinstance(mentions, list) else [])
        if isinstance(one, dict)
    }
    return account in named or str(status.get("in_reply_to_account_id") or "") == account


@contextmanager
def _as_trouble() -> Iterator[None]:
    try:
        yield
    except ApiError as problem:
        kind = NotLetIn if problem.at_the_door else SourceTrouble
        trouble = kind(f"Mastodon risponde {problem}")
        trouble.rest = BUSY if problem.status == HTTPStatus.TOO_MANY_REQUESTS else 0.0
        raise trouble from problem
    except TurnedAway as problem:
        kind = NotLetIn if problem.for_good else SourceTrouble
        raise kind(f"il flusso risponde {problem.status}") from problem
    except (FetchFailed, Refused) as problem:
        raise SourceTrouble(str(problem)) from problem
