"""All running promises that a colleague may see, fifty at a time: those that run by the hour at
which they are due, then those that rest."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models import Case as If
from django.db.models.functions import Cast, Substr

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case
from ascolto.promises.models import Promise
from ascolto.promises.queries import ANSWERS
from ascolto.staff.models import Colleague

PAGE = 30
REFERENCE = "case:"  # how a promise names a case
LAST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to; empty is everything."""

    kind: str = ""
    team_id: int = 0
    mine: bool = False  # promised by him, or in his cases


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last promise of a page. Written "r~2026-11-17T…~4821"; "p" once those at rest began."""

    resting: bool
    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{'p' if self.resting else 'r'}~{self.at.isoformat()}~{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """None for what is no cursor: a mistyped address shows the first page."""
        parts = text.split("~")
        try:
            which, moment, number = parts
            at = datetime.fromisoformat(moment)
            good = which in {"r", "p"} and at.tzinfo is not None and 0 <= int(number) <= LAST_ID
            return cls(which == "p", at, int(number)) if good else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Row:
    """One promise as a line: what, to whom, by when, and who answers for it."""

    id: int
    case_id: int
    number: str
    subject: str
    customer_id: int
    customer: str
    initials: str
    kind: str
    words: str
    team: str
    who: str  # who promised, else who follows the case; "" if it is nobody's yet
    started_at: datetime
    warn_at: datetime
    due_at: datetime
    paused_at: datetime | None
    pause_reason: str
    is_word: bool
    is_answered: bool  # the answer is on its way; its clock stops when it leaves


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Row] = field(default_factory=list)
    next_cursor: Cursor | None = None


def promised(colleague: Colleague, asked: Asked, *, after: Cursor | None) -> Page:
    """One page. Two queries; three where those that rest begin."""
    found = _narrowed(colleague, asked)
    promises: list[Promise] = []
    wanted = PAGE + 1
    if after is None or not after.resting:
        promises = list(_beyond(found.filter(paused_at=None), after)[:wanted])
    if len(promises) < wanted:
        begun = after if after is not None and after.resting else None
        resting = _beyond(found.filter(paused_at__isnull=False), begun)
        promises += list(resting[: wanted - len(promises)])
    shown = promises[:PAGE]
    more = len(promises) > PAGE
    last = shown[-1] if more else None
    cases = Case.objects.select_related("customer", "team", "assignee").defer("customer__search")
    by_id = cases.in_bulk({_case_id(promise) for promise in shown})
    return Page(
        rows=[_row(promise, by_id[_case_id(promise)]) for promise in shown],
        next_cursor=Cursor(last.paused_at is not None, last.due_at, last.pk) if last else None,
    )


def _narrowed(colleague: Colleague, asked: Asked) -> QuerySet[Promise]:
    number = If(
        When(
            subject__startswith=REFERENCE,
            then=Cast(Substr("subject", len(REFERENCE) + 1), BigIntegerField()),
        ),
        default=Value(None),
        output_field=BigIntegerField(),
    )
    of_it = visible_cases(colleague).filter(pk=OuterRef("case_number"))
    found = (
        Promise.objects.filter(ended_at=None)
        .annotate(case_number=number)
        .filter(Exists(of_it))
        .select_related("made_by")
    )
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.team_id:
        found = found.filter(team=asked.team_id)
    if asked.mine:
        # Whether he may see them was asked above; without it, his are found in an index alone.
        his = Case.objects.filter(pk=OuterRef("case_number"), assignee=colleague)
        found = found.filter(Q(made_by=colleague) | Exists(his))
    return found


def _beyond(found: QuerySet[Promise], after: Cursor | None) -> QuerySet[Promise]:
    ordered = found.order_by(F("due_at").asc(), "id")
    if after is None:
        return ordered
    # Written so that the index is entered at the cursor, not walked up to it.
    return ordered.filter(due_at__gte=after.at).exclude(due_at=after.at, id__lte=after.id)


def _case_id(promise: Promise) -> int:
    return int(promise.subject.removeprefix(REFERENCE))


def _row(promise: Promise, case: Case) -> Row:
    who = promise.made_by or case.assignee
    return Row(
        id=promise.pk,
        case_id=case.pk,
        number=case.number,
        subject=case.subject,
        customer_id=case.customer_id,
        customer=case.customer.name,
        initials=case.customer.initials,
        kind=promise.get_kind_display(),
        words=promise.words,
        team=case.team.name,
        who=who.name if who else "",
        started_at=promise.started_at,
        warn_at=promise.warn_at,
        due_at=promise.due_at,
        paused_at=promise.paused_at,
        pause_reason=promise.pause_reason,
        is_word=promise.kind == Promise.Kind.WORD,
        is_answered=promise.kind in ANSWERS and case.waiting_since is None,
    )
