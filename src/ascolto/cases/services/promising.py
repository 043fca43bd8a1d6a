"""A colleague's word in a case, and what he does with its clocks."""

from datetime import datetime

from django.db import transaction

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case
from ascolto.cases.policy import just_before
from ascolto.cases.services.moving import ask_help
from ascolto.cases.services.snoozing import snooze
from ascolto.cases.services.standing import STANDING, show_clock
from ascolto.cases.services.turns import follow_turn
from ascolto.promises import services as promises
from ascolto.promises.models import Promise
from ascolto.staff.models import Colleague

CALLED_BACK = "la risposta che lo diceva è stata richiamata"


class NoSuchPromise(Exception):
    """No clock of this case with this number has not ended yet."""


class NotYours(Exception):
    """What a customer starts ends by an answer; only a given word is kept or let go by hand."""


@transaction.atomic
def promise(  # what, by when, who says so, who hears if it fails, when
    case: Case,
    *,
    words: str,
    due_at: datetime,
    by: Colleague,
    now: datetime,
    told: Colleague | None = None,
) -> Promise:
    """Promise the customer something by a moment. Raises `promises.services.Unclear`.

    If it runs out, `told` hears of it; one who may not see the case is asked to help with it.
    """
    case = _locked(case)
    if told is not None and not visible_cases(told).filter(pk=case.pk).exists():
        ask_help(case, colleague=told, by=by, now=now)
    given = promises.give_word(
        promises.About(case.reference, case.customer_id),
        words=words,
        due_at=due_at,
        team=case.team,
        by=by,
        now=now,
        told=told,
    )
    _settle(case, at=now)
    return given


@transaction.atomic
def promise_and_snooze(
    case: Case,
    *,
    words: str,
    due_at: datetime,
    by: Colleague,
    now: datetime,
    told: Colleague | None = None,
) -> Promise:
    """One deed: promise, and put the case away until there is just time to keep it.

    Raises `promises.services.Unclear`, and `snoozing.NotOpen` in a resolved case.
    """
    given = promise(case, words=words, due_at=due_at, by=by, now=now, told=told)
    snooze(case, until=just_before(due_at, now=now), by=by, now=now)
    return given


@transaction.atomic
def keep_promise(case: Case, promise_id: int, *, by: Colleague, now: datetime) -> None:
    """It is done. Done late it counts as broken."""
    case = _locked(case)
    _of_case(case, promise_id, word=True)
    promises.keep(promise_id, by=by, now=now)
    _settle(case, at=now)


@transaction.atomic
def waive_promise(
    case: Case, promise_id: int, *, reason: str, by: Colleague, now: datetime
) -> None:
    """It will not be done, and why. Raises `promises.services.NoReason`."""
    case = _locked(case)
    _of_case(case, promise_id, word=True)
    promises.waive_one(promise_id, reason=reason, by=by, now=now)
    _settle(case, at=now)


@transaction.atomic
def pause_clock(case: Case, promise_id: int, *, reason: str, by: Colleague, now: datetime) -> None:
    """Let any clock of the case rest; the customer reads why. Raises `NoReason` of promises."""
    case = _locked(case)
    _of_case(case, promise_id)
    promises.pause(promise_id, reason=reason, by=by, now=now)
    _settle(case, at=now)


@transaction.atomic
def resume_clock(case: Case, promise_id: int, *, by: Colleague, now: datetime) -> None:
    """Let a clock go on with the time that was left."""
    case = _locked(case)
    _of_case(case, promise_id)
    promises.resume(promise_id, by=by, now=now)
    show_clock(case)
    case.save(update_fields=STANDING)


def was_promised(case: Case, promise_id: int) -> bool:
    """Whether this clock is or was one of the case."""
    return Promise.objects.filter(pk=promise_id, subject=case.reference).exists()


def take_back_words(case: Case, *, by: Colleague, made_at: datetime, now: datetime) -> None:
    """What an answer promised that was called back was never promised. Caller holds and saves."""
    promises.withdraw(case.reference, by=by, made_at=made_at, reason=CALLED_BACK, now=now)


def _settle(case: Case, *, at: datetime) -> None:
    follow_turn(case, at=at)
    show_clock(case)
    case.save(update_fields=STANDING)


def _of_case(case: Case, promise_id: int, *, word: bool = False) -> None:
    found = Promise.objects.filter(pk=promise_id, subject=case.reference, ended_at=None).first()
    if found is None:
        raise NoSuchPromise(promise_id)
    if word and found.kind != Promise.Kind.WORD:
        raise NotYours(promise_id)


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update(of=("self",)).select_related("team").get(pk=case.pk)
