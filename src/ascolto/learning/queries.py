"""Looks: what was corrected, as the training reads it, and which models this house has."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ascolto.channels.models import Item
from ascolto.learning.models import Correction, Learnt
from ascolto.reading import shelf
from ascolto.reading.judging import CARE
from ascolto.reading.model import shipped
from ascolto.reading.reading import Text
from ascolto.reading.training.examples import Example


@dataclass(frozen=True, slots=True)
class Taught:
    """One example for each corrected text, and which of them the model in use has learnt."""

    examples: list[Example]
    known: list[bool]
    newest: datetime | None

    @property
    def fresh(self) -> int:
        """How many the model in use has not seen."""
        return self.known.count(False)


def in_use() -> str:
    """The version of the model that reads now."""
    return shelf.in_use().version


def former(version: str) -> str:
    """What read before this version of ours: another of ours, or the one that was shipped."""
    before = Learnt.objects.filter(adopted=True, pk__lt=_row_of(version))
    of_release = before.filter(version__startswith=f"{shipped().version}+").order_by("-pk")
    return of_release.values_list("version", flat=True).first() or shipped().version


def models_of_house() -> list[Learnt]:
    """All that was learnt here, the newest first."""
    return list(Learnt.objects.order_by("-pk"))


def waiting() -> int:
    """How many texts were corrected since the model in use learnt. One query, and its own."""
    learnt = Learnt.objects.filter(version=in_use()).first()
    rows = Correction.objects.all()
    if learnt is not None and learnt.newest is not None:
        rows = rows.filter(at__gt=learnt.newest)
    return rows.values("item_id").distinct().count()


def first_readings(item: Item) -> dict[str, str]:
    """Of the fields that were corrected: what the model had read. One query."""
    return dict(Correction.objects.filter(item=item).values_list("head", "was"))


def corrected() -> Taught:
    """Everything that people have corrected whose words are still there."""
    learnt = Learnt.objects.filter(version=in_use()).first()
    until = learnt.newest if learnt else None
    rows = Correction.objects.select_related("item__channel").order_by("item_id", "pk")
    by_item: dict[int, tuple[Item, list[Correction]]] = {}
    for row in rows:
        by_item.setdefault(row.item_id, (row.item, []))[1].append(row)
    spoken = [(item, said) for item, said in by_item.values() if item.text.strip()]
    return Taught(
        [_example(item, said) for item, said in spoken],
        [until is not None and all(one.at <= until for one in said) for _, said in spoken],
        max((one.at for _, said in spoken for one in said), default=None),
    )


def _example(item: Item, said: list[Correction]) -> Example:
    words = f"{item.subject}\n{item.text}" if item.subject else item.text
    text = Text(words, item.channel.kind.lower(), str(item.post.get("under") or ""))
    labels: dict[str, Any] = {}
    for one in said:
        labels[one.head] = one.became == "true" if one.became in {"true", "false"} else one.became
    if "kind" in labels:
        labels.setdefault("needs_care", labels["kind"] in CARE)
    return Example(text, f"item:{item.pk}", labels, "corrections")


def _row_of(version: str) -> int:
    found = Learnt.objects.filter(version=version).values_list("pk", flat=True).first()
    return found or 0
