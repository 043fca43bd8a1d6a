"""What somebody said in public, as listening leaves it for triage."""

from datetime import datetime
from itertools import count

from ascolto.channels.models import Arrival, Channel, Item
from ascolto.channels.ports import Heard, Post
from ascolto.channels.services.keeping import Read, keep
from ascolto.kit import blobs
from ascolto.listening.models import Match, Mention, Monitor
from ascolto.people.policy import Sender
from tests import make

numbers = count(1)


def network(kind: str = Channel.Kind.BLUESKY) -> Channel:
    return Channel.objects.get_or_create(
        name=kind.lower(),
        defaults={
            "kind": kind,
            "title": str(Channel.Kind(kind).label),
            "team": make.team(),
            "opened_at": make.LONG_AGO,
        },
    )[0]


def writer(handle: str, network_id: str = "", *, name: str = "") -> Sender:
    """Whoever goes by this handle on Bluesky."""
    return Sender(
        "HANDLE",
        f"bluesky:did:plc:{network_id or handle.partition('.')[0]}",
        name or handle,
        shown=f"@{handle}",
        aliases=(f"bluesky:{handle}",),
    )


def hear(  # what is said, by whom, where, under what, when
    text: str,
    *,
    sender: Sender,
    channel: Channel | None = None,
    kind: str = Item.Kind.POST,
    parent: str = "",
    now: datetime = make.NOON,
) -> Item:
    """An item as a network's adapter brings it."""
    number = next(numbers)
    key = f"at://{sender.value.partition(':')[2]}/app.bsky.feed.post/{number}"
    where = channel or network()
    arrival = Arrival.objects.create(
        channel=where, external_id=key, raw_id=blobs.store(text.encode()), received_at=now
    )
    post = Post(key=key, parent=parent, root=parent, to_us=True, answerable={"uri": key})
    heard = Heard(
        kind=kind,
        sender=sender,
        text=text,
        public=kind == Item.Kind.POST,
        url=f"https://bsky.example/{number}",
        post=post,
    )
    return keep([Read(arrival.pk, where.pk, now, heard)], now=now)[0]


def mention_of(item: Item, *, needs_care: bool = True, opens_cases: bool = False) -> Mention:
    mention = Mention.objects.create(
        key=item.post["key"],
        item=item,
        channel=item.channel,
        identity=item.identity,
        author_name=item.author_name,
        text=item.text,
        language="it",
        url=item.url,
        parent_key=item.post["parent"],
        kind=Mention.Kind.PROBLEM,
        needs_care=needs_care,
        team=make.team(),
        heard_at=item.heard_at,
        matched_at=item.heard_at,
    )
    monitor = Monitor.objects.get_or_create(
        name=f"Noi, {'apre' if opens_cases else 'guarda'}",
        defaults={
            "team": make.team(),
            "opens_cases": opens_cases,
            "made_at": make.LONG_AGO,
            "changed_at": make.LONG_AGO,
        },
    )[0]
    Match.objects.create(mention=mention, monitor=monitor, words=["alba"], at=item.heard_at)
    return mention
