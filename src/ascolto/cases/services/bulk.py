"""One deed on many cases: done one by one, each refusal with its reason, and undone likewise."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Bulk, BulkCase, Case
from ascolto.cases.services.fields import MissingFields
from ascolto.cases.services.labelling import NoTag, RetiredTag, prioritise, tag, untag
from ascolto.cases.services.moving import (
    NoReason,
    NotATeamMate,
    assign,
    resolve,
    transfer,
    undo_resolve,
)
from ascolto.cases.services.snoozing import NotInFuture, NotOpen, snooze, wake
from ascolto.kit.work import later
from ascolto.staff.models import Colleague, Team

MOST = 500  # cases of one deed
AT_ONCE = 20  # done between two looks at whether it was called off

# Why a case was left as it was. The words for people are the page's.
UNSEEN, WAITS, LACKS, NOT_A_MATE = "unseen", "waits", "lacks", "not_a_mate"
RESOLVED, TOO_LATE, NO_TAG, CHANGED = "resolved", "too_late", "no_tag", "changed"
RETIRED_TAG = "retired_tag"
Arguments = Mapping[str, Any]


class NothingChosen(Exception):
    """A deed on many cases needs some."""


class InOtherHands(Exception):
    """The case changed hands since somebody looked."""


REASONS: dict[type[Exception], str] = {
    NoReason: WAITS,
    MissingFields: LACKS,
    NotATeamMate: NOT_A_MATE,
    NotOpen: RESOLVED,
    NotInFuture: TOO_LATE,
    NoTag: NO_TAG,
    RetiredTag: RETIRED_TAG,
    InOtherHands: CHANGED,
    Colleague.DoesNotExist: CHANGED,
}


@transaction.atomic
def start_bulk(
    deed: str, case_ids: Collection[int], *, arguments: Arguments, by: Colleague, now: datetime
) -> Bulk:
    """Have a deed done on these cases, soon, by a job. What he may not see is left out."""
    seen = visible_cases(by).filter(pk__in=[*case_ids][:MOST]).values_list("pk", flat=True)
    chosen = sorted(seen)
    if not chosen:
        raise NothingChosen
    bulk = Bulk.objects.create(
        deed=deed, arguments=dict(arguments), by=by, asked_at=now, total=len(chosen)
    )
    BulkCase.objects.bulk_create(BulkCase(bulk=bulk, case_id=pk) for pk in chosen)
    later("cases.bulk", bulk_id=bulk.pk)
    return bulk


@transaction.atomic
def ask_undo(bulk: Bulk, *, now: datetime) -> None:
    """Have everything put back that the deed changed, soon, by a job; and do no more of it."""
    Bulk.objects.filter(pk=bulk.pk, undo_asked_at=None).update(undo_asked_at=now)
    later("cases.bulk", bulk_id=bulk.pk)


def run_bulk(bulk_id: int, *, now: datetime) -> None:
    """Do what is left of a deed, or of its undoing. Safe to run twice, and after a crash."""
    while _some(bulk_id, now=now):
        pass


@transaction.atomic
def _some(bulk_id: int, *, now: datetime) -> bool:
    """The next cases; whether there may be more. Two jobs of one deed take turns."""
    bulk = Bulk.objects.select_for_update(of=("self",)).select_related("by").get(pk=bulk_id)
    if bulk.undo_asked_at is not None:
        return _undo_some(bulk, now=now)
    todo = bulk.cases.filter(done_at=None, refused="").select_related("case__team")
    lines = list(todo.order_by("case")[:AT_ONCE])
    for line in lines:
        line.before = _standing(line.case)
        line.refused = _try(bulk, line.case, now=now)
        line.done_at = None if line.refused else now
        line.save(update_fields=["before", "refused", "done_at"])
    if not lines and bulk.finished_at is None:
        bulk.finished_at = now
        bulk.save(update_fields=["finished_at"])
    return bool(lines)


def _try(bulk: Bulk, case: Case, *, now: datetime) -> str:
    """The deed on one case; the reason if it cannot be, else nothing."""
    if not visible_cases(bulk.by).filter(pk=case.pk).exists():
        return UNSEEN
    try:
        with transaction.atomic():
            _do(bulk, case, now=now)
    except tuple(REASONS) as problem:
        return REASONS[type(problem)]
    return ""


def _do(bulk: Bulk, case: Case, *, now: datetime) -> None:
    said, by = bulk.arguments, bulk.by
    to = Colleague.objects.filter(pk=said.get("colleague")).first()
    if bulk.deed == Bulk.Deed.ASSIGN:
        assign(case, to=to, by=by, now=now)
    elif bulk.deed == Bulk.Deed.LEVEL:
        _level(bulk, case, now=now)
    elif bulk.deed == Bulk.Deed.TRANSFER:
        team = Team.objects.get(pk=said["team"])
        transfer(case, to_team=team, to_colleague=to, by=by, reason=said["reason"], now=now)
    elif bulk.deed == Bulk.Deed.RESOLVE:
        resolve(case, by=by, now=now, reason=said.get("reason", ""))
    elif bulk.deed == Bulk.Deed.SNOOZE:
        snooze(case, until=datetime.fromisoformat(said["until"]), by=by, now=now)
    elif bulk.deed == Bulk.Deed.PRIORITISE:
        prioritise(case, said["priority"], by=by, now=now)
    else:
        act = tag if bulk.deed == Bulk.Deed.TAG else untag
        act(case, [said["tag"]], by=by, now=now)


def _undo_some(bulk: Bulk, *, now: datetime) -> bool:
    done = bulk.cases.filter(done_at__isnull=False, undone_at=None)
    lines = list(done.select_related("case__team").order_by("case")[:AT_ONCE])
    for line in lines:
        with transaction.atomic():
            _undo(bulk, line, now=now)
        line.undone_at = now
        line.save(update_fields=["undone_at"])
    if not lines and bulk.undone_at is None:
        bulk.undone_at, bulk.finished_at = now, bulk.finished_at or now
        bulk.save(update_fields=["undone_at", "finished_at"])
    return bool(lines)


def _undo(bulk: Bulk, line: BulkCase, *, now: datetime) -> None:
    """As the case stood before. What somebody changed since is his, and stays."""
    said, by, case, before = bulk.arguments, bulk.by, line.case, line.before
    if bulk.deed in {Bulk.Deed.ASSIGN, Bulk.Deed.TRANSFER, Bulk.Deed.LEVEL}:
        _hand_back(bulk, case, before, now=now)
    elif bulk.deed == Bulk.Deed.RESOLVE and before["resolved_at"] is None:
        undo_resolve(case, at=line.done_at or now, by=by, now=now)
    elif bulk.deed == Bulk.Deed.SNOOZE:
        _put_away_as_before(bulk, case, before, now=now)
    elif bulk.deed == Bulk.Deed.PRIORITISE and case.priority == said["priority"]:
        prioritise(case, before["priority"], by=by, now=now)
    elif bulk.deed == Bulk.Deed.TAG and said["tag"].lower() not in before["tags"]:
        untag(case, [said["tag"]], by=by, now=now)
    elif bulk.deed == Bulk.Deed.UNTAG and said["tag"].lower() in before["tags"]:
        tag(case, [said["tag"]], by=by, now=now)


def _put_away_as_before(
    bulk: Bulk, case: Case, before: Mapping[str, Any], *, now: datetime
) -> None:
    if case.snoozed_until != datetime.fromisoformat(bulk.arguments["until"]):
        return
    until = datetime.fromisoformat(before["snoozed_until"]) if before["snoozed_until"] else None
    if until is None or until <= now:
        wake(case, by=bulk.by, now=now)
        return
    who = Colleague.objects.filter(pk=before.get("snoozed_by") or bulk.by_id).get()
    snooze(case, until=until, by=who, now=now, sleeps_through=before["sleeps_through"])


def _hand_back(bulk: Bulk, case: Case, before: Mapping[str, Any], *, now: datetime) -> None:
    if case.assignee_id != _given_to(bulk, case):
        return
    owner = Colleague.objects.filter(pk=before["assignee"]).first()
    if case.team_id != before["team"]:
        team = Team.objects.get(pk=before["team"])
        reason = "Annullato."
        transfer(case, to_team=team, to_colleague=None, by=bulk.by, reason=reason, now=now)
    assign(case, to=owner, by=bulk.by, now=now)


def _level(bulk: Bulk, case: Case, *, now: datetime) -> None:
    """From whom it was to be taken, to whom it was to go; nobody else loses a case by it."""
    holder, to = bulk.arguments["moves"][str(case.pk)]
    if case.assignee_id != holder or case.resolved_at is not None:
        raise InOtherHands(case.number)
    assign(case, to=Colleague.objects.get(pk=to, left_at=None), by=bulk.by, now=now)


def _given_to(bulk: Bulk, case: Case) -> int | None:
    if bulk.deed == Bulk.Deed.LEVEL:
        return int(bulk.arguments["moves"][str(case.pk)][1])
    known: int | None = bulk.arguments.get("colleague")
    return known


def _standing(case: Case) -> dict[str, Any]:
    """What undoing needs to know of a case."""
    return {
        "team": case.team_id,
        "assignee": case.assignee_id,
        "priority": case.priority,
        "resolved_at": case.resolved_at.isoformat() if case.resolved_at else None,
        "snoozed_until": case.snoozed_until.isoformat() if case.snoozed_until else None,
        "snoozed_by": case.snoozed_by_id,
        "sleeps_through": case.sleeps_through,
        "tags": [name.lower() for name in case.tags.values_list("name", flat=True)],
    }
