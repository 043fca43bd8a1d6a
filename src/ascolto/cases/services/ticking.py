"""The clocks that a customer’s words start, and those they let go on: for many cases at once."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef

from ascolto.cases.models import CallRequest, Case, Message
from ascolto.cases.policy import FORWARD_KEY
from ascolto.cases.services.standing import show_promise
from ascolto.cases.services.turns import FROM_OPENING
from ascolto.promises import services as promises
from ascolto.promises.models import Promise
from ascolto.promises.policy.resting import HIS_TURN
from ascolto.promises.queries import ANSWERS, running_of
from ascolto.promises.services import Clock, clocks_of
from ascolto.staff.hours import work_calendars


def clocks_for(
    heard: Sequence[tuple[Case, datetime]], old: Sequence[Case]
) -> list[tuple[Case, Clock]]:
    """The clocks that start when these cases are heard, each case once with the first of its words.

    First answer until we have answered once, next answer after that; update and solution where a
    case opens, or opens again. A clock that is running goes on: asking twice does not give us more
    time. Those of `old` that rested because the turn was his go on. Shows the nearest on each case.
    """
    running = running_of([case.reference for case in old]) if old else {}
    silent = [case for case in old if not _kinds(running.get(case.reference, [])) & {*ANSWERS}]
    answered = _answered(silent) if silent else frozenset()
    wanted = [
        (case, at, _starting(case, answered, running.get(case.reference, []), is_new=is_new))
        for case, at, is_new in ((case, at, case.pk is None) for case, at in heard)
    ]
    resting = _resting(heard, running)
    teams = {case.team.calendar_id for case, _at, kinds in wanted if kinds}
    also = {promise.calendar_id for promise, _at in resting if promise.calendar_id is not None}
    hours = work_calendars(teams | also) if teams | also else {}
    for at in dict.fromkeys(at for _promise, at in resting):
        promises.go_on([one for one, since in resting if since == at], at=at, hours=hours)
    started = []
    for case, at, kinds in wanted:
        of_team = hours.get(case.team.calendar_id)
        new = clocks_of(kinds, team=case.team, hours=of_team, at=at) if of_team else []
        started += [(case, clock) for clock in new]
        ticking: list[Promise | Clock] = [
            one for one in running.get(case.reference, []) if one.paused_at is None
        ]
        show_promise(case, min([*ticking, *new], key=lambda one: one.due_at, default=None))
    return started


def _starting(
    case: Case, answered: frozenset[int], running: Sequence[Promise], *, is_new: bool
) -> list[str]:
    known = _kinds(running)
    answer = Promise.Kind.NEXT_ANSWER if case.pk in answered else Promise.Kind.FIRST_ANSWER
    kinds: list[str] = [] if known & {*ANSWERS} else [answer]
    if is_new or case.resolved_at is not None:
        kinds += [
            kind
            for kind in FROM_OPENING
            if kind not in known and promises.terms_of(case.team, kind) is not None
        ]
    return kinds


def _kinds(running: Sequence[Promise]) -> set[str]:
    return {promise.kind for promise in running}


def _resting(
    heard: Sequence[tuple[Case, datetime]], running: dict[str, list[Promise]]
) -> list[tuple[Promise, datetime]]:
    return [
        (promise, at)
        for case, at in heard
        for promise in running.get(case.reference, [])
        if promise.paused_at is not None and promise.pause_reason == HIS_TURN
    ]


def _answered(cases: Sequence[Case]) -> frozenset[int]:
    """Those in which we have answered: in writing, on the telephone, or by calling back."""
    there = Message.objects.filter(case=OuterRef("pk"))
    said = there.filter(outgoing__automatic=False).exclude(outgoing__key__startswith=FORWARD_KEY)
    spoken = there.filter(proof=Message.Proof.CALL, item__reading__answered=True)
    called = CallRequest.objects.filter(case=OuterRef("pk"), called_at__isnull=False)
    return frozenset(
        Case.objects.filter(Exists(said) | Exists(spoken) | Exists(called))
        .filter(pk__in=[case.pk for case in cases])
        .values_list("pk", flat=True)
    )
