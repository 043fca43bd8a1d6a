"""The stream of mentions: a page at a time, the newest first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db import connection
from django.db.models import Count, Q, QuerySet

from ascolto.channels.registry import can_carry
from ascolto.listening.marking import Piece, marked
from ascolto.listening.models import Match, Mention, Place, Wave
from ascolto.people.queries import with_merged
from ascolto.reading.abuse import covered, is_abusive

Tab = Literal["ALL", "HELP", "PRAISE", "NOISE"]
PAGE = 40
MOST_COUNTED = 999
MOST_WORDS = 3  # that are said and marked of why we think so
GRAVEST = ("escalation_threat", "churn_threat", "angry", "needs_care", "kind")
HELP = (Mention.Kind.PROBLEM, Mention.Kind.REQUEST)


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the stream is looked at. All that is given has to hold.

    `ALL` is all but noise. `hidden_teams` are the reserved teams that the viewer is not of.
    """

    tab: Tab = "ALL"
    monitor_id: int | None = None
    channel_id: int | None = None
    team_id: int | None = None
    standing: str = ""  # of Mention.Standing
    customer_id: int | None = None
    wave_id: int | None = None
    hidden_teams: Collection[int] = ()
    insults_open: bool = False  # for who chose to read them


@dataclass(frozen=True, slots=True)
class StreamRow:
    """One mention in the list."""

    id: int
    channel_id: int
    channel_kind: str
    channel: str
    author: str
    handle: str
    customer_id: int | None
    customer: str
    text: str
    pieces: Sequence[Piece]
    url: str
    under: str
    board_id: int | None  # the post of ours that it stands under
    kind: str
    needs_care: bool
    angry: bool
    standing: str
    team_id: int
    team: str
    assignee: str
    stars: int | None
    reach: int | None
    reactions: int | None
    reposts: int
    places: int
    monitors: Sequence[str]
    words: Sequence[str]
    why: Sequence[str]
    written_at: datetime | None
    heard_at: datetime
    answered_at: datetime | None
    edited_at: datetime | None
    gone_at: datetime | None
    can_answer: bool  # in public, under it


@dataclass(frozen=True, slots=True)
class Page:
    rows: Sequence[StreamRow]
    after: str  # where the next page begins; empty: there is none


@dataclass(frozen=True, slots=True)
class Counts:
    """Mentions heard since a moment, by tab; `MOST_COUNTED` + 1 means more than that."""

    by_tab: dict[str, int] = field(default_factory=dict)
    waiting: int = 0


def stream(filter: Filter, *, after: str = "", limit: int = PAGE) -> Page:  # noqa: A002 # what it is
    """The next mentions after `after` (as `Page.after` said; nonsense begins anew). Three queries.

    With a wave in the filter one more.
    """
    mentions = _filtered(filter)
    place = cursor_of(after)
    if place is not None:
        at, pk = place
        mentions = mentions.filter(Q(heard_at__lt=at) | Q(heard_at=at, pk__lt=pk))
        mentions = mentions.filter(heard_at__lte=at)  # said again, for the index
    found = list(
        mentions.select_related("channel", "team", "assignee", "identity__customer", "item")
        .defer("item__html", "item__quoted", "channel__secret", "channel__cursor")
        .order_by("-heard_at", "-pk")[: limit + 1]
    )
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    rows = rows_of(shown, insults_open=filter.insults_open)
    return Page(rows, written_cursor(last.heard_at, last.pk) if last else "")


def counts(filter: Filter, *, since: datetime) -> Counts:  # noqa: A002 # as above
    """How many there are in each tab since then, and how many wait. One query."""
    tabs: tuple[Tab, ...] = ("ALL", "HELP", "PRAISE", "NOISE")
    asked = [_filtered(filter, tab=tab).filter(heard_at__gte=since) for tab in tabs]
    asked.append(_filtered(filter, tab="ALL").filter(standing="WAITING", heard_at__gte=since))
    parts: list[str] = []
    values: list[Any] = []
    for mentions in asked:
        sql, given = mentions.order_by().values("pk")[: MOST_COUNTED + 1].query.sql_with_params()
        parts.append(f"(select count(*) from ({sql}) capped)")  # noqa: S608 # made by Django, its values apart
        values += given
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(parts)}", values)
        *by_tab, waiting = cursor.fetchone() or [0] * (len(tabs) + 1)
    return Counts(dict(zip(tabs, by_tab, strict=True)), waiting)


