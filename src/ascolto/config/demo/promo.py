"""A promotion that becomes a help desk: what is written under one post, most of it this morning."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.text import slugify

from ascolto.channels.models import Channel, Item
from ascolto.channels.services import accept, read_arrival
from ascolto.config.demo.house import House
from ascolto.config.demo.promo_lines import SAID
from ascolto.listening import services as listening
from ascolto.listening.models import Board, Cause
from ascolto.staff.models import Colleague
from ascolto.triage.mentions import consider_mentions

TOGETHER = timedelta(minutes=10)  # what is written within comes in one go, as networks bring it
POST = "promo-autunno"
ADDRESS = "https://pagina.alba.example/post/autunno-a-19-90"
OURS = "Elena Sala"  # she answers for the post
NAMES = {  # by a word that their first ones have in common
    "trasloco": "Trasloco della linea in ritardo",
    "fattura": "Fattura di ottobre addebitata due volte",
    "attesa": "Attesa al telefono",
}


@dataclass(frozen=True, slots=True)
class Written:
    at: datetime
    name: str
    text: str


def comment(house: House, page: Channel, *, account: str, words: str, now: datetime) -> None:
    """Bring the comments under the post of `words`, the oldest first, each at its own time."""
    written = sorted(
        (Written(now - timedelta(minutes=minutes), name, text) for minutes, name, text in SAID),
        key=lambda one: one.at,
    )
    for several in _together(written):
        at = several[-1].at
        items = [_item(one, page, account=account, words=words) for one in several]
        mentions = listening.hear_posts(items, now=at)
        consider_mentions([one.pk for one in mentions], now=at)
        board = Board.objects.get(pk=mentions[0].board_id or 0)
        if board.owner_id is None:
            elena = house.colleagues[OURS]
            listening.give_owner(board, to=elena, by=elena, now=at)
        for cause in listening.sort_board(board.pk, now=at):
            _named(cause, by=house.colleagues[OURS], now=at)


def _named(cause: Cause, *, by: Colleague, now: datetime) -> None:
    """Elena calls the causes of the day as people do."""
    words = set(re.findall(r"\w+", cause.name.lower()))
    for word, name in NAMES.items():
        if word in words:
            listening.rename_cause(cause, name=name, by=by, now=now)


def _together(written: Sequence[Written]) -> Iterator[list[Written]]:
    """What a network brings in one go."""
    waiting: list[Written] = []
    for one in written:
        if waiting and one.at - waiting[0].at > TOGETHER:
            yield waiting
            waiting = []
        waiting.append(one)
    yield waiting


def _item(one: Written, page: Channel, *, account: str, words: str) -> int:
    raw = json.dumps(_shape(one, account=account, words=words), ensure_ascii=False).encode()
    accepted = accept(page.pk, raw, external_id=f"demo:{handle(one.name)}", envelope={}, now=one.at)
    item = read_arrival(accepted.arrival_id, now=one.at)
    if not isinstance(item, Item):
        raise LookupError(f"{one.name} was not understood")  # noqa: TRY004 # it is None
    return item.pk


def handle(name: str) -> str:
    """What the network calls somebody."""
    return f"fb-{slugify(name)}"


def _shape(one: Written, *, account: str, words: str) -> dict[str, Any]:
    """A comment as its network tells of it."""
    who = handle(one.name)
    value = {
        "item": "comment",
        "verb": "add",
        "comment_id": f"{POST}_{who}",
        "post_id": POST,
        "from": {"id": who, "name": one.name},
        "created_time": int(one.at.timestamp()),
        "message": one.text,
        "post": {"message": words, "permalink_url": ADDRESS},
    }
    return {"object": "page", "account": account, "field": "feed", "value": value}
