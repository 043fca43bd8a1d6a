from datetime import datetime

from django.db.models import QuerySet

from ascolto.kit.kept import Kept
from ascolto.staff.models import Colleague, Company, Invitation, Team


def company() -> Company:
    """The company of this installation; before the first set-up, one without a name."""
    found = _COMPANY.rows()
    return found[0] if found else Company(pk=1, name="Ascolto")


_COMPANY = Kept(lambda: Company.objects.filter(pk=1))


def colleagues() -> QuerySet[Colleague]:
    """Who works here now, by name."""
    return Colleague.objects.filter(left_at=None).order_by("name", "pk")


def teams() -> QuerySet[Team]:
    return Team.objects.select_related("calendar").order_by("name")


def on_hand(team: Team) -> QuerySet[Colleague]:
    """The members of a team who still work here."""
    return colleagues().filter(teams=team)


def former() -> QuerySet[Colleague]:
    """Who worked here, the last to leave first."""
    return Colleague.objects.exclude(left_at=None).order_by("-left_at", "pk")


def who_can_change_settings() -> QuerySet[Colleague]:
    """Owners and supervisors: for whoever may not, and wants to know whom to ask."""
    leads = [Colleague.Role.OWNER, Colleague.Role.SUPERVISOR]
    return colleagues().filter(role__in=leads)


def seats_kept(*, now: datetime) -> QuerySet[Invitation]:
    """Invitations that may still be taken, the newest first."""
    still = Invitation.objects.filter(used_at=None, withdrawn_at=None, ends_at__gt=now)
    return still.select_related("made_by").order_by("-made_at", "-pk")