def _filtered(filter: Filter, *, tab: str = "") -> QuerySet[Mention]:  # noqa: A002 # as above
    mentions = Mention.objects.all()
    tab = tab or filter.tab
    if tab == "NOISE":
        mentions = mentions.filter(standing="NOISE")
    else:
        mentions = mentions.exclude(standing="NOISE")
        kinds = {"HELP": HELP, "PRAISE": (Mention.Kind.PRAISE,)}.get(tab)
        mentions = mentions.filter(kind__in=kinds) if kinds else mentions
    same = {
        "channel": filter.channel_id,
        "team": filter.team_id,
        "standing": filter.standing or None,
    }
    mentions = mentions.filter(**{name: one for name, one in same.items() if one is not None})
    if filter.hidden_teams:
        mentions = mentions.exclude(team__in=filter.hidden_teams)
    return _by_others(mentions, filter)


def _by_others(mentions: QuerySet[Mention], filter: Filter) -> QuerySet[Mention]:  # noqa: A002 # as above
    if filter.monitor_id is not None:
        matches = Match.objects.filter(monitor=filter.monitor_id)
        mentions = mentions.filter(pk__in=matches.values("mention"))
    if filter.customer_id is not None:
        mentions = mentions.filter(identity__customer__in=with_merged([filter.customer_id]))
    if filter.wave_id is not None:
        wave = Wave.objects.filter(pk=filter.wave_id).first()
        if wave is None:
            return mentions.none()
        during = Match.objects.filter(monitor=wave.monitor_id, at__gte=wave.began_at)
        if wave.ended_at is not None:
            during = during.filter(at__lte=wave.ended_at)
        mentions = mentions.filter(pk__in=during.values("mention"))
    return mentions


def written_cursor(at: datetime, pk: int) -> str:
    """A place in what is ordered by time, for a link to what comes after it."""
    return f"{at.isoformat()}_{pk}"


def cursor_of(written: str) -> tuple[datetime, int] | None:
    """The place that `written_cursor` wrote; None of nonsense."""
    at, _, pk = written.partition("_")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    if moment.tzinfo is None or not pk.isascii() or not pk.isdigit() or len(pk) > len("9" * 18):
        return None
    return moment, int(pk)


def rows_of(mentions: Sequence[Mention], *, insults_open: bool = False) -> list[StreamRow]:
    """Two queries for all of them."""
    ids = [mention.pk for mention in mentions]
    matches: dict[int, list[Match]] = {}
    for match in Match.objects.filter(mention__in=ids).select_related("monitor").order_by("pk"):
        matches.setdefault(match.mention_id, []).append(match)
    places = dict(
        Place.objects.filter(mention__in=ids, gone_at=None)
        .values_list("mention_id")
        .annotate(Count("pk"))
    )
    return [
        _row(one, matches.get(one.pk, []), places.get(one.pk, 0), insults_open=insults_open)
        for one in mentions
    ]


def _because(why: Mapping[str, Sequence[str]]) -> list[str]:
    """The few words that weigh most, of what weighs most: where all is marked, nothing is."""
    words = [str(one) for field in GRAVEST for one in why.get(field, [])[:2]]
    return list(dict.fromkeys(words))[:MOST_WORDS]


def _row(
    mention: Mention, matches: Sequence[Match], places: int, *, insults_open: bool
) -> StreamRow:
    words = list(dict.fromkeys(word for match in matches for word in match.words))
    because = _because(mention.reading.get("why") or {})
    covers = mention.abusive and not insults_open
    if covers:  # what is covered in the text is not said beside it
        because = [one for one in because if not is_abusive(one)]
    customer = mention.identity.customer if mention.identity else None
    return StreamRow(
        id=mention.pk,
        channel_id=mention.channel_id,
        channel_kind=mention.channel.kind,
        channel=mention.channel.title,
        author=mention.author_name,
        handle=str(mention.item.post.get("handle") or ""),
        customer_id=customer.pk if customer else None,
        customer=customer.name if customer else "",
        text=mention.text,
        pieces=marked(covered(mention.text) if covers else mention.text, [*words, *because]),
        url=mention.url,
        under=mention.under,
        board_id=mention.board_id,
        kind=mention.kind,
        needs_care=mention.needs_care,
        angry=mention.angry,
        standing=mention.standing,
        team_id=mention.team_id,
        team=mention.team.name,
        assignee=mention.assignee.name if mention.assignee else "",
        stars=mention.stars,
        reach=mention.reach,
        reactions=mention.reactions,
        reposts=mention.reposts,
        places=places,
        monitors=[match.monitor.name for match in matches],
        words=words,
        why=because,
        written_at=mention.written_at,
        heard_at=mention.heard_at,
        answered_at=mention.answered_at,
        edited_at=mention.edited_at,
        gone_at=mention.gone_at,
        can_answer=bool(mention.item.post.get("answerable"))
        and mention.gone_at is None
        and can_carry(mention.channel),
    )
