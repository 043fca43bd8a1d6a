"""`/listening/mentions`: what is said of us in public, as the stream of the desk shows it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from ascolto.api.auth import colleague_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.listing import bounded
from ascolto.api.v1.words import Id, Line, answers
from ascolto.cases.access import teams_not_heard
from ascolto.cases.models import Message
from ascolto.listening import queries
from ascolto.listening.models import Mention
from ascolto.listening.queries import Filter, StreamRow
from ascolto.staff.models import Colleague

router = Router(tags=["listening"])


class MentionFilter(Schema):
    """`tab` ALL is all but noise. `cursor` is the `next` of the page before."""

    tab: Literal["ALL", "HELP", "PRAISE", "NOISE"] = "ALL"
    monitor: Id | None = None
    channel: Id | None = None
    team: Id | None = None
    customer: Id | None = None
    standing: Literal["", "WAITING", "CASE", "ANSWERED", "THANKED", "NOISE", "GONE"] = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 40
    cursor: Line = ""


class SaidOut(Schema):
    """`text` is empty once its author deleted it. `case` is where it is answered, if it is;
    `found_by` are the names of monitors."""

    id: int
    channel: int
    channel_name: str
    author: str
    handle: str
    customer: int | None
    text: str
    url: str
    kind: str
    needs_care: bool
    angry: bool
    standing: str
    team: int
    assignee: str
    case: str | None
    reach: int | None
    reactions: int | None
    reposts: int
    stars: int | None
    found_by: list[str]
    why: list[str]
    can_answer: bool
    written_at: datetime | None
    heard_at: datetime
    answered_at: datetime | None
    gone_at: datetime | None


class StreamOut(Schema):
    items: list[SaidOut]
    next: str | None


class HopOut(Schema):
    """One step of the way; `took` in seconds since the one before."""

    name: str
    at: datetime
    took: float | None


class OurAnswerOut(Schema):
    """`leaves_at` is when it leaves, if it is not called back first."""

    id: int
    text: str
    author: str
    leaves_at: datetime
    sent_at: datetime | None
    called_back_at: datetime | None
    failed_at: datetime | None


class MentionWholeOut(SaidOut):
    hops: list[HopOut]
    answers: list[OurAnswerOut]


@router.get("/listening/mentions", response=answers(200, StreamOut))
def stream(request: HttpRequest, wanted: Query[MentionFilter]) -> dict[str, Any]:
    """The newest first, those of teams this token may hear."""
    by = colleague_of(request)
    looked_at = Filter(
        tab=wanted.tab,
        monitor_id=wanted.monitor,
        channel_id=wanted.channel,
        team_id=wanted.team,
        customer_id=wanted.customer,
        standing=wanted.standing,
        hidden_teams=list(closed_to(by)),
    )
    with bounded():
        page = queries.stream(looked_at, after=wanted.cursor, limit=wanted.limit)
        cases = cases_of([row.id for row in page.rows])
    items = [row_out(row, cases.get(row.id)) for row in page.rows]
    return {"items": items, "next": page.after or None}


@router.get("/listening/mentions/{int:mention}", response=answers(200, MentionWholeOut))
def one(request: HttpRequest, mention: Id) -> dict[str, Any]:
    """One of them, with every step of its way and our answers."""
    return whole_out(mention_of(request, mention))


def closed_to(colleague: Colleague) -> Iterable[int]:
    """The teams whose mentions he may not see. Helpers do not listen: `ApiError` 403."""
    closed = teams_not_heard(colleague)
    if closed is None:
        raise ApiError(403, sentence="A helper does not listen to what is said in public.")
    return closed


def mention_of(request: HttpRequest, pk: int) -> Mention:
    found = (
        Mention.objects.select_related("team", "channel", "item", "identity__customer")
        .exclude(team__in=closed_to(colleague_of(request)))
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise ApiError(404, sentence="There is no such mention that this token may see.")
    return found


def whole_out(mention: Mention) -> dict[str, Any]:
    page = queries.mention_page(mention.pk)
    if page is None:
        raise ApiError(404, sentence="There is no such mention that this token may see.")
    hops = [
        {"name": hop.name, "at": hop.at, "took": hop.took.total_seconds() if hop.took else None}
        for hop in page.hops
    ]
    ours = queries.answers_to(mention)
    row = row_out(page.row, cases_of([mention.pk]).get(mention.pk))
    return {**row, "hops": hops, "answers": ours}


def cases_of(mention_ids: list[int]) -> dict[int, int]:
    """Which of these stand in a case: mention to case. Two queries."""
    items = dict(Mention.objects.filter(pk__in=mention_ids).values_list("item", "pk"))
    found = Message.objects.filter(item__in=items).values_list("item", "case")
    return {items[item]: case for item, case in found}


def row_out(row: StreamRow, case_id: int | None) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in SaidOut.model_fields if hasattr(row, name)}
    return {
        **told,
        "channel": row.channel_id,
        "channel_name": row.channel,
        "customer": row.customer_id,
        "team": row.team_id,
        "found_by": row.monitors,
        "case": f"C-{case_id}" if case_id else None,
    }
