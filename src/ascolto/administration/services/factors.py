"""Who is asked for a second factor, and the way back in for who lost everything."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from ascolto.administration.policy import FactorRule, Refusal
from ascolto.administration.services.changing import (
    Change,
    NotAllowed,
    State,
    leads_alone,
    record_change,
)
from ascolto.kit.tokens import new_token, token_hash
from ascolto.staff.models import Colleague, Company, Recovery
from ascolto.timeline.references import reference
from ascolto.timeline.services import record

SUBJECT = "security:1"
RECOVERY_LASTS = timedelta(hours=1)
LONGEST_GRACE = 90  # days


class NoSuchRecovery(Exception):
    """The link was used, is over, or never was: the three look the same."""


def factor_rule(company: Company) -> FactorRule:
    return FactorRule(
        roles=frozenset(company.factor_roles),
        asked_at=company.factor_asked_at,
        grace=timedelta(days=company.factor_grace_days),
    )


def factor_state(company: Company) -> State:
    order = [role for role in Colleague.Role.values if role in company.factor_roles]
    return {"roles": ", ".join(order), "grace": str(company.factor_grace_days)}


@transaction.atomic
def ask_for_factors(
    roles: Collection[str], *, grace_days: int, by: Colleague, now: datetime
) -> list[Change]:
    """From now on these roles sign in with a second factor, after `grace_days` at the latest.

    Asking one role more does not give the others their days again; shortening or lengthening the
    days counts from when it was first asked. What owners need is the owners' to say. Raises
    `NotAllowed`.
    """
    leads_alone(by)
    company = Company.objects.select_for_update().get(pk=1)
    before, had = factor_state(company), set(company.factor_roles)
    touches_owners = Colleague.Role.OWNER in had.symmetric_difference(roles)
    if touches_owners and by.role != Colleague.Role.OWNER:
        raise NotAllowed(Refusal.OWNERS_ALONE)
    company.factor_roles = [role for role in Colleague.Role.values if role in set(roles)]
    company.factor_grace_days = max(0, min(grace_days, LONGEST_GRACE))
    if not roles:
        company.factor_asked_at = None
    elif not had:
        company.factor_asked_at = now
    company.save(update_fields=["factor_roles", "factor_asked_at", "factor_grace_days"])
    return record_change(
        "administration.factors_asked",
        company.name,
        subject=SUBJECT,
        states=(before, factor_state(company)),
        by=by,
        now=now,
    )


@transaction.atomic
def offer_recovery(colleague: Colleague, *, now: datetime) -> str:
    """A token that lets this colleague choose a new password once, within the hour. It is offered
    by whoever holds the machine, so the history has it without an author."""
    token = new_token()
    Recovery.objects.filter(colleague=colleague, used_at=None).update(ends_at=now)
    Recovery.objects.create(
        colleague=colleague,
        token_hash=token_hash(token),
        made_at=now,
        ends_at=now + RECOVERY_LASTS,
    )
    _tell("security.recovery_offered", colleague, now=now)
    return token


def recovery_for(token: str, *, now: datetime) -> Recovery | None:
    """The open recovery of this token. Looking uses nothing up."""
    found = Recovery.objects.filter(
        token_hash=token_hash(token), used_at=None, ends_at__gt=now, colleague__left_at=None
    )
    return found.select_related("colleague").first()


@transaction.atomic
def recover(token: str, *, password: str, now: datetime) -> Colleague:
    """Choose a new password, once; every session of before is over. Raises `NoSuchRecovery`.

    The second factors are the caller's to take off: they are kept where signing in is.
    """
    known = recovery_for(token, now=now)
    if known is None or not Recovery.objects.filter(pk=known.pk, used_at=None).update(used_at=now):
        raise NoSuchRecovery
    colleague = Colleague.objects.select_for_update().get(pk=known.colleague_id)
    colleague.set_password(password)
    colleague.save(update_fields=["password"])
    _tell("security.recovered", colleague, now=now, by=colleague)
    return colleague


def _tell(kind: str, colleague: Colleague, *, now: datetime, by: Colleague | None = None) -> None:
    subject = reference("colleague", colleague.pk)
    record(kind, at=now, subject=subject, by=by, name=colleague.name)
