"""A web site with a feed, in memory: for tests and for trying a source out."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from html import escape

from ascolto.kit.fetch import Fetched, FetchFailed, Limits

ADDRESS = "https://forum.example/feed"


@dataclass
class FakeSite:
    """Implements `source.Get`. `away` makes it silent; `status` other than 200 is answered."""

    posts: dict[str, tuple[str, datetime]] = field(default_factory=dict)  # by path
    away: bool = False
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[Mapping[str, str]] = field(default_factory=list)
    body: bytes | None = None  # instead of the posts

    def publish(self, path: str, words: str, *, at: datetime) -> str:
        """Returns the post's canonical address."""
        self.posts[path] = (words, at)
        return f"https://forum.example/{path}"

    def __call__(self, url: str, *, headers: Mapping[str, str], limits: Limits) -> Fetched:  # noqa: ARG002 # as `fetch`
        self.asked.append(headers)
        if self.away:
            raise FetchFailed("forum.example: nessuna risposta")
        body = self._rss() if self.body is None else self.body
        version = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
        if self.status == 200 and headers.get("If-None-Match") == version:  # noqa: PLR2004 # HTTP's own
            return Fetched(304, {}, b"")
        return Fetched(self.status, {"etag": version, **self.headers}, body)

    def _rss(self) -> bytes:
        items = "".join(
            f"<item><link>https://forum.example/{path}</link><guid>{path}</guid>"
            f"<author>giulia@forum.example (Giulia)</author>"
            f"<pubDate>{format_datetime(at)}</pubDate>"
            f"<description>{escape(words)}</description></item>"
            for path, (words, at) in reversed(self.posts.items())
        )
        channel = f"<title>Il forum</title><language>it</language>{items}"
        return f'<rss version="2.0"><channel>{channel}</channel></rss>'.encode()
