from datetime import datetime

from django.db import transaction

from ascolto.cases.models import Case, Follower, Transfer
from ascolto.cases.services.fields import MissingFields, missing_fields
from ascolto.cases.services.standing import STANDING, show_clock
from ascolto.cases.services.turns import FROM_OPENING, start_again, take_turn
from ascolto.promises import services as promises
from ascolto.promises.models import Promise
from ascolto.promises.queries import ANSWERS, running
from ascolto.staff.models import Colleague, Membership, Team
from ascolto.timeline.queries import history_of
from ascolto.timeline.services import Fact, record


class NoReason(Exception):
    """A case changes hands, or is closed unanswered, only with a reason."""


class NotATeamMate(Exception):
    """The colleague does not belong to the team the case goes to."""


@transaction.atomic
def assign(case: Case, *, to: Colleague | None, by: Colleague, now: datetime) -> None:
    """Give the case to a colleague, or to nobody in particular."""
    case = _locked(case)
    if case.assignee_id == (to.pk if to else None):
        return
    case.assignee = to
    case.save(update_fields=["assignee"])
    _tell("cases.assigned", case, at=now, by=by, to=to.name if to else "")


@transaction.atomic
def transfer(  # who hands what to whom, why, when
    case: Case,
    *,
    to_team: Team,
    to_colleague: Colleague | None,
    by: Colleague,
    reason: str,
    now: datetime,
) -> Transfer:
    """Hand a case to another team. Its clocks, its history and what was promised go with it."""
    if not reason.strip():
        raise NoReason(case.number)
    if (
        to_colleague
        and not Membership.objects.filter(team=to_team, colleague=to_colleague).exists()
    ):
        raise NotATeamMate(to_colleague.name)
    case = _locked(case)
    moved = Transfer.objects.create(
        case=case,
        from_team=case.team,
        to_team=to_team,
        to_colleague=to_colleague,
        by=by,
        at=now,
        reason=reason.strip()[:300],
    )
    case.team, case.assignee = to_team, to_colleague
    case.save(update_fields=["team", "assignee"])
    promises.hand_over(case.reference, team=to_team)
    _tell(
        "cases.transferred",
        case,
        at=now,
        by=by,
        from_team=moved.from_team.name,
        to_team=to_team.name,
        to=to_colleague.name if to_colleague else "",
        reason=moved.reason,
    )
    return moved


@transaction.atomic
def resolve(case: Case, *, by: Colleague, now: datetime, reason: str = "") -> None:
    """Close the matter: here the clock of the solution ends. While somebody waits for an answer,
    or for what he was promised, only with a reason (noise, say). Fields that have to be filled
    in before stop it with `MissingFields`."""
    case = _locked(case)
    if case.resolved_at is not None:
        return
    lacking = missing_fields(case)
    if lacking:
        raise MissingFields(lacking)
    kinds = {promise.kind for promise in running(case.reference)}
    owed = kinds & {Promise.Kind.WORD}
    if case.waiting_since is not None:
        owed |= kinds & {*ANSWERS}
    if owed and not reason.strip():
        raise NoReason(case.number)
    ended = promises.end(case.reference, kinds=FROM_OPENING, at=now, by=by)
    if owed:
        ended += promises.waive(case.reference, reason=reason, by=by, now=now, kinds=owed)
    facts: dict[str, Fact] = {
        "reason": reason.strip()[:200],
        "clocks": [str(one.pk) for one in ended],
        "woke": case.snoozed_until.isoformat() if case.snoozed_until else "",
    }
    case.resolved_at, case.resolved_by, case.waiting_since = now, by, None
    case.snoozed_until = None
    show_clock(case)
    case.save(update_fields=STANDING)
    _tell("cases.resolved", case, at=now, by=by, **facts)


@transaction.atomic
def undo_resolve(case: Case, *, at: datetime, by: Colleague, now: datetime) -> None:
    """It was not meant: the turn, the clocks and the day it was put away for are as before.

    Of the resolution of that moment alone. If the customer has opened it again, that stands.
    """
    case = _locked(case)
    if case.resolved_at != at or case.merged_into_id is not None:
        return
    deeds = history_of(case.reference, kinds=["cases.resolved"])
    facts = next((deed.facts for deed in reversed(deeds) if deed.at == at), {})
    promises.revive([int(pk) for pk in facts.get("clocks", [])])
    woke = facts.get("woke") or ""
    until = datetime.fromisoformat(woke) if woke else None
    case.snoozed_until = until if until is not None and until > now else None
    case.resolved_at = case.resolved_by = None
    take_turn(case, at=now)
    case.save(update_fields=STANDING)
    _tell("cases.resolve_undone", case, at=now, by=by)


@transaction.atomic
def reopen(case: Case, *, by: Colleague, now: datetime) -> None:
    """Open a resolved case again: it was not over. One that was merged goes on in the other."""
    case = _locked(case)
    if case.resolved_at is None or case.merged_into_id is not None:
        return
    case.resolved_at = case.resolved_by = None
    start_again(case, at=now)
    show_clock(case)
    case.save(update_fields=STANDING)
    _tell("cases.reopened", case, at=now, by=by)


@transaction.atomic
def ask_help(case: Case, *, colleague: Colleague, by: Colleague, now: datetime) -> None:
    """Ask a colleague, of whatever team, to help with this case. From now on he sees it."""
    _, new = Follower.objects.get_or_create(
        case=case, colleague=colleague, defaults={"why": Follower.Why.ASKED, "since": now}
    )
    if new:
        _tell("cases.help_asked", case, at=now, by=by, colleague=colleague.name)


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update(of=("self",)).select_related("team").get(pk=case.pk)


def _tell(kind: str, case: Case, *, at: datetime, by: Colleague, **facts: Fact) -> None:
    record(
        kind,
        at=at,
        subject=case.reference,
        customer_id=case.customer_id,
        by=by,
        team_id=case.team_id,
        **facts,
    )
