"""Who has a second factor, and who needs one."""

from datetime import datetime
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from ascolto.administration.policy import factor_due
from ascolto.administration.services.factors import factor_rule
from ascolto.staff.models import Colleague, Company
from ascolto.staff.queries import colleagues, company

# Codes of reserve open only beside something else: alone they are no second factor.
REAL = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)


def has_factor(colleague: Colleague) -> bool:
    return bool(REAL.filter(user=colleague).exists())


def due(colleague: Colleague, house: Company) -> datetime | None:
    """From when on he gets no further without one; None if his role needs none."""
    rule = factor_rule(house)
    return factor_due(rule, role=colleague.role, joined_at=colleague.joined_at)


def is_asked(colleague: Colleague) -> bool:
    return due(colleague, company()) is not None


def is_last(authenticator: Authenticator) -> bool:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return False
    return not REAL.filter(user=authenticator.user).exclude(pk=authenticator.pk).exists()


def without_factor() -> QuerySet[Colleague]:
    """Who works here and signs in with the password alone."""
    return colleagues().filter(~Exists(REAL.filter(user=OuterRef("pk"))))


def keys_work() -> bool:
    """Browsers make keys only for an address with https, and for "localhost"."""
    url = urlsplit(settings.PUBLIC_URL)
    return url.scheme == "https" or url.hostname == "localhost"
