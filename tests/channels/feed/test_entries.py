"""RSS, Atom and JSON Feed say the same; hostile ones cost seconds, not minutes."""

from datetime import UTC, datetime

import pytest

from ascolto.channels.adapters.feed.entries import NoFeed, canonical, entries_of
from ascolto.channels.adapters.feed.parsing import parsed

URL = "https://blog.example/feed"
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Il blog</title>
<language>it-IT</language><item><title>Rete &amp; guai</title>
<link>http://Blog.example/2026/rete?utm_source=x&amp;p=3#fondo</link><dc:creator>Giulia</dc:creator>
<pubDate>Wed, 04 Mar 2026 12:00:00 +0100</pubDate>
<description>&lt;p&gt;La rete è giù.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description>
</item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="it"><title>Il blog</title>
<entry><id>tag:blog.example,2026:1</id><title>Rete &amp; guai</title>
<link href="https://blog.example/2026/rete?p=3"/><author><name>Giulia</name></author>
<published>2026-03-04T11:00:00Z</published>
<content type="html">&lt;p&gt;La rete è giù.&lt;/p&gt;</content></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Il blog", "language": "it",
"items": [{"id": "1", "url": "https://blog.example/2026/rete?p=3", "title": "Rete & guai",
"authors": [{"name": "Giulia"}], "date_published": "2026-03-04T12:00:00+01:00",
"content_html": "<p>La rete è giù.</p>"}]}"""


@pytest.mark.parametrize("body", [RSS, ATOM, JSON], ids=["rss", "atom", "json"])
def test_a_post_is_the_same_in_every_format(body: str) -> None:
    (entry,) = entries_of(body.encode(), url=URL, content_type="")

    assert entry.key == "https://blog.example/2026/rete?p=3"
    assert (entry.title, entry.text) == ("Rete & guai", "La rete è giù.")
    assert (entry.author, entry.feed, entry.language) == ("Giulia", "Il blog", "it")
    assert entry.published == datetime(2026, 3, 4, 11, 0, tzinfo=UTC)


def test_other_encodings_are_read() -> None:
    body = RSS.replace("UTF-8", "ISO-8859-1").encode("latin-1")
    assert entries_of(body, url=URL, content_type="")[0].text == "La rete è giù."


def test_an_entry_without_an_address_has_the_feed_s_and_its_own_name() -> None:
    item = b"<item><guid isPermaLink='false'>77</guid><title>x</title></item>"
    body = b"<rss version='2.0'><channel>" + item + b"</channel></rss>"
    (entry,) = entries_of(body, url=URL, content_type="")
    assert entry.key.startswith("https://blog.example/feed#")
    assert entry.url == ""


def test_a_link_that_is_no_web_address_is_none() -> None:
    body = RSS.replace("http://Blog.example", "javascript:alert").encode()
    (entry,) = entries_of(body, url=URL, content_type="")
    assert entry.url == ""


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("http://A.example", "https://a.example/"),
        ("https://a.example:443/x/?b=2&utm_medium=y&fbclid=z#q", "https://a.example/x/?b=2"),
        ("https://a.example:8443/x", "https://a.example:8443/x"),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("https://a.example/\u202egpj.exe", ""),
    ],
)
def test_one_page_has_one_address(given: str, expected: str) -> None:
    assert canonical(given) == expected


def test_no_file_and_no_flood_comes_out_of_an_entity() -> None:
    body = (
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY a%d "&a%d;&a%d;">' % (n, n - 1, n - 1) for n in range(1, 40))
        + b"]><rss version='2.0'><channel><item><title>&x;&a39; qui</title></item></channel></rss>"
    )
    try:
        entries = parsed(body, url=URL, content_type="")
    except NoFeed:
        return
    assert all("root:" not in one.title and len(one.title) <= 500 for one in entries)


def test_a_feed_made_to_take_minutes_is_given_up() -> None:
    body = b"<rss version='2.0'><channel><item>" + b"<a>" * 1_000_000
    with pytest.raises(NoFeed, match="troppo complicato"):
        parsed(body, url=URL, content_type="", seconds=2)


@pytest.mark.parametrize(
    "body",
    [b"", b"\0" * 1000, b"{}", b'{"version": "https://jsonfeed.org/version/1", "items": 3}',
     b'{"version": "https://jsonfeed.org/version/1", "items": [1, {}]', b"<html><p>ciao</html>",
     b"[" * 100_000],
)  # fmt: skip
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(NoFeed):
        entries_of(body, url=URL, content_type="text/html")


def test_odd_values_in_a_json_feed_spoil_no_other_entry() -> None:
    body = (
        b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": 3, "url": 7, "title": [],'
        b'"date_published": {}, "authors": "x"}, {"id": "b", "content_text": "Alba"}, 5]}'
    )
    assert [one.text for one in entries_of(body, url=URL, content_type="")] == ["", "Alba"]
