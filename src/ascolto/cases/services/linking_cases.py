from datetime import datetime

from django.db import transaction

from ascolto.cases.models import Case, CaseLink
from ascolto.cases.services.telling import tell
from ascolto.staff.models import Colleague


class ToItself(Exception):
    """A case is linked to another one."""


@transaction.atomic
def link_cases(
    one: Case, other: Case, *, by: Colleague | None, now: datetime, why: str = ""
) -> None:
    """Say that two cases belong together. Saying it twice changes nothing."""
    if one.pk == other.pk:
        raise ToItself(one.number)
    first, second = sorted((one, other), key=lambda case: case.pk)
    why = " ".join(why.split())[:200]
    _, new = CaseLink.objects.get_or_create(
        first=first, second=second, defaults={"by": by, "at": now, "why": why}
    )
    if new:
        tell("cases.linked", one, at=now, by=by, other=other.number, why=why)
        tell("cases.linked", other, at=now, by=by, other=one.number, why=why)


@transaction.atomic
def unlink_cases(one: Case, other: Case, *, by: Colleague, now: datetime) -> None:
    """Take the link between two cases away."""
    first, second = sorted((one, other), key=lambda case: case.pk)
    gone, _ = CaseLink.objects.filter(first=first, second=second).delete()
    if gone:
        tell("cases.unlinked", one, at=now, by=by, other=other.number)
        tell("cases.unlinked", other, at=now, by=by, other=one.number)
