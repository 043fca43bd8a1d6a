"""The filtered stream of X: what matches the rules that are set there, line by line.

The rules are those of the channel's settings (X's own query language), put in place at each start.
After a break X gives back up to five minutes by itself (`backfill_minutes`, where the plan has it);
what is older is fetched by recent search. The connection goes to X's fixed host.
Source: X API v2, "Filtered stream". Not verified live.
"""

import contextlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from threading import Event
from typing import Any
from urllib.parse import urlencode

import httpx

from ascolto.channels import ports
from ascolto.channels.adapters.x.api import HOST, X
from ascolto.channels.models import Channel
from ascolto.channels.ports import Caught, Ear, NotLetIn, SourceTrouble
from ascolto.channels.told import told

SILENCE = 25.0  # seconds; X sends an empty line at least every twenty
SHORT = timedelta(minutes=1)  # a break that is not worth a search
SEARCHED = timedelta(days=7)  # how far recent search reaches
FIELDS = {
    "tweet.fields": "author_id,conversation_id,created_at,edit_history_tweet_ids,"
    "in_reply_to_user_id,lang,public_metrics,referenced_tweets",
    "expansions": "author_id",
    "user.fields": "name,username,public_metrics",
}
LONGEST_LINE = 1024 * 1024


def source_of(channel: Channel, *, host: str = HOST) -> "XSource":
    """Raises `BadSettings`."""
    kept = told(channel)
    return XSource(
        kept.secret("bearer_token"), kept.words("rules"), kept.text("account", ""), host=host
    )


class XSource:
    def __init__(self, token: str, rules: tuple[str, ...], account: str, *, host: str) -> None:
        self._x = X(token, host=host)
        self._token, self._rules, self._account, self._host = token, rules, account, host

    def listen(self, ear: Ear, stop: Event) -> None:
        if not self._rules:
            raise NotLetIn("nessuna regola: scrivere nelle impostazioni che cosa cercare su X")
        self._set_rules()
        self._catch_up(ear)
        with self._lines() as lines:
            for line in lines:
                if stop.is_set():
                    return
                ear.well()
                if line.strip():
                    self._keep(ear, json.loads(line))

    def check(self) -> str:
        self._ask("GET", "/2/tweets/search/stream/rules")
        return f"{len(self._rules)} regole"

    def _keep(self, ear: Ear, event: Mapping[str, Any]) -> None:
        if "data" not in event:
            raise SourceTrouble(f"X: {str(event.get('title') or event.get('detail'))[:200]}")
        ear.keep([self._caught(event)], _cursor(event["data"]["id"], ear.now()))

    def _caught(self, event: Mapping[str, Any]) -> Caught:
        kept = {"us": self._account, "data": event["data"], "includes": event.get("includes", {})}
        raw = json.dumps(kept, ensure_ascii=False, sort_keys=True)
        return Caught(raw.encode("utf-8", "surrogatepass"), f"post:{event['data']['id']}")

    def _set_rules(self) -> None:
        """Those of the settings, and no other: what is there twice is left."""
        there = self._ask("GET", "/2/tweets/search/stream/rules").get("data", ())
        known = {one["value"]: one["id"] for one in there}
        gone = [number for value, number in known.items() if value not in self._rules]
        new = [value for value in self._rules if value not in known]
        if gone:
            self._ask("POST", "/2/tweets/search/stream/rules", {"delete": {"ids": gone}})
        if new:
            added = {"add": [{"value": value} for value in new]}
            self._ask("POST", "/2/tweets/search/stream/rules", added)

    def _catch_up(self, ear: Ear) -> None:
        cursor = ear.cursor()
        if "since" not in cursor:
            return
        last = datetime.fromisoformat(cursor["at"])
        away = ear.now() - last
        if away < SHORT:
            return
        ear.missed(since=last, why="il flusso di X si era interrotto")
        found = 0
        for rule in self._rules:
            for page in self._found(rule, str(cursor["since"])):
                ear.keep([self._caught(one) for one in page], cursor)
                found += len(page)
        ear.caught_up(found=found, whole=away < SEARCHED)

    def _found(self, rule: str, since: str) -> Iterator[list[dict[str, Any]]]:
        token = ""
        while True:
            query = {"query": rule, "since_id": since, "max_results": "100", **FIELDS}
            if token:
                query["next_token"] = token
            told = self._ask("GET", f"/2/tweets/search/recent?{urlencode(query)}")
            around = told.get("includes", {})
            yield [{"data": one, "includes": around} for one in told.get("data", ())]
            token = told.get("meta", {}).get("next_token", "")
            if not token:
                return

    @contextlib.contextmanager
    def _lines(self) -> Iterator[Iterator[str]]:
        url = f"{self._host}/2/tweets/search/stream?{urlencode(FIELDS)}"
        headers = {"Authorization": f"Bearer {self._token}", "User-Agent": "Ascolto"}
        timeout = httpx.Timeout(SILENCE, connect=10.0)
        try:
            with (
                httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False) as client,
                client.stream("GET", url, headers=headers) as answer,
            ):
                if answer.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
                    raise NotLetIn("X non accetta la chiave, o il piano non comprende il flusso")
                if answer.status_code != HTTPStatus.OK:
                    raise SourceTrouble(f"X risponde HTTP {answer.status_code}")
                yield _bounded(answer.iter_bytes())
        except httpx.HTTPError as problem:
            raise SourceTrouble(f"il flusso di X si è interrotto: {problem}") from problem

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        try:
            return self._x.ask(method, path, body)
        except ports.NotNow as problem:
            renewed = "va rinnovata" in str(problem)
            raise (NotLetIn if renewed else SourceTrouble)(str(problem)) from problem
        except ports.Refused as problem:
            raise NotLetIn(str(problem)) from problem


def _cursor(number: str, now: datetime) -> dict[str, Any]:
    return {"since": str(number), "at": now.isoformat()}


def _bounded(pieces: Iterator[bytes]) -> Iterator[str]:
    """Lines as they come; one without an end is an attack, or not a stream."""
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            yield line.decode("utf-8", "replace")
        if len(rest) > LONGEST_LINE:
            raise SourceTrouble("X ha mandato una riga senza fine")
