"""Likely duplicates proposed with what speaks for them, and what a person said to it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ascolto.people.likeness.candidates import alike, portraits, with_namesakes
from ascolto.people.likeness.policy import (
    PROPOSED_FROM,
    Evidence,
    compare,
    evidence_of,
    is_news,
    score,
    weighed,
)
from ascolto.people.likeness.words import clues_in
from ascolto.people.models import Customer, Likeness, Merge
from ascolto.people.queries import head_of, heads_of, with_merged
from ascolto.people.services import merge, unmerge
from ascolto.staff.models import Colleague


class AlreadyAnswered(Exception):
    """Somebody said yes or no to it already."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What whoever asks knows of another record: his words, and what speaks for it."""

    customer_id: int
    words: Sequence[str] = ()
    evidence: Sequence[Evidence] = field(default=())  # seen from the one it is compared with


@transaction.atomic
def propose_for(
    customer: Customer,
    *,
    words: Sequence[str] = (),
    look: Callable[[Collection[int]], Sequence[Beside]] | None = None,
    now: datetime,
) -> list[Likeness]:
    """Propose those whom this customer may be the same person as. Nobody is joined.

    `words` are his own, in which numbers and a signature are looked for; `look` is asked what is
    known of those he may be, beside their records. What was refused is proposed again only if
    something new speaks for it.
    """
    clues = {customer.pk: clues_in(words)}
    [mine] = portraits([customer.pk], clues=clues)
    mine = with_namesakes(mine)
    others = alike([mine])[customer.pk]
    beside = look(others) if look and others else ()
    clues |= {one.customer_id: clues_in(one.words) for one in beside}
    known: dict[int, list[Evidence]] = defaultdict(list)
    for one in beside:
        known[one.customer_id] += one.evidence
    found = {
        (mine.customer_id, other.customer_id): weighed(
            [*compare(mine, other), *known[other.customer_id]]
        )
        for other in portraits(others - {customer.pk}, clues=clues)
        if other.kind == mine.kind
    }
    return propose(found, now=now)


def compare_all(customer_ids: Collection[int], *, now: datetime) -> int:
    """Compare these records with all that have a lower id. How many likenesses are new."""
    several = [with_namesakes(one) for one in portraits(customer_ids)]
    with transaction.atomic():
        pairs = alike(several, below=max(customer_ids) + 1)
        others = {one.customer_id: one for one in portraits(set().union(*pairs.values()))}
        found = {
            (one.customer_id, pk): compare(one, others[pk])
            for one in several
            for pk in pairs[one.customer_id]
            if pk in others and pk < one.customer_id
        }
        return len(propose(found, now=now))


def propose(
    found: Mapping[tuple[int, int], Sequence[Evidence]], *, now: datetime
) -> list[Likeness]:
    """Write down those pairs for which enough speaks, and that nobody has answered."""
    likely = {
        (min(pair), max(pair)): [one if pair[0] < pair[1] else one.turned() for one in evidence]
        for pair, evidence in found.items()
        if score(evidence) >= PROPOSED_FROM
    }
    if not likely:
        return []
    groups = _groups(pk for pair in likely for pk in pair)
    answered = _answered(groups)
    made = []
    for (left, right), evidence in sorted(likely.items()):
        if groups[left] == groups[right]:
            continue  # they are read as one
        known = answered.get(frozenset({groups[left], groups[right]}), [])
        if known and not any(is_news(one, known) for one in evidence):
            continue
        made += _write(left, right, evidence, now=now)
    return made


def _write(left: int, right: int, evidence: Sequence[Evidence], *, now: datetime) -> list[Likeness]:
    """The likeness of these two, if it is new or has grown. One row a pair, ever."""
    row, new = Likeness.objects.select_for_update().get_or_create(
        left_id=left,
        right_id=right,
        defaults={
            "score": score(evidence),
            "evidence": [one.stored() for one in evidence],
            "proposed_at": now,
        },
    )
    if new:
        return [row]
    before = evidence_of(row.evidence)
    news = [one for one in evidence if is_news(one, before)]
    if not news:
        return []
    row.evidence = [one.stored() for one in weighed([*news, *before])]
    row.score = score(weighed([*news, *before]))
    row.proposed_at, row.answer, row.answered_at, row.answered_by = now, "", None, None
    row.merge = None
    row.save()
    return [row]


