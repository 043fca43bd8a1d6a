"""An entry of a feed, as it was kept, read into what was said."""

import msgspec

from ascolto.channels.adapters.feed.entries import Entry
from ascolto.channels.adapters.feed.source import Looked
from ascolto.channels.ports import Heard, Post, Unreadable
from ascolto.people.policy import Sender


class FeedReader:
    """Implements `ports.Reader`."""

    def read(self, raw: bytes) -> Heard:
        try:
            looked = msgspec.json.decode(raw, type=Looked)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as problem:
            raise Unreadable(f"non è una voce di un feed: {problem}") from problem
        entry = looked.entry
        if not (entry.title or entry.text):
            raise Unreadable("la voce è vuota: non ha titolo né testo")
        return Heard(
            kind="CHANGE" if looked.change else "POST",
            sender=_author(entry),
            message_id=entry.key,
            references=(entry.answers,) if entry.answers else (),
            written_at=(entry.updated if looked.change else None) or entry.published,
            subject=entry.title,
            text=entry.text or entry.title,
            public=True,
            url=entry.url,
            profile=entry.author_url,
            post=Post(
                key=entry.key,
                language=entry.language,
                parent=entry.answers,
                change=looked.change,
                changes=entry.key if looked.change else "",
                under=entry.feed,
            ),
        )


def _author(entry: Entry) -> Sender | None:
    """Who signs it, on that site: the same name elsewhere may be anybody."""
    if not entry.author:
        return None
    site = entry.key.removeprefix("https://").partition("/")[0]
    return Sender("HANDLE", f"web:{site}/{entry.author}"[:320], entry.author, shown=entry.author)
