"""What asks the same stands together: measured on comments sorted by hand.

Weights were chosen on the comments of the telephone company. Those of the power company were
written after, and are only measured.
"""

import random
from collections.abc import Sequence

import pytest

from ascolto.listening.policy.causes import Group, Spoken, grouped, name_of
from ascolto.listening.policy.saying import said_in, spelled
from ascolto.reading import Text, read_many
from tests.listening import comments, comments_of_power
from tests.listening.scoring import pairs

Sorted = Sequence[tuple[str, str]]  # text, cause by hand; empty: a single
TELEPHONE = comments.CAUSES, comments.SINGLES, "Autunno a 19,90: fibra per tutti"
POWER = comments_of_power.CAUSES, comments_of_power.SINGLES, comments_of_power.TITLE


def by_hand(causes: dict[str, list[str]], singles: list[str], *, seed: int) -> Sorted:
    rows = [(text, cause) for cause, texts in causes.items() for text in texts]
    rows += [(text, "") for text in singles]
    random.Random(seed).shuffle(rows)  # noqa: S311 # the same order each time
    return rows


def said(rows: Sorted, under: str) -> list[Spoken]:
    readings = read_many([Text(text, "facebook", under) for text, _cause in rows])
    return [
        Spoken(number, said_in(text), one.topic if one.probabilities["topic"] >= 0.5 else "")
        for number, ((text, _cause), one) in enumerate(zip(rows, readings, strict=True))
    ]


def sort(several: Sequence[Spoken], *, at_once: int) -> dict[int, int | None]:
    """As they come, so many at a time; the cause of each."""
    groups: list[Group] = []
    found: dict[int, int | None] = dict.fromkeys(range(len(several)))
    for start in range(0, len(several), at_once):
        fresh = [one for one in several[: start + at_once] if found[one.id] is None]
        for group in groups:
            group.members = []
        for group in grouped(fresh, groups):
            if group.id is None:
                group.id = len(groups) + 1
                groups.append(group)
            found |= dict.fromkeys(group.members, group.id)
    return found


@pytest.mark.parametrize(
    ("company", "at_once", "precision", "recall"),
    [
        (TELEPHONE, 200, 0.80, 0.65),
        (TELEPHONE, 20, 0.70, 0.65),
        (POWER, 200, 0.70, 0.50),
        (POWER, 20, 0.60, 0.50),
    ],
    ids=[
        "telephone, together",
        "telephone, as they come",
        "power, together",
        "power, as they come",
    ],
)
def test_what_asks_the_same_stands_together(
    company: tuple[dict[str, list[str]], list[str], str],
    at_once: int,
    precision: float,
    recall: float,
) -> None:
    causes, singles, under = company
    scores = []
    for seed in range(5):
        rows = by_hand(causes, singles, seed=seed)
        found = sort(said(rows, under), at_once=at_once)
        scores.append(pairs(found, dict(enumerate(cause for _text, cause in rows))))

    right, whole = (sum(part) / len(scores) for part in zip(*scores, strict=True))

    print(f"pairs, {at_once} at once: precision {right:.2f}, recall {whole:.2f}")  # noqa: T201 # a figure
    assert right >= precision
    assert whole >= recall


def test_the_same_comments_are_always_sorted_alike() -> None:
    rows = by_hand(*TELEPHONE[:2], seed=1)
    several = said(rows, TELEPHONE[2])

    assert sort(several, at_once=20) == sort(several, at_once=20)


def test_who_stands_in_a_cause_stays_there_when_others_come() -> None:
    rows = by_hand(*TELEPHONE[:2], seed=2)
    several = said(rows, TELEPHONE[2])

    first = sort(several[:40], at_once=20)
    later = sort(several, at_once=20)

    assert {pk: later[pk] for pk, cause in first.items() if cause} == {
        pk: cause for pk, cause in first.items() if cause
    }


def test_nobody_is_put_together_with_people_who_say_something_else() -> None:
    several = said([(text, "") for text in comments.SINGLES], TELEPHONE[2])

    assert len([cause for cause in sort(several, at_once=8).values() if cause]) <= 2


def test_a_cause_is_called_by_what_most_of_it_say() -> None:
    texts = comments.CAUSES["trasloco"]
    group = Group()
    for one in said([(text, "") for text in texts], TELEPHONE[2]):
        group.take(one)

    assert name_of(group.said, group.size, spelled(texts)).startswith("Trasloco")
