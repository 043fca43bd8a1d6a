"""One post of ours, with what is said under it counted and sorted by cause."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, Q, QuerySet
from django.db.models.functions import TruncHour

from ascolto.listening.models import Board, Cause, Mention
from ascolto.listening.queries.board_list import HELP
from ascolto.listening.queries.boards import (
    BoardPage,
    CauseRow,
    HourSplit,
    LaneCount,
    Warned,
)
from ascolto.reading.abuse import covered

MOST_HOURS = 24
LATELY = timedelta(minutes=10)
LONGEST_QUOTE = 120
LANE, STANDING = Mention.Lane, Mention.Standing
# An answer to all is for those in a case of their own as well.
UNANSWERED = Q(standing__in=[STANDING.WAITING, STANDING.CASE], answered_at=None, gone_at=None)
TAKEN_ON = Q(standing__in=[STANDING.CASE, STANDING.ANSWERED, STANDING.THANKED]) | Q(
    assignee__isnull=False
)


class Median(Aggregate):
    function = "percentile_cont"
    template = "%(function)s(0.5) within group (order by %(expressions)s)"


def board(board_id: int, *, hidden_teams: Collection[int] = (), now: datetime) -> BoardPage | None:
    """Seven queries, however much is said. None if there is no such board, or he may not see it."""
    whole = Board.objects.select_related("channel", "team", "owner", "decided_by", "closed_by")
    found = whole.filter(pk=board_id).exclude(team__in=hidden_teams).first()
    if found is None:
        return None
    said = Mention.objects.filter(board=found).exclude(team__in=hidden_teams).order_by()
    counts = _counts(said, now=now)
    return BoardPage(
        id=found.pk,
        title=found.title,
        url=found.url,
        channel=found.channel.title,
        channel_kind=found.channel.kind,
        team_id=found.team_id,
        team=found.team.name,
        owner_id=found.owner_id,
        owner=found.owner.name if found.owner else "",
        opens_for=found.opens_for,
        published_at=found.published_at,
        first_heard_at=found.first_heard_at,
        last_heard_at=found.last_heard_at,
        closed_at=found.closed_at,
        closed_by=found.closed_by.name if found.closed_by else "",
        comments=counts["comments"],
        lanes=[LaneCount(lane, counts[lane]) for lane in LANE.values],
        unread=counts["unread"],
        per_minute=counts["lately"] / (LATELY / timedelta(minutes=1)),
        hours=_hours(said, now=now),
        warning=_warned(found),
        causes=_causes(found, said),
        singles=counts["singles"],
        taken_on=counts["taken_on"],
        first_answer_median=counts["median"],
        abuse_folded=counts[LANE.ABUSE],
        abuse_with_request=counts["with_request"],
    )


def _counts(said: QuerySet[Mention], *, now: datetime) -> dict[str, Any]:
    by_lane = {lane: Count("pk", filter=Q(lane=lane)) for lane in LANE.values}
    counts: dict[str, Any] = said.aggregate(
        comments=Count("pk"),
        unread=Count("pk", filter=Q(doubtful=True, lane_by=None)),
        lately=Count("pk", filter=Q(heard_at__gt=now - LATELY)),
        singles=Count("pk", filter=HELP & Q(cause=None)),
        taken_on=Count("pk", filter=HELP & TAKEN_ON),
        with_request=Count("pk", filter=HELP & Q(abusive=True)),
        median=Median(
            F("answered_at") - F("heard_at"),
            filter=Q(answered_at__isnull=False),
            output_field=DurationField(),
        ),
        **by_lane,
    )
    return counts


def _hours(said: QuerySet[Mention], *, now: datetime) -> list[HourSplit]:
    last = now.replace(minute=0, second=0, microsecond=0)
    first = last - timedelta(hours=MOST_HOURS - 1)
    rows = (
        said.filter(heard_at__gte=first)
        .annotate(hour=TruncHour("heard_at"))
        .values_list("hour", "lane")
        .annotate(Count("pk"))
    )
    found: dict[datetime, dict[str, int]] = {}
    for hour, lane, many in rows:
        found.setdefault(hour, {})[lane] = many
    if not found:
        return []
    hours = int((last - min(found)) / timedelta(hours=1)) + 1
    return [_split(min(found) + timedelta(hours=step), found) for step in range(hours)]


def _split(at: datetime, found: Mapping[datetime, Mapping[str, int]]) -> HourSplit:
    here = found.get(at, {})
    return HourSplit(
        at,
        offer=here.get(LANE.OFFER, 0),
        help=here.get(LANE.HELP, 0),
        praise=here.get(LANE.PRAISE, 0),
        abuse=here.get(LANE.ABUSE, 0),
    )


def _warned(found: Board) -> Warned | None:
    if found.warned_at is None:
        return None
    return Warned(
        at=found.warned_at,
        share=found.warned_share or 0.0,
        usual=found.usual_share,
        topics=list(found.warned_topics),
        decided=found.decided,
        decided_why=found.decided_why,
        decided_by=found.decided_by.name if found.decided_by else "",
        decided_at=found.decided_at,
    )


def _causes(found: Board, said: QuerySet[Mention]) -> list[CauseRow]:
    """Those of its calls for help, the largest first; of what he may not see, nothing."""
    causes = Cause.objects.filter(board=found, lane=Cause.Lane.HELP, joined_at=None)
    inside = said.filter(cause__in=causes)
    counted = inside.values("cause").annotate(
        comments=Count("pk"),
        people=Count("identity__customer", distinct=True) + Count("pk", filter=Q(identity=None)),
        waiting=Count("pk", filter=UNANSWERED),
    )
    counts: dict[int, Any] = {one["cause"]: one for one in counted}
    quoted = inside.exclude(text="").order_by("cause", "pk").distinct("cause")
    quotes = dict(quoted.values_list("cause", "text"))
    whom: dict[int, str] = {}
    helpers = inside.exclude(assignee=None).values_list("cause", "assignee__name")
    for cause_id, name, _many in helpers.annotate(many=Count("pk")).order_by("-many"):
        whom.setdefault(cause_id, name)
    everybody = sum(one["comments"] for one in counts.values())
    rows = [
        _cause(one, counts[one.pk], everybody, quotes.get(one.pk, ""), whom.get(one.pk, ""))
        for one in causes.select_related("team")
        if one.pk in counts
    ]
    return sorted(rows, key=lambda row: (-row.people, -row.comments, row.id))


def _cause(
    cause: Cause, counts: Mapping[str, int], everybody: int, quote: str, whom: str
) -> CauseRow:
    standing = "CASE" if cause.case_ref else "WAITING" if counts["waiting"] else "ANSWERED"
    return CauseRow(
        id=cause.pk,
        name=cause.name,
        quote=covered(" ".join(quote.split()))[:LONGEST_QUOTE],
        people=counts["people"],
        comments=counts["comments"],
        waiting=counts["waiting"],
        share=counts["comments"] / everybody,
        topic=cause.topic,
        team_id=cause.team_id,
        team=cause.team.name,
        whom=whom,
        case_ref=cause.case_ref,
        told_at=cause.told_at,
        answered_at=cause.answered_at,
        standing=standing,
    )
