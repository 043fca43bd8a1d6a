"""Items as listening looks at them: what was said, and what was done to something said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models.fields.json import KT

from ascolto.channels.models import Item
from ascolto.listening.matchers import matchers_of
from ascolto.listening.matching import Hit
from ascolto.listening.policy.sameness import likeness, said_at
from ascolto.listening.services.understanding import Understood, understand
from ascolto.reading.reading import Text

LONGEST = 20_000  # characters of a post that are looked at


@dataclass(slots=True)
class Said:
    """One item, matched and read. `key` names the post, or what the change is about."""

    item: Item
    text: str
    hits: list[Hit]
    understood: Understood

    @property
    def post(self) -> dict[str, Any]:
        known: dict[str, Any] = self.item.post
        return known

    @property
    def change(self) -> str:
        return str(self.post.get("change") or "") if self.item.kind == Item.Kind.CHANGE else ""

    @property
    def key(self) -> str:
        """Of a post its own; of an edit or a deletion that of what is changed."""
        changed = self.post.get("changes") if self.change else ""
        return str(changed or self.post.get("key") or f"item:{self.item.pk}")[:500]

    @property
    def own_key(self) -> str:
        return str(self.post.get("key") or f"item:{self.item.pk}")[:500]

    @property
    def author(self) -> str:
        return str(self.post.get("author") or "")

    @property
    def author_name(self) -> str:
        return (self.item.author_name or str(self.post.get("handle") or ""))[:200]

    @property
    def likeness(self) -> str:
        if self.change:
            return ""
        parent = str(self.post.get("parent") or "")
        return likeness(self.text, author=self.author_name, parent=parent)

    @property
    def concerns_us(self) -> bool:
        return bool(self.hits) or bool(self.post.get("to_us"))

    @property
    def at(self) -> datetime:
        return said_at(self.item.written_at, self.item.heard_at)

    def number(self, name: str) -> int | None:
        value = self.post.get(name)
        return value if isinstance(value, int) and 0 <= value < 2**31 else None


def take(item_ids: Sequence[int]) -> list[Said]:
    """Match and read them, oldest first. What nobody wants is left out; changes come along."""
    if not item_ids:
        return []
    items = list(
        Item.objects.filter(pk__in=item_ids, kind__in=[Item.Kind.POST, Item.Kind.CHANGE])
        .select_related("channel__team", "identity")
        .order_by("pk")
    )
    matchers = matchers_of({item.channel_id for item in items})
    several = []
    for item in items:
        post, text = item.post, words_of(item)
        names = [str(post.get("handle") or ""), *map(str, post.get("aliases") or [])]
        hits = matchers[item.channel_id].match(
            text, str(post.get("language") or ""), str(post.get("author") or ""), names
        )
        said = Said(item, text, hits, Understood())
        if said.change or said.concerns_us:
            several.append(said)
    told = [said for said in several if said.change in {"", "EDIT"}]
    readings = understand([_as_text(said) for said in told])
    for said, understood in zip(told, readings, strict=True):
        said.understood = understood
    return several


def done_before(keys: Collection[str], beside: Sequence[Said]) -> list[Said]:
    """Deletions and reposts of these posts that were heard before the posts themselves.

    Networks tell their webhooks in any order, and of two workers the later may be the quicker. An
    item that says so is kept for good: it is what a late post finds. One query, and none for none.
    """
    if not keys:
        return []
    changes = (
        Item.objects.filter(kind=Item.Kind.CHANGE)
        .annotate(about=KT("post__changes"))
        .filter(about__in=keys, post__change__in=["DELETE", "REPOST"])
        .exclude(pk__in=[said.item.pk for said in beside])
    )
    return take(list(changes.values_list("pk", flat=True)))


def words_of(item: Item) -> str:
    """Title and text, the title once: feeds repeat it."""
    text = item.text if item.text.startswith(item.subject) else f"{item.subject}\n{item.text}"
    return text[:LONGEST].strip()


def _as_text(said: Said) -> Text:
    return Text(said.text, said.item.channel.kind.lower(), str(said.post.get("under") or ""))
