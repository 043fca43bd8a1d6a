"""How easy it was, in the customer's own judgement: asked once, when the matter is over."""

from datetime import datetime

from django.db import transaction

from ascolto.cases.models import Case, Effort
from ascolto.cases.services.rating import CHANGEABLE, TooLateToChange
from ascolto.cases.services.telling import held, tell
from ascolto.people.models import Identity


class NotOver(Exception):
    """Nobody can say how easy it was before it is over."""


@transaction.atomic
def tell_effort(case: Case, score: int, *, identity: Identity, now: datetime) -> Effort:
    """Keep how easy it was for this reader, from 1 (not at all) to 7; he may change it in a day.

    Saying the same twice changes nothing. Raises `NotOver`, `TooLateToChange`, and ValueError for
    a score that is none.
    """
    if not Effort.LEAST <= score <= Effort.MOST:
        raise ValueError(score)
    case = held(case)
    if case.resolved_at is None:
        raise NotOver(case.number)
    known = Effort.objects.filter(case=case, identity=identity).first()
    if known is not None and known.score == score:
        return known
    if known is not None and now > known.at + CHANGEABLE:
        raise TooLateToChange(known.pk)
    if known is None:
        effort = Effort.objects.create(case=case, identity=identity, score=score, at=now)
    else:
        effort = known
        effort.score = score
        effort.save(update_fields=["score"])  # `at` stays: the day runs from the first click
    tell("cases.effort_told", case, at=now, score=score, again=known is not None)
    return effort
