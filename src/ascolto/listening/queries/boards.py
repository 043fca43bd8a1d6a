"""Posts of ours as people see them: the list, one with its lanes and causes, a lane of it.

What only cases know (who has one, who carries how much) is filled in by `triage.board_page`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One board in the list. Shares are from 0 to 1; None while nothing was said."""

    id: int
    title: str
    url: str
    channel: str
    channel_kind: str
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


@dataclass(frozen=True, slots=True)
class BoardsPage:
    rows: Sequence[BoardRow]
    after: str  # where the next page begins; empty: there is none


@dataclass(frozen=True, slots=True)
class LaneCount:
    lane: str  # of Mention.Lane
    many: int


@dataclass(frozen=True, slots=True)
class HourSplit:
    at: datetime  # the beginning of the hour, UTC
    offer: int = 0
    help: int = 0
    praise: int = 0
    abuse: int = 0


@dataclass(frozen=True, slots=True)
class Warned:
    """What its owner was told, once, and what he decided. Shares are from 0 to 1."""

    at: datetime
    share: float
    usual: float | None  # None: it was a help desk from the first comment on
    topics: Sequence[str]
    decided: str  # of Board.Decision; empty: nothing yet
    decided_why: str
    decided_by: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class CauseRow:
    """One reason. `quote` are the words of one of them, without insults; `share` of all in causes.

    `knew_already`: of its people those with an open case; None: not asked of the cases.
    `standing` is "WAITING", "ANSWERED" or "CASE".
    """

    id: int
    name: str
    quote: str
    people: int
    comments: int
    waiting: int  # comments without an answer of ours
    share: float
    topic: str
    team_id: int
    team: str
    whom: str  # the colleague who looks after most of it; empty: nobody yet
    case_ref: str
    told_at: datetime | None
    answered_at: datetime | None
    standing: str
    knew_already: int | None = None


@dataclass(frozen=True, slots=True)
class LoadRow:
    """What one of those who answer here carries now. By name: this is no ranking."""

    colleague_id: int
    colleague: str
    cases: int
    most: int | None
    hostile_read_today: int

    @property
    def full(self) -> bool:
        return self.most is not None and self.cases >= self.most


@dataclass(frozen=True, slots=True)
class BoardPage:
    """All of one board but the comments themselves."""

    id: int
    title: str
    url: str
    channel: str
    channel_kind: str
    team_id: int
    team: str
    owner_id: int | None
    owner: str
    opens_for: str
    published_at: datetime | None
    first_heard_at: datetime
    last_heard_at: datetime
    closed_at: datetime | None
    closed_by: str
    comments: int
    lanes: Sequence[LaneCount]  # all of Mention.Lane, in their order
    unread: int  # read with doubt: a person should look
    per_minute: float  # over the last ten minutes
    hours: Sequence[HourSplit]  # the oldest first, without gaps, at most 24
    warning: Warned | None
    causes: Sequence[CauseRow]  # the largest first
    singles: int  # calls for help with a cause of their own
    taken_on: int  # of the calls for help those that somebody, or an answer, or a case has
    first_answer_median: timedelta | None
    abuse_folded: int
    abuse_with_request: int  # insults that ask for something too: they are among the help
    load: Sequence[LoadRow] = ()

    def many(self, lane: str) -> int:
        return next((one.many for one in self.lanes if one.lane == lane), 0)


@dataclass(frozen=True, slots=True)
class BoardComment:
    """One comment in a lane. `cleaned` is its text with the insults covered."""

    id: int
    author: str
    handle: str
    customer_id: int | None
    customer: str
    at: datetime
    text: str
    cleaned: str
    url: str
    lane: str
    lane_by_person: bool
    abusive: bool
    doubtful: bool
    angry: bool
    standing: str
    assignee: str
    cause_id: int | None
    cause: str
    same_question_count: int  # how many under this board ask the same, with this one
    answered_at: datetime | None
    waits_since: datetime | None  # a call for help without an answer
    can_answer: bool
    can_go_aside: bool  # a public word under it now, the rest in private
    gone_at: datetime | None
    case_id: int | None = None  # filled in by `triage.board_page`
    case_with: str = ""
    acknowledged_at: datetime | None = None  # said there that we read it; no answer yet


@dataclass(frozen=True, slots=True)
class LanePage:
    rows: Sequence[BoardComment]
    after: str  # where the next page begins; empty: there is none
