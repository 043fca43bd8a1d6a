"""Listening to a bot by long polling: no open door is needed, and nothing is confirmed to Telegram
before it is kept (the next `offset` confirms). Telegram keeps what was not fetched for 24 hours.

Source: Telegram, "Bot API", getUpdates. Not verified live: tested with a server of our own.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from threading import Event
from typing import Any

from ascolto.channels.adapters.telegram.api import HOST, Bot, NoAnswer, SaidNo
from ascolto.channels.models import Channel
from ascolto.channels.ports import Caught, Ear, NotLetIn, SourceTrouble
from ascolto.channels.told import told

PATIENCE = 5  # seconds that Telegram holds the line: we are asked to end within a few
AT_ONCE = 100
KEPT = timedelta(hours=24)
WANTED = ["message", "edited_message", "channel_post", "edited_channel_post"]


def source_of(channel: Channel, *, host: str = HOST) -> "TelegramSource":
    """Raises `BadSettings`."""
    kept = told(channel)
    return TelegramSource(Bot(kept.secret("token"), host=host))


class TelegramSource:
    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def listen(self, ear: Ear, stop: Event) -> None:
        cursor = ear.cursor()
        self._note_gap(ear, cursor)
        offset = int(cursor.get("offset", 0))
        while not stop.is_set():
            updates = self._updates(offset)
            if updates:
                offset = max(int(one["update_id"]) for one in updates) + 1
                ear.keep([_caught(one) for one in updates], self._cursor(offset, ear.now()))
            else:
                ear.well()
                ear.keep([], self._cursor(offset, ear.now()))

    def check(self) -> str:
        me = _or_trouble(lambda: self._bot.ask("getMe", {}))
        return f"@{me['username']}"

    def _updates(self, offset: int) -> list[dict[str, Any]]:
        asked = {
            "offset": offset,
            "timeout": PATIENCE,
            "limit": AT_ONCE,
            "allowed_updates": WANTED,
        }
        found = _or_trouble(lambda: self._bot.ask("getUpdates", asked, seconds=PATIENCE + 10.0))
        return [one for one in found or () if isinstance(one, dict) and "update_id" in one]

    @staticmethod
    def _cursor(offset: int, now: datetime) -> dict[str, Any]:
        return {"offset": offset, "at": now.isoformat()}

    @staticmethod
    def _note_gap(ear: Ear, cursor: Mapping[str, Any]) -> None:
        """Away for longer than Telegram remembers: what was said before that is lost to us."""
        if "at" not in cursor:
            return
        last = datetime.fromisoformat(cursor["at"])
        if ear.now() - last > KEPT:
            ear.missed(since=last, why="fermi da più di 24 ore: Telegram non conserva oltre")
            ear.caught_up(found=0, whole=False)


def _caught(update: Mapping[str, Any]) -> Caught:
    raw = json.dumps(update, ensure_ascii=False, sort_keys=True)
    return Caught(raw.encode("utf-8", "surrogatepass"), f"update:{update['update_id']}")


def _or_trouble(deed: Any) -> Any:
    try:
        return deed()
    except NoAnswer as problem:
        raise SourceTrouble(str(problem)) from problem
    except SaidNo as problem:
        if problem.code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
            raise NotLetIn("Telegram non riconosce la chiave del bot") from problem
        if problem.code == HTTPStatus.CONFLICT:
            raise NotLetIn(
                "un altro programma ascolta già questo bot, o ha un webhook"
            ) from problem
        raise SourceTrouble(str(problem)) from problem
