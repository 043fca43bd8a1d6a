from django.db.models import QuerySet

from ascolto.staff.models import Colleague, Company, Team


def company() -> Company:
    """The company of this installation; before the first set-up, one without a name."""
    return Company.objects.filter(pk=1).first() or Company(pk=1, name="Ascolto")


def colleagues() -> QuerySet[Colleague]:
    """Who works here now, by name."""
    return Colleague.objects.filter(left_at=None).order_by("name", "pk")


def teams() -> QuerySet[Team]:
    return Team.objects.select_related("calendar").order_by("name")


def on_hand(team: Team) -> QuerySet[Colleague]:
    """The members of a team who still work here."""
    return colleagues().filter(teams=team)
