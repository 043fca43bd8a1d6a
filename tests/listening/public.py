"""Words said in public, as the adapters of networks bring them."""

from datetime import datetime
from itertools import count

from ascolto.channels.models import Arrival, Channel, Item
from ascolto.channels.ports import Heard, Post
from ascolto.channels.services.keeping import Read, keep
from ascolto.kit import blobs
from ascolto.listening.models import Mention, Monitor
from ascolto.listening.services import hear_posts
from ascolto.people.policy import Sender
from tests import make

numbers = count(1)
CARD = "at://did:plc:giulia/app.bsky.feed.post/uno"
HELP = "Da tre giorni la fibra di Alba Telefonia non va, nessuno risponde"
GIULIA = Sender("HANDLE", "bluesky:did:plc:giulia", "Giulia Ferraris", shown="@giulia.example")


def source(name: str = "bluesky", *, kind: str = Channel.Kind.BLUESKY) -> Channel:
    return Channel.objects.get_or_create(
        name=name,
        defaults={
            "kind": kind,
            "title": name.capitalize(),
            "team": make.team(),
            "opened_at": make.LONG_AGO,
        },
    )[0]


def monitor(
    *words: str, name: str = "Noi", none: tuple[str, ...] = (), now: datetime = make.LONG_AGO
) -> Monitor:
    return Monitor.objects.create(
        name=name,
        rule={"any": list(words or ("alba telefonia",)), "none": list(none)},
        team=make.team(),
        made_at=now,
        changed_at=now,
    )


def bring(  # noqa: PLR0913 # a post has many sides, and a test names the one it is about
    text: str = HELP,
    *,
    key: str = "",
    by: Sender | None = GIULIA,
    channel: Channel | None = None,
    now: datetime = make.NOON,
    written_at: datetime | None = None,
    files: tuple[object, ...] = (),
    **post: object,
) -> Item:
    """The item, with nothing that follows from it."""
    where = channel or source()
    kind = Item.Kind.CHANGE if post.get("change") else Item.Kind.POST
    arrival = Arrival.objects.create(
        channel=where,
        external_id=f"arrival {next(numbers)}",
        raw_id=blobs.store(f"{next(numbers)} {text}".encode()),
        received_at=now,
    )
    known = Post(key=key or f"at://did:plc:x/{next(numbers)}", **post)  # type: ignore[arg-type] # the test names the parts
    heard = Heard(
        kind=kind,
        sender=by,
        text=text,
        written_at=written_at,
        public=True,
        url=f"https://social.example/{next(numbers)}",
        post=known,
        files=files,  # type: ignore[arg-type] # as above
    )
    return keep([Read(arrival.pk, where.pk, now, heard)], now=now)[0]


def hear(*items: Item, now: datetime = make.NOON) -> list[Mention]:
    return hear_posts([item.pk for item in items], now=now)
