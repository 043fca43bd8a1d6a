"""What a feed says, as plain values, whatever it is written in."""

import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import feedparser

from ascolto.channels.adapters.email.html_text import html_to_text
from ascolto.channels.words import clean_line, clean_text, web_address

MOST_ENTRIES = 1000
_TRACKING = re.compile(r"utm_|fbclid$|gclid$|mc_[ce]id$|igshid$", re.IGNORECASE)
_DEFAULT_PORT = {"http": 80, "https": 443}


class NoFeed(ValueError):
    """The bytes are no feed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `key` is its canonical address, or the feed's address and its own identifier."""

    key: str
    url: str = ""
    title: str = ""
    text: str = ""
    author: str = ""
    author_url: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    feed: str = ""  # title of the feed
    answers: str = ""  # canonical address of what it answers (RFC 4685)

    @property
    def fingerprint(self) -> str:
        """Of the words alone: other markup, a counter or an advertisement is no edit."""
        words = "\0".join((" ".join(self.title.split()), " ".join(self.text.split())))
        return hashlib.sha256(words.encode()).hexdigest()[:16]


def canonical(url: str) -> str:
    """The one address of a page: https, lower-case host, no fragment, no tracking. Or ""."""
    plain = web_address(url)
    if not plain:
        return ""
    parts = urlsplit(plain)
    host = (parts.hostname or "").lower()
    if parts.port and parts.port != _DEFAULT_PORT.get(parts.scheme.lower()):
        host = f"{host}:{parts.port}"
    kept = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.match(pair[0])
    ]  # fmt: skip
    return urlunsplit(("https", host, parts.path or "/", urlencode(kept), ""))


def entries_of(body: bytes, *, url: str, content_type: str) -> list[Entry]:
    """Entries in the order of the feed, each once. Raises `NoFeed`."""
    found = _json(body, url) if _is_json(body) else _xml(body, url, content_type)
    return list({entry.key: entry for entry in reversed(found[:MOST_ENTRIES])}.values())[::-1]


def _is_json(body: bytes) -> bool:
    return body[:200].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def _xml(body: bytes, url: str, content_type: str) -> list[Entry]:
    headers = {"content-type": content_type, "content-location": url}
    # Bytes are given, never an address: feedparser itself must not go out.
    read = feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False)
    if not read.get("version"):
        raise NoFeed("non è un feed RSS, Atom o JSON")
    feed = read.feed
    title, language = clean_line(feed.get("title")), clean_line(feed.get("language"), longest=10)
    return [_xml_entry(one, url, title, language) for one in read.entries[:MOST_ENTRIES]]


def _xml_entry(one: Mapping[str, Any], url: str, feed: str, language: str) -> Entry:
    link = _link(url, one.get("link"))
    contents = [part.get("value", "") for part in one.get("content", [])]
    who = one.get("author_detail") or {}
    return Entry(
        key=_key(url, link, str(one.get("id") or "")),
        url=link,
        title=clean_line(html_to_text(str(one.get("title") or "")), longest=500),
        text=_text(max([str(one.get("summary") or ""), *contents], key=len)),
        author=clean_line(who.get("name") or one.get("author")),
        author_url=web_address(who.get("href", "")),
        published=_moment(one.get("published_parsed")),
        updated=_moment(one.get("updated_parsed") if "updated_parsed" in one else None),
        language=_language(_own_language(one) or language),
        feed=feed,
        answers=canonical(str((one.get("thr_in-reply-to") or {}).get("href", ""))),
    )


def _own_language(one: Mapping[str, Any]) -> str:
    return next(
        (str(part["language"]) for part in one.get("content", []) if part.get("language")), ""
    )


def _json(body: bytes, url: str) -> list[Entry]:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org)."""
    try:
        read = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise NoFeed("non è JSON") from problem
    items = read.get("items")
    if "jsonfeed.org" not in str(read.get("version")) or not isinstance(items, list):
        raise NoFeed("non è un feed RSS, Atom o JSON")
    title, language = clean_line(read.get("title")), clean_line(read.get("language"), longest=10)
    return [
        _json_entry(one, url, title, language)
        for one in items[:MOST_ENTRIES]
        if isinstance(one, dict)
    ]


def _json_entry(one: Mapping[str, Any], url: str, feed: str, language: str) -> Entry:
    link = _link(url, one.get("url"))
    authors = one.get("authors") or [one.get("author") or {}]
    who = authors[0] if isinstance(authors, list) and isinstance(authors[0], dict) else {}
    html = one.get("content_html")
    return Entry(
        key=_key(url, link, str(one.get("id") or "")),
        url=link,
        title=clean_line(one.get("title"), longest=500),
        text=_text(html) if isinstance(html, str) else clean_text(one.get("content_text")),
        author=clean_line(who.get("name")),
        author_url=web_address(who.get("url")),
        published=_iso(one.get("date_published")),
        updated=_iso(one.get("date_modified")),
        language=_language(clean_line(one.get("language"), longest=10) or language),
        feed=feed,
    )


def _link(feed_url: str, given: object) -> str:
    """The address of the entry, which may be written relative to the feed's."""
    return web_address(urljoin(feed_url, given)) if isinstance(given, str) and given else ""


def _key(feed_url: str, link: str, own: str) -> str:
    if link:
        return canonical(link)
    named = own or "?"
    return (
        f"{canonical(feed_url)}#{hashlib.sha256(named.encode(errors='replace')).hexdigest()[:32]}"
    )


def _text(html: str) -> str:
    return clean_text(html_to_text(html))


def _language(tag: str) -> str:
    code = tag.partition("-")[0].lower()
    return code if re.fullmatch(r"[a-z]{2,3}", code) else ""


def _moment(parsed: Any) -> datetime | None:
    """feedparser's nine numbers, in UTC."""
    if parsed is None:
        return None
    try:
        year, month, day, hour, minute, second = parsed[:6]
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except (TypeError, ValueError):
        return None


def _iso(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
