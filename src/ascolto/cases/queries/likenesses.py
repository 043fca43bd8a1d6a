"""Whom a customer may be, beside what one reads of him."""

from collections.abc import Collection

from ascolto.cases.access import visible_customers
from ascolto.cases.queries.around import Around
from ascolto.people.likeness.queries import LikenessRow, likenesses_of
from ascolto.staff.models import Colleague


def proposed_for(
    customer_ids: Collection[int],
    colleague: Colleague,
    there: Around = Around(),  # noqa: B008 # never changes
) -> list[LikenessRow]:
    """What is proposed for these records, to whoever may answer it. Three queries at most."""
    if colleague.role == Colleague.Role.HELPER or not there.has("likenesses"):
        return []
    return likenesses_of(customer_ids, lambda: visible_customers(colleague))
