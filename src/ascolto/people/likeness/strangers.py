"""Whom somebody may be who is in no record yet: looked at, and nothing is written down."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from ascolto.people.likeness.candidates import alike, portrait_of, portraits, with_namesakes
from ascolto.people.likeness.policy import PROPOSED_FROM, Evidence, compare, score, weighed
from ascolto.people.likeness.words import clues_in
from ascolto.people.models import Identity
from ascolto.people.policy import Sender, normal_form

NOBODY = 0  # no record has this id


@dataclass(frozen=True, slots=True)
class Resembled:
    customer_id: int
    score: int
    evidence: Sequence[Evidence]


@transaction.atomic
def resembled(sender: Sender, *, words: Sequence[str] = ()) -> list[Resembled]:
    """The customers who may be this writer, the likeliest first. Seven queries at most.

    `words` are his own. Whoever speaks for too little is left out, as in `propose`.
    """
    normal = normal_form(sender.kind, sender.value)
    known = [Identity(kind=sender.kind, normal=normal, value=sender.shown)] if normal else []
    his = portrait_of(NOBODY, sender.name, "PERSON", known, clues_in(words))
    his = with_namesakes(his)
    found = []
    for other in portraits(alike([his])[NOBODY]):
        evidence = weighed(compare(his, other))
        if other.kind == his.kind and score(evidence) >= PROPOSED_FROM:
            found.append(Resembled(other.customer_id, score(evidence), evidence))
    return sorted(found, key=lambda one: (-one.score, one.customer_id))
