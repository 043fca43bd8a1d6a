"""An article as a file: JSON, or Markdown under a few lines that say what it is. Pure."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ascolto.knowledge.naming import slug_of

LANGUAGES = ("it", "en")
_HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_TITLE = re.compile(r"\A\s*#\s+(.+)\n+")
LONGEST_TITLE, LONGEST_BODY = 160, 60_000


class BadFile(Exception):
    """It cannot be read as articles. Its text says why."""


@dataclass(frozen=True, slots=True)
class Portable:
    slug: str
    title: str
    body: str
    language: str = "it"
    topic: str = "other"
    tags: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def to_markdown(one: Portable) -> str:
    head = {
        "title": one.title,
        "language": one.language,
        "topic": one.topic,
        "tags": ", ".join(one.tags),
        "slug": one.slug,
    }
    lines = [f"{name}: {value}" for name, value in head.items()]
    return "---\n" + "\n".join(lines) + f"\n---\n\n{one.body}\n"


def from_markdown(text: str, *, name: str) -> Portable:
    """Title and the rest from the lines on top; else the first heading, else the file's name."""
    text = text.replace("\r\n", "\n").replace("\x00", "")
    head = _HEAD.match(text)
    told: dict[str, Any] = {}
    if head:
        pairs = (line.partition(":") for line in head[1].splitlines())
        told = {key.strip(): value.strip() for key, colon, value in pairs if colon}
        told["tags"] = str(told.get("tags", "")).split(",")
        text = text[head.end() :]
    elif heading := _TITLE.match(text):
        told["title"], text = heading[1].strip(), text[heading.end() :]
    told.setdefault("title", name.rpartition(".")[0].replace("-", " ").replace("_", " "))
    return _checked({**told, "body": text})


def from_json(text: str) -> list[Portable]:
    """A list of articles, or an object with `articles`."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise BadFile("JSON") from problem
    rows = told.get("articles") if isinstance(told, dict) else told
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadFile("articles")
    return [_checked(row) for row in rows]


def _checked(row: Mapping[str, Any]) -> Portable:
    title = " ".join(str(row.get("title", "")).replace("\x00", "").split())[:LONGEST_TITLE]
    body = str(row.get("body", "")).replace("\x00", "").strip()[:LONGEST_BODY]
    if not title or not body:
        raise BadFile(title or "title")
    tags = row.get("tags")
    language = str(row.get("language", "it"))
    return Portable(
        slug=slug_of(str(row.get("slug") or title)),
        title=title,
        body=body,
        language=language if language in LANGUAGES else LANGUAGES[0],
        topic=str(row.get("topic", "other")),
        tags=tuple(str(tag).strip() for tag in tags) if isinstance(tags, list | tuple) else (),
    )
