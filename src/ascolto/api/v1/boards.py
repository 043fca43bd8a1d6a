"""`/listening/boards`: posts of ours, who comes under them for what, and why they ask for help."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from ascolto.api.auth import colleague_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.heard import closed_to
from ascolto.api.v1.words import Id, Line, answers
from ascolto.listening import queries
from ascolto.listening.models import Mention
from ascolto.listening.queries.boards import BoardComment, BoardPage
from ascolto.triage.boards import board_page, lane_page

router = Router(tags=["listening"])


class PageIn(Schema):
    """`cursor` is the `next` of the page before."""

    limit: Annotated[int, Field(ge=1, le=200)] = 40
    cursor: Line = ""


class BoardsIn(PageIn):
    """`closed` true: only those put away; false: only the others; without it all of them."""

    closed: bool | None = None


class LaneIn(PageIn):
    """With `cause`, only those that ask for this."""

    cause: Id | None = None


class BoardRowOut(Schema):
    """`help_waiting` has no answer yet. The share is from 0 to 1; null while nobody spoke."""

    id: int
    title: str
    url: str
    channel: str
    team: str
    owner: str
    comments: int
    help: int
    help_waiting: int
    share_of_help_last_hour: float | None
    warned_at: datetime | None
    decided: str
    first_heard_at: datetime
    last_heard_at: datetime
    closed_at: datetime | None


class BoardsOut(Schema):
    items: list[BoardRowOut]
    next: str | None


class LaneOut(Schema):
    lane: str
    many: int


class HourOut(Schema):
    """What was said in the hour that begins at `at`."""

    at: datetime
    offer: int
    help: int
    praise: int
    abuse: int


class WarningOut(Schema):
    """Told once. `usual` is null where nobody knows what it was before."""

    at: datetime
    share: float
    usual: float | None
    topics: list[str]
    decided: str
    decided_why: str
    decided_by: str
    decided_at: datetime | None


class CauseOut(Schema):
    """One reason for which several ask. `knew_already`: of its people those with an open case."""

    id: int
    name: str
    quote: str
    people: int
    comments: int
    waiting: int
    topic: str
    team: str
    whom: str
    case: str | None
    answered_at: datetime | None
    standing: str
    knew_already: int | None


class LoadOut(Schema):
    """By name: this is no ranking."""

    colleague: str
    cases: int
    most: int | None
    hostile_read_today: int


class BoardOut(Schema):
    """`unread` was read with doubt. `lanes` are all of `comments`. Times in seconds."""

    id: int
    title: str
    url: str
    channel: str
    team: str
    owner: str
    opens_for: str
    published_at: datetime | None
    last_heard_at: datetime
    closed_at: datetime | None
    closed_by: str
    comments: int
    unread: int
    per_minute: float
    lanes: list[LaneOut]
    hours: list[HourOut]
    warning: WarningOut | None
    causes: list[CauseOut]
    singles: int
    taken_on: int
    first_answer_median: float | None
    abuse_folded: int
    abuse_with_request: int
    load: list[LoadOut]


class CommentOut(Schema):
    """`text` has its insults covered; the whole of it is in `/listening/mentions/{id}`."""

    id: int
    author: str
    handle: str
    customer: int | None
    at: datetime
    text: str
    url: str
    lane: str
    abusive: bool
    doubtful: bool
    standing: str
    assignee: str
    cause: int | None
    cause_name: str
    same_question_count: int
    answered_at: datetime | None
    can_answer: bool
    can_go_aside: bool
    acknowledged_at: datetime | None
    gone_at: datetime | None
    case: str | None


class LanePageOut(Schema):
    items: list[CommentOut]
    next: str | None


@router.get("/listening/boards", response=answers(200, BoardsOut))
def boards(request: HttpRequest, wanted: Query[BoardsIn]) -> dict[str, Any]:
    """Those last spoken under first, of teams this token may hear."""
    page = queries.boards(
        after=wanted.cursor,
        closed=wanted.closed,
        hidden_teams=list(closed_to(colleague_of(request))),
        now=timezone.now(),
        limit=wanted.limit,
    )
    return {"items": page.rows, "next": page.after or None}


@router.get("/listening/boards/{int:board}", response=answers(200, BoardOut))
def one(request: HttpRequest, board: Id) -> dict[str, Any]:
    """One of them, with everything but the comments themselves."""
    return board_out(board_of(request, board))


@router.get("/listening/boards/{int:board}/lanes/{lane}", response=answers(200, LanePageOut))
def lane(
    request: HttpRequest, board: Id, lane: Mention.Lane, wanted: Query[LaneIn]
) -> dict[str, Any]:
    """The comments of one lane, the newest first."""
    found = board_of(request, board)
    page = lane_page(
        found.id,
        lane,
        after=wanted.cursor,
        cause_id=wanted.cause,
        hidden_teams=list(closed_to(colleague_of(request))),
        limit=wanted.limit,
    )
    return {"items": [comment_out(row) for row in page.rows], "next": page.after or None}


def board_of(request: HttpRequest, pk: int) -> BoardPage:
    hidden = list(closed_to(colleague_of(request)))
    found = board_page(pk, hidden_teams=hidden, now=timezone.now())
    if found is None:
        raise ApiError(404, sentence="There is no such post that this token may see.")
    return found


def board_out(page: BoardPage) -> dict[str, Any]:
    told = {name: getattr(page, name) for name in BoardOut.model_fields}
    causes = [
        {
            **{name: getattr(one, name, None) for name in CauseOut.model_fields},
            "case": _case(one.case_ref),
        }
        for one in page.causes
    ]
    median = page.first_answer_median
    seconds = median.total_seconds() if median is not None else None
    return {**told, "causes": causes, "first_answer_median": seconds}


def comment_out(row: BoardComment) -> dict[str, Any]:
    told = {name: getattr(row, name, None) for name in CommentOut.model_fields}
    return {
        **told,
        "text": row.cleaned,
        "customer": row.customer_id,
        "cause": row.cause_id,
        "cause_name": row.cause,
        "case": f"C-{row.case_id}" if row.case_id else None,
    }


def _case(reference: str) -> str | None:
    return f"C-{reference.partition(':')[2]}" if reference else None
