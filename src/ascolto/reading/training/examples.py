"""The labelled messages, as the training reads them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ascolto.reading.judging import YES_OR_NO
from ascolto.reading.reading import Text

DATA = Path(__file__).parent / "data"
ONE_OF = {
    "kind": ("problem", "request", "praise", "suggestion", "noise"),
    "topic": (
        "billing",
        "connectivity",
        "delivery_repair",
        "contract",
        "promo",
        "staff_service",
        "account_app",
        "other",
    ),
    "polarity": ("positive", "negative", "neutral", "mixed"),
    "lang": ("it", "en", "de", "fr", "es"),
}


@dataclass(frozen=True, slots=True)
class Example:
    text: Text
    group: str  # the invented company, or the post: held out together
    labels: dict[str, Any]
    file: str


def examples() -> list[Example]:
    """Every message of `data`, in the order of the files."""
    return [
        _example(json.loads(line), path.stem)
        for path in sorted(DATA.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def _example(row: dict[str, Any], file: str) -> Example:
    text = Text(row["text"], row["channel"], row.get("post") or "")
    labels = {name: row[name] for name in (*YES_OR_NO, *ONE_OF)}
    return Example(text, row["group"], labels, file)


def belongs(example: Example, head: str) -> bool:
    """Whether it is known what is true: only a comment can be unrelated to its post, and a person
    who corrects says one thing alone."""
    return example.labels.get(head) is not None
