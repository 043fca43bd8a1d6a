"""All the matters of one who signed in. The rule of what that shows is in `docs/rules/links.md`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from ascolto.cases.models import Case, Conversation, MatterLink, Message
from ascolto.kit.businesstime import NeverOpen, WorkCalendar
from ascolto.people.models import Identity
from ascolto.people.queries import records_of
from ascolto.portal.policy import Facts, Standing, standing
from ascolto.promises.models import Promise
from ascolto.staff.hours import work_calendars

LISTED = 100  # the newest so many
MOST_JOININGS = 20  # of a matter into the next: nobody joins that often
ANSWERS = (Promise.Kind.FIRST_ANSWER, Promise.Kind.NEXT_ANSWER)


@dataclass(frozen=True, slots=True)
class Brief:
    """A matter on one line: where it stands, who follows it, by when, and why a clock rests."""

    case_id: int
    number: str
    subject: str
    standing: Standing
    team: str
    person: str
    last_at: datetime
    resolved_at: datetime | None
    due_at: datetime | None
    resumes_at: datetime | None
    paused_because: str
    joined: tuple[str, ...]  # numbers of matters of his that have become part of this one


def cases_of(identity: Identity) -> QuerySet[Case]:
    """The cases that whoever reads this address may see, once he has signed in with it.

    Those in which this address itself speaks or was spoken to; and, where a colleague verified
    that it is this customer's, all those in which he and we have written. Never a case that
    another record owns, one into which the address only came by quoting a message of ours, or
    one of which its reader said "this isn't me".
    """
    thread = Conversation.objects.filter(case=OuterRef("pk"), identity=identity)
    stranger = Message.objects.filter(
        case=OuterRef("pk"),
        conversation__identity=identity,
        proof=Message.Proof.OTHER_ADDRESS,
    )
    declined = MatterLink.objects.filter(
        case=OuterRef("pk"), identity=identity, revoked_at__isnull=False
    )
    shown = Q(Exists(thread))
    if identity.verified_at is not None:
        shown |= Q(Exists(Message.objects.filter(case=OuterRef("pk"))))
    return Case.objects.filter(
        shown,
        ~Exists(stranger),
        ~Exists(declined),
        customer__in=records_of(identity.customer_id),
        merged_into=None,
    )


def case_of(identity: Identity, case_id: int) -> Case | None:
    """One of them, with what its page needs. The number of a joined one leads to where it went."""
    cases = cases_of(identity).select_related("customer", "team", "assignee")
    into, hops = case_id, 0
    while hops < MOST_JOININGS:
        went = Case.objects.filter(pk=into).values_list("merged_into", flat=True).first()
        if went is None:
            break
        into, hops = went, hops + 1
    return cases.filter(pk=into).first()


def made_for(link: MatterLink) -> Case | None:
    """The case a link was made for, where that was joined to the one the link leads to now."""
    cases = Case.objects.select_related("customer", "team", "assignee")
    return cases.exclude(pk=link.case_id).filter(links=link.pk).first()


def of_one_customer(one: Case, other: Case) -> bool:
    """A link shows nothing of anybody else, also where a joining was a mistake."""
    return other.customer_id in records_of(one.customer_id)


def matters_of(identity: Identity, *, now: datetime) -> list[Brief]:
    """The newest of his matters, open ones first. Eight queries, however many there are.

    One that was joined to another stands there under its new number, and nowhere as closed.
    """
    cases = list(
        cases_of(identity).select_related("team", "assignee").order_by("-last_at", "-pk")[:LISTED]
    )
    clocks = _clocks([case.reference for case in cases])
    answered = _answered(cases)
    joined = _joined(cases)
    hours = work_calendars({case.team.calendar_id for case in cases}) if cases else {}
    briefs = [
        _brief(
            case,
            clocks.get(case.reference),
            hours[case.team.calendar_id],
            answered=case.pk in answered,
            joined=joined.get(case.pk, ()),
            now=now,
        )
        for case in cases
    ]
    return sorted(briefs, key=lambda brief: brief.resolved_at is not None)


def _brief(  # a line says where it stands, by when, why not, and what is in it
    case: Case,
    clock: Promise | None,
    hours: WorkCalendar,
    *,
    answered: bool,
    joined: tuple[str, ...],
    now: datetime,
) -> Brief:
    open_now = hours.is_open(now)
    paused = clock is not None and clock.paused_at is not None
    facts = Facts(
        resolved=case.resolved_at is not None,
        waiting=case.waiting_since is not None,
        answered=answered,
        due_at=clock.due_at if clock and not paused else None,
        open_now=open_now,
        paused=paused,
    )
    return Brief(
        case_id=case.pk,
        number=case.number,
        subject=case.subject,
        standing=standing(facts, now=now),
        team=case.team.name,
        person=case.assignee.name if case.assignee else "",
        last_at=case.last_at,
        resolved_at=case.resolved_at,
        due_at=facts.due_at,
        resumes_at=None if open_now else next_opening(hours, now=now),
        paused_because=clock.pause_reason if clock and paused else "",
        joined=joined,
    )


def next_opening(hours: WorkCalendar, *, now: datetime) -> datetime | None:
    try:
        return hours.next_opening(now)
    except NeverOpen:
        return None


def _clocks(subjects: Sequence[str]) -> dict[str, Promise]:
    """The running clock of the next answer of each."""
    found: dict[str, Promise] = {}
    ticking = Promise.objects.filter(subject__in=subjects, ended_at=None, kind__in=ANSWERS)
    for promise in ticking.order_by("due_at", "pk"):
        found.setdefault(promise.subject, promise)
    return found


def _joined(cases: Sequence[Case]) -> dict[int, tuple[str, ...]]:
    """What became part of each: of the same customer alone, also where a joining was a mistake."""
    found: dict[int, tuple[str, ...]] = {}
    records = set(records_of(cases[0].customer_id)) if cases else set()
    parts = Case.objects.filter(merged_into__in=cases, customer__in=records).order_by("pk")
    for part in parts.only("pk", "merged_into"):
        if part.merged_into_id is not None:
            known = found.get(part.merged_into_id, ())
            found[part.merged_into_id] = (*known, part.number)
    return found


def _answered(cases: Sequence[Case]) -> frozenset[int]:
    said = Message.objects.filter(
        case__in=cases, outgoing__automatic=False, outgoing__sent_at__isnull=False
    )
    return frozenset(said.values_list("case_id", flat=True).distinct())
