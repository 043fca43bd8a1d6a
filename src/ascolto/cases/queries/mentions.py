"""Where a colleague was called by name, in cases he may see."""

from django.db.models import F

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Mention
from ascolto.staff.models import Colleague

SHOWN = 50


def mentions_of(colleague: Colleague, *, most: int = SHOWN) -> list[Mention]:
    """What he has not seen first, each newest first. One query."""
    found = Mention.objects.filter(
        colleague=colleague, note__case__in=visible_cases(colleague)
    ).select_related("note__author", "note__case__customer")
    found = found.defer("note__case__customer__search")
    return list(found.order_by(F("seen_at").desc(nulls_first=True), "-note")[:most])
