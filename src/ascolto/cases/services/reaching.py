"""By which of his ways an answer leaves, when a colleague chooses one."""

from datetime import datetime

from django.db import transaction

from ascolto.cases.models import Case, Conversation
from ascolto.cases.queries.ways import Way, ways_to_answer
from ascolto.cases.services.answering import NoWayToAnswer
from ascolto.people.queries import identities_of
from ascolto.pressure.models import Unreachable


class NotReached(Exception):
    """What is sent there comes back. `args` are the address."""


@transaction.atomic
def thread_by(case: Case, way: str, *, now: datetime) -> Conversation:
    """The conversation of a chosen way; a new one for an address that this case had none with.

    Raises `NoWayToAnswer` for what is no way of this case, and `NotReached`.
    """
    chosen = _way(case, way)
    if not chosen.is_reached:
        raise NotReached(chosen.identity.value)
    thread, _ = Conversation.objects.get_or_create(
        case=case,
        channel=chosen.channel,
        identity=chosen.identity,
        defaults={"opened_at": now},
    )
    return thread


def _way(case: Case, value: str) -> Way:
    identities = identities_of(case.customer_id)
    lost = Unreachable.objects.filter(identity__in=identities, reached_again_at=None)
    unreachable = set(lost.values_list("identity", flat=True))
    for one in ways_to_answer(case, identities, unreachable):
        if one.value == value:
            return one
    raise NoWayToAnswer(case.number)
