"""A customer asks to be called. The wish waits until somebody called, or says why not."""

from datetime import datetime

from django.db import transaction

from ascolto.cases.models import CallRequest, Case
from ascolto.cases.services.turns import answered_by_voice
from ascolto.people.models import Identity
from ascolto.people.policy import normal_form
from ascolto.staff.models import Colleague
from ascolto.timeline.services import Fact, record


class NotANumber(Exception):
    """What was typed cannot be dialled."""


class NoOutcome(Exception):
    """A request that is put aside without a call needs a reason."""


@transaction.atomic
def ask_call(
    case: Case, *, identity: Identity, number: str, wish: str = "", now: datetime
) -> tuple[CallRequest, bool]:
    """Write down that he wants to be called, and whether that is news.

    One wish at a time: who asks again while one is open gets that one. Raises `NotANumber`.
    """
    dialled = normal_form("PHONE", number)
    if dialled is None:
        raise NotANumber(number)
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    waiting = CallRequest.objects.filter(case=case, done_at=None).first()
    if waiting is not None:
        return waiting, False
    made = CallRequest.objects.create(
        case=case, identity=identity, number=dialled, wish=wish.strip()[:200], at=now
    )
    _tell("cases.call_asked", case, at=now, number=dialled, wish=made.wish)
    return made, True


@transaction.atomic
def call_made(request_id: int, *, by: Colleague, outcome: str = "", now: datetime) -> CallRequest:
    """Somebody has spoken with him: an answer like a written one, so the clock of answers stops."""
    done, case = _done(request_id, by=by, outcome=outcome.strip(), now=now)
    if done is None:
        return CallRequest.objects.get(pk=request_id)
    done.called_at = now
    done.save(update_fields=["called_at"])
    answered_by_voice(case, by=by, now=now)
    _tell("cases.call_made", case, at=now, by=by, outcome=done.outcome)
    return done


@transaction.atomic
def call_dropped(request_id: int, *, by: Colleague, reason: str, now: datetime) -> CallRequest:
    """Nobody will call, for this reason. He still waits for an answer: his clock goes on."""
    if not reason.strip():
        raise NoOutcome(request_id)
    done, case = _done(request_id, by=by, outcome=reason.strip(), now=now)
    if done is None:
        return CallRequest.objects.get(pk=request_id)
    _tell("cases.call_dropped", case, at=now, by=by, reason=done.outcome)
    return done


def _done(
    request_id: int, *, by: Colleague, outcome: str, now: datetime
) -> tuple[CallRequest | None, Case]:
    """The request, now done; None if it was done before. Its case is held until we commit."""
    asked = CallRequest.objects.get(pk=request_id)
    case = Case.objects.select_for_update(of=("self",)).select_related("team").get(pk=asked.case_id)
    asked = CallRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    if asked.done_at is not None:
        return None, case
    asked.done_at, asked.done_by, asked.outcome = now, by, outcome[:200]
    asked.save(update_fields=["done_at", "done_by", "outcome"])
    return asked, case


def _tell(
    kind: str, case: Case, *, at: datetime, by: Colleague | None = None, **facts: Fact
) -> None:
    record(
        kind,
        at=at,
        subject=case.reference,
        customer_id=case.customer_id,
        by=by,
        team_id=case.team_id,
        **facts,
    )
