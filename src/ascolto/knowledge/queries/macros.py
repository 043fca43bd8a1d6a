from django.db.models import Case, Q, QuerySet, Value, When

from ascolto.knowledge.models import Macro
from ascolto.staff.models import Colleague

SHOWN = 30


def visible_macros(colleague: Colleague, *, retired: bool = False) -> QuerySet[Macro]:
    """Everybody's, those of his teams, and his own; of those in use, or of those taken away."""
    teams = colleague.teams.values("pk")
    mine = Q(owner=colleague) | Q(team__in=teams) | Q(owner=None, team=None)
    return Macro.objects.filter(mine, retired_at__isnull=not retired)


def find_macros(colleague: Colleague, words: str = "", *, language: str = "") -> list[Macro]:
    """Macros whose title holds all these words; first those of `language`, the most used first."""
    found = visible_macros(colleague)
    for word in words.split()[:8]:
        found = found.filter(title__icontains=word)
    rank = Case(When(language=language, then=Value(0)), default=Value(1)) if language else Value(0)
    return list(found.order_by(rank, "-used", "title", "pk")[:SHOWN])
