"""Likenesses to be answered, and those just answered."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.db.models import Q, QuerySet

from ascolto.kit.kept import numbers
from ascolto.kit.written import Written, written
from ascolto.people.likeness.policy import Evidence, evidence_of
from ascolto.people.models import Comparison, Customer, Identity, Likeness

PAGE = 30


@dataclass(frozen=True, slots=True)
class Side:
    customer: Customer
    identities: list[Identity] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LikenessRow:
    likeness: Likeness
    left: Side
    right: Side
    evidence: list[Evidence]

    @property
    def is_open(self) -> bool:
        return not self.likeness.answer

    def other(self, customer_ids: Collection[int]) -> Side:
        """The one of the two that is not among these records."""
        return self.right if self.left.customer.pk in customer_ids else self.left


def open_likenesses(
    among: QuerySet[Customer], *, page: int = 1, limit: int = PAGE
) -> list[LikenessRow]:
    """Those nobody has answered, the likeliest first, whose both sides are `among` these."""
    start = (max(page, 1) - 1) * limit
    rows = _whole().filter(answer="", left__in=among, right__in=among)
    return rows_of(rows.order_by("-score", "pk")[start : start + limit])


def count_open(among: QuerySet[Customer]) -> int:
    return Likeness.objects.filter(answer="", left__in=among, right__in=among).count()


def answered_lately(among: QuerySet[Customer], *, limit: int = 10) -> list[LikenessRow]:
    """What was answered last: it can be taken back."""
    rows = _whole().exclude(answer="").filter(left__in=among, right__in=among)
    return rows_of(rows.order_by("-answered_at", "-pk")[:limit])


def likenesses_of(
    customer_ids: Collection[int], among: Callable[[], QuerySet[Customer]], *, limit: int = 3
) -> list[LikenessRow]:
    """Whom one of these records may be, if the reader may know of him. One query; three where
    anything is proposed: who may know of whom is only asked then."""
    proposed = [pk for (pk,) in _proposed().rows(records=list(customer_ids))]
    if not proposed:
        return []
    seen = among()
    rows = _whole().filter(pk__in=proposed, left__in=seen, right__in=seen)
    return rows_of(rows.order_by("-score", "pk")[:limit])


@cache
def _proposed() -> Written:
    records = numbers("records")
    mine = Q(left__any_of=records) | Q(right__any_of=records)
    return written(Likeness.objects.filter(mine, answer="").values_list("pk"))


def rows_of(likenesses: Sequence[Likeness] | QuerySet[Likeness]) -> list[LikenessRow]:
    several = list(likenesses)
    known: dict[int, list[Identity]] = {}
    ids = {pk for one in several for pk in (one.left_id, one.right_id)}
    found = Identity.objects.filter(customer__in=ids) if ids else Identity.objects.none()
    for identity in found.order_by("first_seen_at", "pk"):
        known.setdefault(identity.customer_id, []).append(identity)
    return [
        LikenessRow(
            one,
            Side(one.left, known.get(one.left_id, [])),
            Side(one.right, known.get(one.right_id, [])),
            evidence_of(one.evidence),
        )
        for one in several
    ]


def newest_comparison() -> Comparison | None:
    return Comparison.objects.order_by("-pk").first()


def _whole() -> QuerySet[Likeness]:
    whole = Likeness.objects.select_related("left", "right", "answered_by")
    return whole.defer("left__search", "right__search")
