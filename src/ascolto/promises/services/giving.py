"""A person's word: what he says the customer will have, and by when."""

from datetime import datetime

from django.db import transaction

from ascolto.promises.models import ClockFact, Promise
from ascolto.promises.policy import warning_before
from ascolto.promises.services.starting import About
from ascolto.promises.services.telling import news
from ascolto.staff.models import Colleague, Team
from ascolto.timeline.services import record_many

LONGEST = 200  # characters of a promise


class Unclear(Exception):
    """A promise says what, and by which moment still to come."""


@transaction.atomic
def give_word(  # noqa: PLR0913 # what to whom by when, who says so, who hears if it fails, when
    about: About,
    *,
    words: str,
    due_at: datetime,
    team: Team,
    by: Colleague,
    now: datetime,
    told: Colleague | None = None,
) -> Promise:
    """Start the clock of a promise in somebody's own words. It runs by the clock on the wall:
    whoever names an hour means that hour. `told` hears of it if it runs out."""
    said = " ".join(words.split())
    if not said or due_at <= now:
        raise Unclear(about.subject)
    promise = Promise.objects.create(
        customer_id=about.customer_id,
        subject=about.subject,
        kind=Promise.Kind.WORD,
        words=said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…",
        team=team,
        made_by=by,
        told=told,
        started_at=now,
        warn_at=warning_before(due_at, given_at=now, percent=team.warn_percent),
        due_at=due_at,
    )
    ClockFact.objects.create(promise=promise, kind=ClockFact.Kind.STARTED, at=now, by=by)
    record_many([news(promise, "promises.made", at=now, by=by)])
    return promise
