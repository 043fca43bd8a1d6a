"""HTML made harmless to parse: parsers are quadratic in depth and in attributes, strangers know.

A single pass over the text, which never tries to understand it: a tag too deep is left out, one
with too many attributes or with broken quotes loses them.
"""

import re

DEEPEST = 250
MOST_ATTRIBUTES = 100
SHORT_TAG = 400
"""Characters; too few to hold many attributes."""

_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]{0,40})")
_QUOTED = re.compile(r'"[^"]*"' + r"|'[^']*'")
# They hold nothing, or end by themselves where the next one begins.
_NOT_NESTING = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr",
    "p", "li", "td", "th", "tr", "dd", "dt", "option", "tbody", "thead", "tfoot", "html", "body",
    "head",
})  # fmt: skip


def tamed(html: str) -> str:
    """The same page; only what no mail program writes is changed. Linear."""
    kept: list[str] = []
    at, depth = 0, 0
    while (start := html.find("<", at)) >= 0:
        end = html.find(">", start)
        if end < 0:
            break
        end = _past_quotes(html, start, end)
        tag = html[start : end + 1]
        name = _NAME.match(tag)
        kept.append(html[at:start])
        if name is None:
            kept.append("&lt;" if not tag.startswith(("<!", "<?")) else "<")
            at = start + 1
            continue
        at = end + 1
        nests = name[1].lower() not in _NOT_NESTING and not tag.endswith("/>")
        closes = tag[1] == "/"
        depth = max(0, depth - nests) if closes else depth + nests
        if closes or depth <= DEEPEST:
            kept.append(tag if len(tag) <= SHORT_TAG else _short(tag, name[0]))
    # A tag that never ends is no tag; for a parser it would have the rest as attributes.
    kept.append(html[at:].replace("<", "&lt;"))
    return "".join(kept)


def _past_quotes(html: str, start: int, end: int) -> int:
    """A ">" inside an attribute doesn't end its tag; a few of them are believed."""
    for _ in range(3):
        rest = _QUOTED.sub("", html[start:end]) if end - start < SHORT_TAG else ""
        if '"' not in rest and "'" not in rest:
            return end
        further = html.find(">", end + 1)
        if further < 0:
            return end
        end = further
    return end


def _short(tag: str, opening: str) -> str:
    rest = _QUOTED.sub("", tag)
    if '"' in rest or "'" in rest or len(rest.split()) > MOST_ATTRIBUTES:
        return f"{opening}>"
    return tag
