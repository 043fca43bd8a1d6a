"""What each carries now, and a proposal of who could take over what. Applied as one deed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ascolto.alerts.queries import at_work
from ascolto.cases.models import Bulk, Case, Draft, Message, MessageReading
from ascolto.cases.queries.exposure import hostile_read_by
from ascolto.cases.queries.loads import open_cases_of
from ascolto.cases.services.bulk import start_bulk
from ascolto.staff.models import Colleague, Membership, Skill
from ascolto.staff.queries import colleagues
from ascolto.triage.policy.levelling import Held, Move, Person, Plan, Stays, Why, level


@dataclass(frozen=True, slots=True)
class Carrying:
    """What one colleague carries. `is_at_work` is None for who has no shifts."""

    colleague: Colleague
    open: int
    hostile: int  # messages read within a day
    is_at_work: bool | None

    @property
    def most(self) -> int | None:
        return self.colleague.most_cases

    @property
    def is_full(self) -> bool:
        return self.most is not None and self.open >= self.most


@dataclass(frozen=True, slots=True)
class Proposed:
    """One case that could go from one to another, and why."""

    case: Case
    holder: Colleague
    to: Colleague
    topic: str
    why: Why


@dataclass(frozen=True, slots=True)
class Proposal:
    moves: list[Proposed]
    stay: dict[Stays, int]  # how many cases stay, by the reason
    before: dict[int, int]  # open cases of each, by the id of the colleague
    after: dict[int, int]


def carrying(*, now: datetime) -> list[Carrying]:
    """Everybody who answers, by name: this is no ranking. Six queries."""
    people = list(colleagues().exclude(role=Colleague.Role.HELPER))
    held, read = open_cases_of(people), hostile_read_by(people, now=now)
    shifts = at_work(now=now)
    return [
        Carrying(one, held.get(one.pk, 0), read.get(one.pk, 0), shifts.get(one.pk))
        for one in people
    ]


def proposal(*, now: datetime) -> Proposal:
    """Who could take over what, so that nobody carries far more than the others."""
    there = carrying(now=now)
    by_id = {one.colleague.pk: one.colleague for one in there}
    cases = {one.pk: one for one in _held_cases(by_id)}
    people = _people(there)
    able = {(team, topic) for one in people for team in one.teams for topic in one.topics}
    held = [_held(one, able) for one in cases.values()]
    plan = level(people, held, now=now)
    topics = {one.id: one.topic for one in held}
    before = {one.colleague.pk: one.open for one in there}
    return Proposal(
        [
            Proposed(cases[one.case], by_id[one.holder], by_id[one.to], topics[one.case], one.why)
            for one in plan.moves
        ],
        _counted(plan),
        before,
        _after(before, plan.moves),
    )


def apply(moves: Sequence[tuple[int, int, int]], *, by: Colleague, now: datetime) -> Bulk:
    """Do these moves (case, from whom, to whom) as one deed that can be undone.

    A case that changed hands meanwhile stays where it is. Raises `NothingChosen`.
    """
    chosen = {str(case): [holder, to] for case, holder, to in moves}
    cases = [case for case, _holder, _to in moves]
    return start_bulk(Bulk.Deed.LEVEL, cases, arguments={"moves": chosen}, by=by, now=now)


def _people(there: Sequence[Carrying]) -> list[Person]:
    teams: defaultdict[int, set[int]] = defaultdict(set)
    for colleague_id, team_id in Membership.objects.values_list("colleague", "team"):
        teams[colleague_id].add(team_id)
    topics: defaultdict[int, set[str]] = defaultdict(set)
    able = Skill.objects.filter(is_learning=False)
    for colleague_id, several in able.values_list("colleague", "competence__topics"):
        topics[colleague_id].update(several)
    return [
        Person(
            id=one.colleague.pk,
            open=one.open,
            most=one.most,
            teams=frozenset(teams[one.colleague.pk]),
            topics=frozenset(topics[one.colleague.pk]),
            at_work=one.is_at_work is not False,
            hostile=one.hostile,
        )
        for one in there
    ]


def _held_cases(people: dict[int, Colleague]) -> QuerySet[Case]:
    """The open cases of these people that are awake, with what the rules look at. One query."""
    said = Message.objects.filter(
        author=OuterRef("assignee"),
        case__customer=OuterRef("customer"),
        outgoing__automatic=False,
        outgoing__sent_at__isnull=False,
    )
    answers = said.order_by().values("author").annotate(many=Count("pk")).values("many")
    read = MessageReading.objects.filter(message__case=OuterRef("pk"))
    begun = Draft.objects.filter(case=OuterRef("pk"), author=OuterRef("assignee")).exclude(text="")
    open_ones = Case.objects.filter(
        Q(snoozed_until=None), assignee__in=people, resolved_at=None, merged_into=None
    )
    return open_ones.select_related("customer").annotate(
        answers=Coalesce(Subquery(answers[:1], output_field=IntegerField()), 0),
        topic=Subquery(read.order_by("message").values("topic")[:1]),
        hostile=Exists(read.filter(angry=True)),
        is_written_in=Exists(begun),
    )


def _held(case: Case, able: set[tuple[int, str]]) -> Held:
    """What nobody of its team is said to be able to do, all of them do."""
    found = vars(case)  # annotated in `_held_cases`
    topic = found["topic"] or ""
    return Held(
        id=case.pk,
        holder=case.assignee_id or 0,
        team=case.team_id,
        topic=topic if (case.team_id, topic) in able else "",
        due_at=case.due_at,
        is_written_in=found["is_written_in"],
        answers=found["answers"],
        hostile=found["hostile"],
    )


def _counted(plan: Plan) -> dict[Stays, int]:
    counted: defaultdict[Stays, int] = defaultdict(int)
    for reason in plan.stay.values():
        counted[reason] += 1
    return dict(counted)


def _after(before: dict[int, int], moves: Sequence[Move]) -> dict[int, int]:
    after = dict(before)
    for one in moves:
        after[one.holder] -= 1
        after[one.to] += 1
    return after
