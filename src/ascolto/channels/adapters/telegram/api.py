"""Asking the Bot API. The host is Telegram's own, fixed here; the token is part of the path, so
nothing of the address is ever said in an error.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from ascolto.channels import ports
from ascolto.kit.fetch import FetchFailed, Limits, fetch
from ascolto.kit.fetch import Refused as NotFetched

HOST = "https://api.telegram.org"
SIZE = 8 * 1024 * 1024


class NoAnswer(Exception):
    """The line died: it may have been done, or not."""


class SaidNo(Exception):
    """Telegram answered with an error: its code, its words, and how long to wait."""

    def __init__(self, code: int, words: str, retry_after: float = 0.0) -> None:
        super().__init__(f"Telegram: {words or code}")
        self.code, self.retry_after = code, retry_after


class Bot:
    """`host` is another only in tests."""

    def __init__(self, token: str, *, host: str = HOST) -> None:
        self._root = f"{host}/bot{token}"
        self._private = ("127.0.0.1",) if host != HOST else ()

    def ask(self, method: str, told: Mapping[str, Any], *, seconds: float = 15.0) -> Any:
        """The `result`. Raises `SaidNo` or `NoAnswer`."""
        try:
            answer = fetch(
                f"{self._root}/{method}",
                method="POST",
                headers={"Content-Type": "application/json"},
                content=json.dumps(dict(told)).encode(),
                limits=Limits(seconds=seconds, size=SIZE),
                private_ok_for=self._private,
            )
            said = json.loads(answer.body)
        except (FetchFailed, NotFetched) as problem:
            raise NoAnswer("Telegram non risponde") from problem
        except ValueError as problem:
            raise NoAnswer("Telegram ha risposto qualcosa che non è JSON") from problem
        if isinstance(said, dict) and said.get("ok") is True:
            return said.get("result")
        said = said if isinstance(said, dict) else {}
        wait = said.get("parameters", {}).get("retry_after", 0)
        words = str(said.get("description", ""))[:300]
        raise SaidNo(int(said.get("error_code", answer.status)), words, float(wait))


def as_delivery(problem: SaidNo | NoAnswer) -> Exception:
    """What the outbox understands of it."""
    if isinstance(problem, NoAnswer):
        waiting = ports.NotNow(str(problem))
        waiting.maybe_delivered = True
        return waiting
    if problem.code == HTTPStatus.TOO_MANY_REQUESTS or problem.code >= 500:  # noqa: PLR2004 # their fault
        return ports.NotNow(str(problem))
    if problem.code == HTTPStatus.UNAUTHORIZED:
        return ports.NotNow(f"{problem} (la chiave del bot va rinnovata)")
    return ports.Refused(str(problem))
