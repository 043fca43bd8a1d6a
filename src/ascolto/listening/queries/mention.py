"""All there is to see of one mention."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from ascolto.channels.models import Attachment, Channel
from ascolto.channels.registry import can_speak
from ascolto.listening.models import Mention, Place, Repost
from ascolto.listening.queries.stream import StreamRow, rows_of
from ascolto.timeline.queries import Deed, history_of

MOST_AROUND = 20


@dataclass(frozen=True, slots=True)
class Found:
    """A place where it stands, or stood."""

    how: str
    channel: str
    url: str
    by_name: str
    reach: int | None
    seen_at: datetime
    gone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of the way from written to answered, and how long it took since the one before."""

    name: str  # "written", "heard", "matched", "alerted", "opened" or "answered"
    at: datetime
    took: timedelta | None


@dataclass(frozen=True, slots=True)
class PassedOn:
    id: int
    channel: str
    by: str
    asked_at: datetime
    posted_at: datetime | None
    undone_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True)
class File:
    id: int
    name: str
    content_type: str
    size: int


@dataclass(frozen=True, slots=True)
class MentionPage:
    row: StreamRow
    places: Sequence[Found]
    hops: Sequence[Hop]
    above: StreamRow | None  # what it answers, if we have it
    below: Sequence[StreamRow]  # what was said under it
    files: Sequence[File]
    reposts: Sequence[PassedOn]
    can_answer: bool
    can_repost_on: Sequence[tuple[int, str]]  # channels: id and title
    history: Sequence[Deed]


def mention_page(mention_id: int) -> MentionPage | None:
    """Ten queries, whatever there is. None if there is no such mention."""
    mention = _mentions().filter(pk=mention_id).first()
    if mention is None:
        return None
    above = _mentions().filter(key=mention.parent_key).first() if mention.parent_key else None
    below = list(_mentions().filter(parent_key=mention.key).order_by("heard_at")[:MOST_AROUND])
    around = [mention, *below, *([above] if above else [])]
    rows = {row.id: row for row in rows_of(around)}
    answerable = bool(mention.item.post.get("answerable")) and mention.gone_at is None
    return MentionPage(
        row=rows[mention.pk],
        places=_places(mention),
        hops=hops(mention),
        above=rows[above.pk] if above else None,
        below=[rows[one.pk] for one in below],
        files=[
            File(one.pk, one.name, one.content_type, one.size)
            for one in Attachment.objects.filter(item=mention.item_id).order_by("pk")
        ],
        reposts=_reposts(mention),
        can_answer=rows[mention.pk].can_answer,
        can_repost_on=_speaking(mention) if answerable else (),
        history=history_of(mention.reference),
    )


def hops(mention: Mention) -> list[Hop]:
    """The steps that have been made, in their order."""
    names = ("written", "heard", "matched", "alerted", "opened", "answered")
    found: list[Hop] = []
    for name in names:
        at: datetime | None = getattr(mention, f"{name}_at")
        if at is not None:
            found.append(Hop(name, at, max(at - found[-1].at, timedelta(0)) if found else None))
    return found


def _mentions() -> QuerySet[Mention]:
    return Mention.objects.select_related(
        "channel", "team", "assignee", "identity__customer", "item"
    )


def _places(mention: Mention) -> list[Found]:
    places = Place.objects.filter(mention=mention).select_related("channel")
    return [
        Found(one.how, one.channel.title, one.url, one.by_name, one.reach, one.seen_at, one.gone_at)
        for one in places.order_by("seen_at", "pk")
    ]


def _reposts(mention: Mention) -> list[PassedOn]:
    reposts = Repost.objects.filter(mention=mention).select_related("channel", "by")
    return [
        PassedOn(
            one.pk,
            one.channel.title,
            one.by.name,
            one.asked_at,
            one.posted_at,
            one.undone_at,
            one.error,
        )
        for one in reposts.order_by("pk")
    ]


def _speaking(mention: Mention) -> list[tuple[int, str]]:
    """Open channels of the same network by which it can be passed on."""
    channels = Channel.objects.filter(kind=mention.channel.kind, closed_at=None).order_by("title")
    return [(one.pk, one.title) for one in channels if can_speak(one)]
