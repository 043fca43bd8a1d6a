"""What was heard becomes items: many with a handful of statements."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from ascolto.channels.models import Attachment, Item
from ascolto.channels.ports import Heard, HeardFile
from ascolto.channels.services.evidence import note_reports
from ascolto.kit import blobs
from ascolto.people.policy import Sender
from ascolto.people.services import (
    Recognised,
    is_identity,
    known_many,
    note_pages,
    recognise_many,
)
from ascolto.pressure.services import mark_reached_many
from ascolto.timeline.references import reference
from ascolto.timeline.services import Happened, record_many

FUTURE = timedelta(hours=1)  # a sender's clock further ahead than this is wrong, not early
MOST_RECIPIENTS = 100  # of one message: a list of more is nobody we would answer
POSTS = {Item.Kind.POST, Item.Kind.CHANGE}  # said in public, perhaps of us: see listening
MACHINES = {Item.Kind.BOUNCE, Item.Kind.COMPLAINT}  # they report on our mail: nobody's customer

# Says that they are read, and keeps everybody else from reading them until we commit.
CLAIM = """
with mine as (
  select id from channels_arrival
  where id = any(%s) and read_at is null and quarantined_at is null
  order by id for update
)
update channels_arrival a set read_at = %s from mine where a.id = mine.id returning a.id
"""


@dataclass(frozen=True, slots=True)
class Read:
    """One arrival and what its adapter heard in it."""

    arrival_id: int
    channel_id: int
    received_at: datetime
    heard: Heard


@transaction.atomic(savepoint=False)
def keep(several: Sequence[Read], *, now: datetime) -> list[Item]:
    """Make an item of each that nobody else has read meanwhile, and tell the timeline.

    Each that needs a sender has one: see `is_faceless`.
    """
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [[one.arrival_id for one in several], now])
        claimed = {pk for (pk,) in cursor.fetchall()}
    mine = [one for one in several if one.arrival_id in claimed]
    people = _people(mine, now=now)
    pairs = zip(people, mine, strict=True)
    note_pages((who.identity, one.heard.profile) for who, one in pairs if who)
    items = Item.objects.bulk_create(_item(one, who) for one, who in zip(mine, people, strict=True))
    _keep_files(
        (item, file) for item, one in zip(items, mine, strict=True) for file in one.heard.files
    )
    _note_in_order(items, mine, people, now=now)
    record_many(
        [
            Happened(
                "channels.post_heard" if item.kind in POSTS else "channels.item_heard",
                item.heard_at,
                reference("item", item.pk),
                item.identity.customer_id if item.identity else None,
            )
            for item in items
        ]
    )
    return items


def _people(several: Sequence[Read], *, now: datetime) -> list[Recognised | None]:
    """Who wrote each. Whoever writes to us is met; whoever speaks in public is only looked up."""
    posts = [one.heard.kind in POSTS for one in several]
    senders = [_sender(one.heard) for one in several]
    pairs = list(zip(senders, posts, strict=True))
    met = iter(recognise_many([who for who, post in pairs if who and not post], now=now))
    heard_of = [who for who, post in pairs if who and post]
    known = iter(known_many(heard_of) if heard_of else [])
    people: list[Recognised | None] = []
    for who, post in pairs:
        if who is None:
            people.append(None)
        elif post:
            identity = next(known)
            people.append(Recognised(identity, is_new=False) if identity else None)
        else:
            people.append(next(met))
    return people


def is_faceless(heard: Heard) -> bool:
    """Somebody wants something, and we cannot tell who: a person has to look."""
    return heard.kind == Item.Kind.MESSAGE and _sender(heard) is None


def _sender(heard: Heard) -> Sender | None:
    """Who wrote, if he can be told."""
    if heard.sender is None or heard.kind in MACHINES or not is_identity(heard.sender):
        return None
    return heard.sender


def _item(one: Read, who: Recognised | None) -> Item:
    heard = one.heard
    return Item(
        arrival_id=one.arrival_id,
        channel_id=one.channel_id,
        kind=heard.kind,
        identity=who.identity if who else None,
        author_name=(heard.sender.name if heard.sender else "")[:200],
        to=list(heard.to[:MOST_RECIPIENTS]),
        cc=list(heard.cc[:MOST_RECIPIENTS]),
        message_id=heard.message_id[:300],
        references=[known[:300] for known in heard.references],
        written_at=_believable(heard.written_at, now=one.received_at),
        heard_at=one.received_at,
        subject=heard.subject[:500],
        text=heard.text,
        quoted=heard.quoted,
        html=heard.html,
        auto=heard.auto,
        bulk=heard.bulk,
        damaged=list(heard.damaged),
        reading=dict(heard.reading),
        public=heard.public,
        url=heard.url[:500],
        post=_post(heard),
    )


def _post(heard: Heard) -> dict[str, object]:
    """What is known of public words, and by which name their author is known there."""
    if heard.post is None:
        return {}
    who = heard.sender
    named = {"author": who.value, "handle": who.shown, "aliases": list(who.aliases)} if who else {}
    return {**asdict(heard.post), **named, "profile": heard.profile}


def _believable(written_at: datetime | None, *, now: datetime) -> datetime | None:
    return written_at if written_at is None or written_at <= now + FUTURE else None


def _keep_files(several: Iterable[tuple[Item, HeardFile]]) -> None:
    pairs = list(several)
    if not pairs:
        return
    digests = blobs.store_many([file.data for _, file in pairs])
    Attachment.objects.bulk_create(
        Attachment(
            item=item,
            blob_id=digest,
            name=file.name[:255],
            content_type=file.content_type[:120],
            size=len(file.data),
            content_id=file.content_id[:255],
            inline=file.inline,
        )
        for (item, file), digest in zip(pairs, digests, strict=True)
    )


def _note_in_order(
    items: Sequence[Item],
    several: Sequence[Read],
    people: Sequence[Recognised | None],
    *,
    now: datetime,
) -> None:
    """Whoever wrote is reached; what reports say is noted. The later of two news counts."""
    reached: set[int] = set()
    for item, one, who in zip(items, several, people, strict=True):
        if one.heard.reports:
            mark_reached_many(reached, now=now)
            reached.clear()
            note_reports(item, one.heard.reports, now=now)
        if who is not None and not who.is_new and item.kind == Item.Kind.MESSAGE:
            reached.add(who.identity.pk)
    mark_reached_many(reached, now=now)
