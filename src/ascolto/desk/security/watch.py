"""What changes how somebody signs in stands in the history, signed and without secrets."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone

from ascolto.desk.security import telling
from ascolto.staff.models import Colleague
from ascolto.timeline.references import reference
from ascolto.timeline.services import record


def factor_added(user: Colleague, authenticator: Authenticator, **_known: Any) -> None:
    _record("factor_added", user, way=str(authenticator.type))


def factor_removed(user: Colleague, authenticator: Authenticator, **_known: Any) -> None:
    _record("factor_removed", user, way=str(authenticator.type))
    telling.warn(user, "factor_removed")


def factor_reset(user: Colleague, authenticator: Authenticator, **_known: Any) -> None:
    _record("factor_reset", user, way=str(authenticator.type))


def password_changed(user: Colleague, **_known: Any) -> None:
    _record("password_changed", user)
    telling.warn(user, "password_changed")


def sessions_ended(user: Colleague, number: int) -> None:
    if number:
        _record("sessions_ended", user, number=number)


def factors_lifted(user: Colleague, *, by: Colleague) -> None:
    _record("factors_lifted", user, by=by, name=user.name)
    telling.warn(user, "factor_removed")


def recovered(user: Colleague) -> None:
    telling.warn(user, "recovered")


def new_device(user: Colleague, where: str) -> None:
    _record("new_device", user, device=where)
    telling.warn(user, "new_device", where=where)


def _record(deed: str, user: Colleague, *, by: Colleague | None = None, **facts: Any) -> None:
    record(
        f"security.{deed}",
        at=timezone.now(),
        subject=reference("colleague", user.pk),
        by=by or user,
        **facts,
    )
