"""The part of Markdown an article is written in: drawn as safe HTML, or told as plain text. Pure.

Headings, lists, emphasis, quotes, code, tables and links. No HTML of the writer's own and no
images: a page for everybody must not ask another host for anything.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = frozenset({
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
})  # fmt: skip
_SCHEMES = {"http", "https", "mailto", "tel"}
_HEADING = re.compile(r"(</?h)([1-6])>")
_AFTER = {"th_close": "  ", "td_close": "  ", "tr_close": "\n", "table_close": "\n"}
_HIGHEST = 2  # the title of the page is its first heading
_LOWEST = 4
_SIGN = re.compile(r"^\s*(?:-|\d+\.)\s+", re.MULTILINE)
_BLANKS = re.compile(r"\n{3,}")


def _reader() -> MarkdownIt:
    given = MarkdownIt("commonmark", {"html": False, "maxNesting": 12})
    return given.enable("table").disable(["image", "html_block", "html_inline", "reference"])


@lru_cache(maxsize=256)
def drawn(text: str) -> str:
    """The text as HTML that may stand in a page of ours. Its headings begin at the second rank."""
    html = _HEADING.sub(_lowered, _reader().render(text))
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={"a": {"href"}, "ol": {"start"}, "th": {"scope"}},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )


def plain(text: str) -> str:
    """The text as a letter would say it: lists with their signs, links with their address."""
    return _BLANKS.sub("\n\n", _Letter().told(_reader().parse(text))).strip()


def excerpt(text: str, *, longest: int = 160) -> str:
    """Its first words, for a list."""
    words = " ".join(_SIGN.sub("", plain(text[:2_000])).split())
    if len(words) <= longest:
        return words
    return words[:longest].rpartition(" ")[0].rstrip(",;:.") + "…"


def _lowered(found: re.Match[str]) -> str:
    return f"{found[1]}{min(max(int(found[2]), _HIGHEST), _LOWEST)}>"


class _Letter:
    """Walks the tokens of a text once; keeps how deep in lists it stands."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._lists: list[int] = []  # the next number; 0 in a list without numbers

    def told(self, tokens: Sequence[Token]) -> str:
        for token in tokens:
            self._take(token)
        return "".join(self._parts)

    def _take(self, token: Token) -> None:
        if token.type.endswith("_list_open"):
            first = int(token.attrGet("start") or 1)
            self._lists.append(first if token.type.startswith("ordered") else 0)
        elif token.type.endswith("_list_close"):
            self._lists.pop()
            self._parts.append("" if self._lists else "\n")
        elif token.type == "list_item_open":
            self._parts.append("  " * (len(self._lists) - 1) + self._sign())
        elif token.type == "inline":
            self._parts.append(_words(token.children or []))
        elif token.type in {"code_block", "fence"}:
            self._parts.append(f"{token.content}\n")
        elif token.type in {"paragraph_close", "heading_close"}:
            self._parts.append("\n" if self._lists else "\n\n")
        else:
            self._parts.append(_AFTER.get(token.type, ""))

    def _sign(self) -> str:
        number = self._lists[-1]
        if not number:
            return "- "
        self._lists[-1] += 1
        return f"{number}. "


def _words(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    address = ""
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            said = "".join(parts)
            parts.append("" if not address or said.endswith(address) else f" ({address})")
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" " if token.type == "softbreak" else "\n")
        else:
            parts.append(token.content)
    return "".join(parts)
