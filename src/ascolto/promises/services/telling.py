"""How a promise stands in the history."""

from datetime import datetime

from ascolto.promises.models import Promise
from ascolto.staff.models import Colleague
from ascolto.timeline.services import Fact, Happened


def news(
    promise: Promise, kind: str, *, at: datetime, by: Colleague | None = None, why: str = ""
) -> Happened:
    facts: dict[str, Fact] = {
        "promise": promise.pk,
        "promised": promise.kind,
        "words": promise.words,
        "due_at": promise.due_at.isoformat(),
    }
    return Happened(
        kind,
        at,
        promise.subject,
        promise.customer_id,
        by,
        promise.team_id,
        facts | {"reason": why} if why else facts,
    )
