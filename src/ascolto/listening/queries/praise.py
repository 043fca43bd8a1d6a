"""How often one customer spoke well of us in public, and to how many."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Exists, OuterRef, Q, Sum

from ascolto.kit.kept import numbers
from ascolto.kit.written import Written, figures
from ascolto.listening.models import Mention, Repost

READERS = 500  # sets of teams for which its query is kept


@dataclass(frozen=True, slots=True)
class Praise:
    """`reach`: followers he had when he said it, added up; `ours`: that we passed on."""

    number: int
    reach: int
    reposts: int
    ours: int


def praise_of(customer_ids: Collection[int], *, hidden_teams: Iterable[int] = ()) -> Praise:
    """All his praise that still stands, of all these records. One query."""
    found = _figures(tuple(hidden_teams)).rows(records=list(customer_ids))
    return Praise(*found[0]) if found else Praise(0, 0, 0, 0)


@lru_cache(maxsize=READERS)
def _figures(hidden_teams: tuple[int, ...]) -> Written:
    passed_on = Repost.objects.filter(
        mention=OuterRef("pk"), undone_at=None, posted_at__isnull=False
    )
    praise = Mention.objects.filter(
        identity__customer__any_of=numbers("records"), kind=Mention.Kind.PRAISE
    ).exclude(Q(standing__in=("NOISE", "GONE")) | Q(team__in=hidden_teams))
    return figures(
        praise.annotate(by_us=Exists(passed_on)),
        number=Count("pk"),
        reach=Sum("reach", default=0),
        reposts=Sum("reposts", default=0),
        ours=Count("pk", filter=Q(by_us=True)),
    )
