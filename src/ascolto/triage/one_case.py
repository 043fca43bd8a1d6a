"""One cause, one case: that of the first who spoke leads, and everybody else's is linked to it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from ascolto.cases.models import Case, CaseLink, Message
from ascolto.cases.services.linking_cases import link_cases
from ascolto.kit.work import later, once
from ascolto.listening import services as listening
from ascolto.listening.models import Cause, Mention
from ascolto.listening.services.cause_deeds import give_cause
from ascolto.reading import Reading
from ascolto.staff.models import Colleague
from ascolto.staff.queries import company
from ascolto.timeline.references import NotAReference, referred
from ascolto.timeline.services import Fact, Happened, record_many
from ascolto.triage.opening import open_cases
from ascolto.triage.routing import Routing

AT_ONCE = 25  # people of one transaction
STANDING = Mention.Standing
OPEN = (STANDING.WAITING, STANDING.CASE)


class NobodyAsks(Exception):
    """There is no comment left of which a case could be made."""


@transaction.atomic
def one_case(cause: Cause, *, by: Colleague, now: datetime) -> Case:
    """Make one case of a cause, for its team; the others are brought to it soon, by jobs.

    It is the case of the first who spoke, named after the cause. Who has none gets one, linked to
    it; whoever comes to the cause later is linked too. Asked twice it is the same case.
    """
    held = Cause.objects.select_for_update(of=("self",)).select_related("team").get(pk=cause.pk)
    known = lead_of(held)
    if known is not None:
        return known
    first = _mentions(held).first()
    if first is None:
        raise NobodyAsks(held.reference)
    case = _case_of([first], held, now=now)[first.pk]
    held.case_ref = cause.case_ref = case.reference
    held.save(update_fields=["case_ref"])
    facts: dict[str, Fact] = {"board": held.board_id, "case": case.number, "name": held.name}
    subject = held.reference
    record_many([Happened("triage.one_case", now, subject, None, by, held.team_id, facts)])
    once("triage.gather_cause", held.reference, cause_id=held.pk)
    return case


def lead_of(cause: Cause) -> Case | None:
    """The case that leads, if there is one: also where it was merged into another."""
    try:
        case = Case.objects.filter(pk=referred(cause.case_ref, kind="case")).first()
    except NotAReference:
        return None
    while case is not None and case.merged_into is not None:
        case = case.merged_into
    return case


def gather(cause_id: int, *, now: datetime) -> None:
    """Bring the next of its people to the case that leads; the rest in jobs after this one."""
    if _some(cause_id, now=now):
        later("triage.gather_cause", cause_id=cause_id)


def choose_teams(cause_ids: Sequence[int], *, now: datetime) -> None:
    """The team of a new cause is the one that can do what it is about."""
    causes = Cause.objects.filter(pk__in=cause_ids, case_ref="").select_related("team")
    several = [(cause, _as_reading(cause)) for cause in causes.order_by("pk") if cause.topic]
    routing = Routing([one for _, one in several], [cause.team for cause, _ in several], now=now)
    for cause, reading in several:
        give_cause(cause, team=routing.team_for(reading, cause.team).team, by=None, now=now)


@transaction.atomic
def _some(cause_id: int, *, now: datetime) -> bool:
    """Whether there may be more."""
    cause = Cause.objects.select_for_update(of=("self",)).select_related("team").get(pk=cause_id)
    lead = lead_of(cause)
    if lead is None:
        return False
    waiting = _mentions(cause).filter(standing=STANDING.WAITING)[: AT_ONCE + 1]
    several = list(waiting)
    _case_of(several[:AT_ONCE], cause, now=now)
    _link(cause, lead, now=now)
    return len(several) > AT_ONCE


def _link(cause: Cause, lead: Case, *, now: datetime) -> None:
    """Those of its cases that are not linked yet. Saying it twice changes nothing."""
    items = Mention.objects.filter(cause=cause, gone_at=None).values("item")
    theirs = Case.objects.filter(messages__item__in=items, merged_into=None).exclude(pk=lead.pk)
    theirs = theirs.exclude(Q(team__is_reserved=True) & ~Q(team=lead.team))
    fresh = theirs.exclude(pk__in=_linked_to(lead)).distinct().order_by("pk")
    with translation.override(company().language):
        why = _("stessa causa: %(name)s") % {"name": cause.name}
    for case in fresh:
        link_cases(lead, case, by=None, now=now, why=why)


def _linked_to(lead: Case) -> set[int]:
    ours = CaseLink.objects.filter(first=lead).values_list("second", flat=True)
    return {*ours, *CaseLink.objects.filter(second=lead).values_list("first", flat=True)}


def _case_of(mentions: Sequence[Mention], cause: Cause, *, now: datetime) -> dict[int, Case]:
    """The case of each: the one it is in, or a new one for the team of the cause."""
    heard = Message.objects.filter(item__in=[one.item_id for one in mentions])
    known = {one.item_id: one.case for one in heard.select_related("case")}
    fresh = [one for one in mentions if one.item_id not in known]
    opened = open_cases(fresh, team=cause.team, subject=cause.name, now=now)
    for one in fresh:
        listening.settle(one, standing=STANDING.CASE, by=None, now=now)
    return {one.pk: known[one.item_id] for one in mentions if one.item_id in known} | opened


def _mentions(cause: Cause) -> QuerySet[Mention]:
    """What a reserved team hears stays with that team."""
    asking = Mention.objects.filter(cause=cause, gone_at=None, standing__in=OPEN)
    asking = asking.exclude(Q(team__is_reserved=True) & ~Q(team=cause.team))
    whole = asking.select_for_update(of=("self",)).select_related(
        "team", "board", "item__channel__team", "item__identity__customer", "identity__customer"
    )
    return whole.order_by("heard_at", "pk")


def _as_reading(cause: Cause) -> Reading:
    """What routing looks at: the topic that most of its comments have, for certain."""
    return Reading(
        lang="it",
        kind="problem",
        topic=cause.topic,
        needs_care=True,
        polarity="negative",
        angry=False,
        churn_threat=False,
        escalation_threat=False,
        unrelated_to_post=True,
        probabilities={"topic": 1.0},
    )