def _groups(customer_ids: Iterable[int]) -> dict[int, int]:
    """record -> the one it is read as, for these and all that are read with them."""
    everybody = with_merged(set(customer_ids))
    heads = heads_of(everybody)
    return {pk: heads.get(pk, pk) for pk in everybody}


def _answered(groups: Mapping[int, int]) -> dict[frozenset[int], list[Evidence]]:
    """What was known when somebody said no, by the two groups of records he said it of."""
    refused = Likeness.objects.filter(
        left__in=groups, right__in=groups, answer=Likeness.Answer.REFUSED
    )
    known: dict[frozenset[int], list[Evidence]] = defaultdict(list)
    for left, right, evidence in refused.values_list("left_id", "right_id", "evidence"):
        known[frozenset({groups[left], groups[right]})] += evidence_of(evidence)
    return known


@transaction.atomic
def confirm(likeness_id: int, *, by: Colleague, now: datetime) -> Merge:
    """They are one person: read as one from now on. Raises `AlreadyAnswered`, `AlreadyMerged`.

    The younger record is read as the older one.
    """
    likeness = _held(likeness_id)
    absorbed, into = likeness.right, likeness.left
    if head_of(absorbed.pk) != absorbed.pk:  # it is part of another: then that way round, or all
        absorbed, into = into, absorbed
    if head_of(absorbed.pk) != absorbed.pk:
        absorbed = Customer.objects.get(pk=head_of(absorbed.pk))
    evidence = [f"{one.kind}: {one.left} = {one.right}" for one in evidence_of(likeness.evidence)]
    made = merge(absorbed, into=into, by=by, evidence=evidence, now=now)
    _answer(likeness, Likeness.Answer.CONFIRMED, by=by, now=now)
    likeness.merge = made
    likeness.save(update_fields=["merge"])
    return made


@transaction.atomic
def refuse(likeness_id: int, *, by: Colleague, now: datetime) -> Likeness:
    """They are two. Not proposed again, unless something new speaks for it."""
    likeness = _held(likeness_id)
    _answer(likeness, Likeness.Answer.REFUSED, by=by, now=now)
    return likeness


@transaction.atomic
def undo(likeness_id: int, *, by: Colleague, now: datetime) -> Merge | None:
    """Take the answer back: it is asked again. The merge that was undone with it, if any."""
    likeness = Likeness.objects.select_for_update(of=("self",)).get(pk=likeness_id)
    made = likeness.merge if likeness.answer == Likeness.Answer.CONFIRMED else None
    undone = made is not None and unmerge(made.pk, by=by, now=now)
    _answer(likeness, "", by=None, now=None)
    likeness.merge = None
    likeness.save(update_fields=["merge"])
    return made if undone else None


@transaction.atomic
def read_apart(merge: Merge, *, by: Colleague | None, now: datetime) -> None:
    """A merge was undone for itself: whoever said yes to it has been overruled."""
    Likeness.objects.filter(Q(merge=merge), answer=Likeness.Answer.CONFIRMED).update(
        answer=Likeness.Answer.REFUSED, answered_at=now, answered_by=by, merge=None
    )


def _held(likeness_id: int) -> Likeness:
    held = Likeness.objects.select_for_update(of=("self",)).select_related("left", "right")
    likeness = held.defer("left__search", "right__search").get(pk=likeness_id)
    if likeness.answer:
        raise AlreadyAnswered(likeness_id)
    return likeness


def _answer(likeness: Likeness, answer: str, *, by: Colleague | None, now: datetime | None) -> None:
    likeness.answer, likeness.answered_by, likeness.answered_at = answer, by, now
    likeness.save(update_fields=["answer", "answered_by", "answered_at"])
