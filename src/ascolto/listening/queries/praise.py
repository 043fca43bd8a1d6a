"""How often one customer spoke well of us in public, and to how many."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Sum

from ascolto.listening.models import Mention, Repost


@dataclass(frozen=True, slots=True)
class Praise:
    """`reach`: followers he had when he said it, added up; `ours`: that we passed on."""

    number: int
    reach: int
    reposts: int
    ours: int


def praise_of(customer_ids: Collection[int], *, hidden_teams: Iterable[int] = ()) -> Praise:
    """All his praise that still stands, of all these records. One query."""
    passed_on = Repost.objects.filter(
        mention=OuterRef("pk"), undone_at=None, posted_at__isnull=False
    )
    praise = Mention.objects.filter(
        identity__customer__in=customer_ids, kind=Mention.Kind.PRAISE
    ).exclude(Q(standing__in=("NOISE", "GONE")) | Q(team__in=hidden_teams))
    found = praise.annotate(ours=Exists(passed_on)).aggregate(
        number=Count("pk"),
        reach=Sum("reach", default=0),
        reposts=Sum("reposts", default=0),
        by_us=Count("pk", filter=Q(ours=True)),
    )
    return Praise(found["number"], found["reach"], found["reposts"], found["by_us"])
