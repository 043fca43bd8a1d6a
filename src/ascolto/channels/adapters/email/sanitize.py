"""HTML of strangers made safe to show in a sandboxed frame, opening no connection."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import nh3

from ascolto.channels.adapters.email.html_limits import tamed
from ascolto.channels.adapters.email.html_text import html_to_text

LARGEST = 1_000_000
MOST_REFERENCES = 100_000
"""Of "&": the sanitiser is quadratic in them. Beyond, the page is shown as its text."""

_TAGS = frozenset({
    "a", "abbr", "address", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center",
    "cite", "code", "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption",
    "figure", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li",
    "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
})  # fmt: skip
_DROPPED_WHOLE = frozenset({
    "script", "style", "head", "title", "template", "svg", "math", "object", "iframe", "noscript",
    "textarea", "select", "noembed", "noframes", "xmp", "plaintext", "audio", "video",
})  # fmt: skip
_ANYWHERE = {"style", "dir", "lang", "title", "align", "valign"}
_ATTRIBUTES: dict[str, set[str]] = {
    "*": _ANYWHERE,
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "font": {"color", "face", "size"},
    "table": {"width", "border", "cellpadding", "cellspacing", "bgcolor"},
    "td": {"width", "height", "colspan", "rowspan", "bgcolor"},
    "th": {"width", "height", "colspan", "rowspan", "bgcolor"},
    "tr": {"bgcolor"},
    "col": {"span", "width"},
    "ol": {"start", "type"},
    "li": {"value"},
}
# Nothing that moves, covers, hides, or fetches.
_STYLES = frozenset({
    "background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left",
    "border-right", "border-spacing", "border-style", "border-top", "border-width", "color",
    "font-family", "font-size", "font-style", "font-variant", "font-weight", "height",
    "letter-spacing", "line-height", "list-style-type", "margin", "margin-bottom", "margin-left",
    "margin-right", "margin-top", "max-width", "padding", "padding-bottom", "padding-left",
    "padding-right", "padding-top", "text-align", "text-decoration", "text-indent",
    "text-transform", "vertical-align", "white-space", "width", "word-break", "word-wrap",
})  # fmt: skip
_FETCHING = re.compile(r"url\s*\(|image-set|expression|@import|src\s*\(|\\|/\*", re.IGNORECASE)
_NEGATIVE = re.compile(r":[^;]{0,200}-\s*\d")
_IMAGE = re.compile(r'<img((?: [a-z-]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class CleanHtml:
    html: str
    blocked_images: int
    """Images of other sites, kept as ``data-remote-src`` until somebody asks to see them."""


def clean_html(html: str, inline: Mapping[str, str]) -> CleanHtml:
    """Safe HTML of the first `LARGEST` characters; `inline` maps content ids to our own URLs."""
    page = tamed(html[:LARGEST].replace("\x00", ""))
    if page.count("&") > MOST_REFERENCES:
        return CleanHtml(f"<pre>{escape(html_to_text(page))}</pre>", 0)
    images = _Images(inline)
    cleaned = nh3.clean(
        page,
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED_WHOLE),
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_relative="deny",  # it would lead into our own pages
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        link_rel="noreferrer noopener nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        filter_style_properties=set(_STYLES),
    )
    # What nh3 writes is regular: attributes in double quotes, with no quote inside them; "<" in
    # text is escaped. So this finds every image, and nothing that only looks like one.
    shown = _IMAGE.sub(images.rewritten, cleaned)
    return CleanHtml(shown, images.blocked)


class _Images:
    def __init__(self, inline: Mapping[str, str]) -> None:
        self._inline = inline
        self.blocked = 0

    def rewritten(self, found: re.Match[str]) -> str:
        attributes = dict(_ATTRIBUTE.findall(found[1]))
        source = attributes.pop("src", "")
        if source.lower().startswith("cid:"):
            ours = self._inline.get(source[4:].replace("&amp;", "&"))
            if ours is not None:
                attributes["src"] = ours.replace("&", "&amp;").replace('"', "&quot;")
        elif source:
            self.blocked += 1
            attributes["data-remote-src"] = source
        written = " ".join(f'{name}="{value}"' for name, value in attributes.items())
        return f"<img {written}>"


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "style" and (_FETCHING.search(value) or _NEGATIVE.search(value)):
        return None
    if name == "href" and value.strip().lower().startswith("cid:"):
        return None
    if name == "src" and not value.strip().lower().startswith(("cid:", "http:", "https:")):
        return None
    return value


__all__ = ["CleanHtml", "clean_html", "html_to_text"]
