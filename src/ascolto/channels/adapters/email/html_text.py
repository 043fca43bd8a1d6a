"""HTML as text: paragraphs and line breaks kept, quotes marked as in a plain mail."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ascolto.channels.adapters.email.html_limits import tamed

LARGEST = 1_000_000
DEEPEST_QUOTE = 10
QUOTE_STARTS = "\ue000"
"""Stands, alone on its line, where a mail program marked what follows as quoted. Never shown."""

_UNSHOWN = frozenset({
    "script", "style", "head", "title", "template", "noscript", "svg", "math", "object", "iframe",
    "select", "textarea", "audio", "video", "canvas", "meta", "link", "base", "-comment",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul", "body",
})  # fmt: skip
_SPACED = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "pre", "blockquote"})
_QUOTE_IDS = frozenset({
    "divrplyfwdmsg", "appendonsend", "olk_src_body_section", "stopspelling", "zwchr",
    "mail-editor-reference-message-container", "reply-intro", "replysplit", "isforwardcontent",
    "ms-outlook-mobile-reference-message",
})  # fmt: skip
_QUOTE_CLASSES = frozenset({
    "gmail_quote", "gmail_quote_container", "gmail_attr", "moz-cite-prefix", "yahoo_quoted",
    "protonmail_quote", "zmail_extra", "tutanota_quote", "ymail_android_signature_quote",
    "wordsection_quote", "x_gmail_quote", "outlookmessageheader", "replyforwardheader",
    "moz-forward-container", "mcntmcreplyheader",
})  # fmt: skip
# Outlook draws a line of just this kind above the headers of the mail it answers.
_OUTLOOK_LINE = re.compile(
    r"border-top:\s?solid\s#?(?:e1e1e1|b5c4df|windowtext)\s1\.0pt|"
    r"border-top-color:\s?rgb\(229, ?229, ?229\)",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BLANK_RUNS = re.compile(r"\n{3,}")


def html_to_text(html: str) -> str:
    """Total; work is bounded by the first `LARGEST` characters."""
    return without_marks(marked_text(html))


def without_marks(text: str) -> str:
    lines = (line for line in text.split("\n") if line.lstrip("> ") != QUOTE_STARTS)
    return _BLANK_RUNS.sub("\n\n", "\n".join(lines)).strip("\n")


def marked_text(html: str) -> str:
    """As `html_to_text`, with `QUOTE_STARTS` lines where a mail program begins its quote."""
    given = html[:LARGEST].replace("\x00", "").replace(QUOTE_STARTS, "")
    tree = LexborHTMLParser(tamed(given))
    root = tree.body or tree.root
    if root is None:
        return ""
    page = _Page()
    for node, opening in _walk(root):
        if node.tag == "-text":
            page.words(node.text_content or "")
        elif opening:
            page.open(node)
        else:
            page.close(node.tag or "")
    return _BLANK_RUNS.sub("\n\n", page.text()).strip("\n")


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every shown node at its start and (elements) at its end; no recursion."""
    stack: list[tuple[LexborNode, bool]] = [(root, True)]
    while stack:
        node, opening = stack.pop()
        yield node, opening
        if not opening or node.tag == "-text":
            continue
        stack.append((node, False))
        children = []
        child = node.child
        while child is not None:
            if child.tag not in _UNSHOWN:
                children.append((child, True))
            child = child.next
        stack.extend(reversed(children))


class _Page:
    """Lines being written. A break is only wished for until there are words for it."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._gap: str | None = None
        """The blank line to come before the next words."""
        self._quotes = 0
        self._pre = 0

    def text(self) -> str:
        self._end_line()
        return "\n".join(self._lines)

    def words(self, text: str) -> None:
        if self._pre:
            *lines, last = text.split("\n")
            for line in lines:
                self._line.append(line)
                self._break()
            self._line.append(last)
            return
        shown = _SPACE.sub(" ", text).replace("\xa0", " ")
        if shown.strip() or self._line:
            self._line.append(shown)

    def open(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "br":
            self._break()
            return
        if tag in {"td", "th"} and self._line:
            self._line.append(" ")
        if tag in _BLOCKS:
            self._end_line()
            self._wish_gap(tag)
        if _begins_quote(node):
            self._end_line()
            self._lines.append(self._prefix() + QUOTE_STARTS)
        self._enter(tag)

    def _enter(self, tag: str) -> None:
        if tag == "blockquote":
            self._quotes += 1
        elif tag == "pre":
            self._pre += 1
        elif tag == "li":
            self._line.append("- ")

    def close(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_line()
        if tag == "blockquote":
            self._quotes -= 1
        elif tag == "pre":
            self._pre -= 1
        self._wish_gap(tag)

    def _wish_gap(self, tag: str) -> None:
        if tag in _SPACED:
            # Between a quote and what is none, the blank line belongs outside.
            outer = self._prefix().rstrip()
            self._gap = outer if self._gap is None else min(self._gap, outer, key=len)

    def _prefix(self) -> str:
        return "> " * min(self._quotes, DEEPEST_QUOTE)

    def _break(self) -> None:
        if "".join(self._line).strip():
            self._end_line()
        else:
            self._line.clear()
            self._lines.append(self._prefix().rstrip())
            self._gap = None

    def _end_line(self) -> None:
        line = "".join(self._line).strip() if not self._pre else "".join(self._line).rstrip()
        self._line.clear()
        if not line:
            return
        if self._gap is not None and self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._gap)
        self._gap = None
        self._lines.append(self._prefix() + line)


def _begins_quote(node: LexborNode) -> bool:
    marks = node.attributes
    if not marks:
        return False
    named = (marks.get("id") or "")[:100].lower().removeprefix("x_")
    classes = (marks.get("class") or "")[:300].lower().split()
    if named in _QUOTE_IDS or any(one.removeprefix("ecx") in _QUOTE_CLASSES for one in classes):
        return True
    return _OUTLOOK_LINE.search((marks.get("style") or "")[:500]) is not None
