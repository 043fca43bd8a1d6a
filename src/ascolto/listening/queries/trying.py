"""A rule tried on what was heard in the last days, before it is saved."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from ascolto.channels.models import Item
from ascolto.listening.marking import Piece, snippet
from ascolto.listening.matching import Matcher, Watch
from ascolto.listening.policy.rules import BadRule, Rule, rule_from
from ascolto.listening.words import all_said

DAYS = timedelta(days=7)
MOST_POSTS = 5_000  # the newest of them
MOST_SHOWN = 20
WANTED, BUT_FOR_THE_EXCLUDED = 1, 2


@dataclass(frozen=True, slots=True)
class Sample:
    """One post that it would have found, or left out for an excluded word."""

    item_id: int
    channel: str
    author: str
    heard_at: datetime
    url: str
    pieces: Sequence[Piece]
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class TryOut:
    """What the rule would have found. `faults`: it cannot be used, and why, in sentences."""

    faults: Sequence[str] = ()
    heard: int = 0  # posts that it was tried on
    kept: int = 0
    excluded: int = 0  # had the words, and an excluded one too
    since: datetime | None = None  # the oldest of them
    found: Sequence[Sample] = ()
    left_out: Sequence[Sample] = ()


def try_out(
    rule: Mapping[str, Any],
    *,
    channel_ids: Collection[int] = (),
    now: datetime,
    days: timedelta = DAYS,
) -> TryOut:
    """Try a rule on the posts of the last days, on these channels or on all. One query.

    A source that asks its network for our words only brought what the monitors of those days
    wanted: of it the try-out says what of that would stay, not what else there was.
    """
    try:
        wanted = rule_from(rule)
    except BadRule as problem:
        return TryOut(faults=all_said(problem))
    items = Item.objects.filter(kind=Item.Kind.POST, heard_at__gte=now - days)
    if channel_ids:
        items = items.filter(channel__in=channel_ids)
    items = items.select_related("channel").defer(
        "html", "quoted", "channel__secret", "channel__cursor"
    )
    heard = list(items.order_by("-pk")[:MOST_POSTS])
    return _tried(wanted, heard)


def _tried(rule: Rule, heard: Sequence[Item]) -> TryOut:
    matcher = Matcher([Watch(WANTED, rule), Watch(BUT_FOR_THE_EXCLUDED, replace(rule, none=()))])
    found: list[Sample] = []
    left_out: list[Sample] = []
    kept = excluded = 0
    for item in heard:
        post = item.post
        names = [str(post.get("handle") or ""), *map(str, post.get("aliases") or [])]
        hits = matcher.match(
            f"{item.subject}\n{item.text}",
            str(post.get("language") or ""),
            str(post.get("author") or ""),
            names,
        )
        if not hits:
            continue
        wanted = hits[0].monitor == WANTED
        kept, excluded = kept + wanted, excluded + (not wanted)
        samples = found if wanted else left_out
        if len(samples) < MOST_SHOWN:
            terms = hits[0].words if wanted else (*hits[0].words, *rule.none)
            samples.append(_sample(item, terms))
    since = heard[-1].heard_at if heard else None
    return TryOut((), len(heard), kept, excluded, since, found, left_out)


def _sample(item: Item, terms: Sequence[str]) -> Sample:
    text = f"{item.subject} {item.text}".strip()
    return Sample(
        item.pk,
        item.channel.title,
        item.author_name or str(item.post.get("handle") or ""),
        item.heard_at,
        item.url,
        snippet(text, terms),
        terms,
    )
