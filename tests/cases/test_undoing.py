"""Whatever is undone is as if it had never been done: the turn, the clocks, the words given."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from ascolto.cases.models import Bulk, Case
from ascolto.cases.services import (
    answer,
    answer_left,
    note_call,
    pause_clock,
    promise,
    resolve,
    undo_resolve,
)
from ascolto.cases.services.bulk import ask_undo, run_bulk, start_bulk
from ascolto.cases.services.labelling import tag
from ascolto.cases.services.snoozing import snooze
from ascolto.channels.models import Outgoing
from ascolto.promises.models import ClockFact, Promise
from ascolto.staff.models import Colleague
from ascolto.timeline.queries import history_of
from tests import make

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = make.NOON + 3 * HOUR
FIELDS = (
    "team",
    "assignee",
    "priority",
    "resolved_at",
    "resolved_by",
    "snoozed_until",
    "snoozed_by",
    "sleeps_through",
    "waiting_since",
    "due_at",
    "due_from",
    "warn_at",
    "last_at",
    "last_words",
)
CLOCK = ("kind", "team", "due_at", "warn_at", "paused_at", "pause_reason", "ended_at", "ending")
DEEDS: list[tuple[str, dict[str, Any]]] = [
    ("ASSIGN", {"colleague": None}),
    ("TRANSFER", {"team": None, "colleague": None, "reason": "Tocca a loro."}),
    ("RESOLVE", {"reason": "Doppioni."}),
    ("SNOOZE", {"until": (make.NOON + 4 * DAY).isoformat()}),
    ("TAG", {"tag": "fibra"}),
    ("UNTAG", {"tag": "guasto"}),
    ("PRIORITISE", {"priority": 2}),
]


@pytest.fixture
def elena() -> Colleague:
    team = make.team()
    team.update_minutes, team.resolution_minutes = 480, 2880
    team.save(update_fields=["update_minutes", "resolution_minutes"])
    return make.colleague(teams=(team,))


def opened(number: int) -> Case:
    raw = make.mail(message_id=f"<n{number}@example.org>")
    return make.case(raw, now=make.NOON)


def every_state(elena: Colleague) -> list[Case]:
    """Cases in which somebody waits, was answered, called, promised something, or put away."""
    waits, answered, called, promised, paused, away, tagged = map(opened, range(7))
    said = answer(answered, author=elena, text="Arriva giovedì.", now=make.NOON)
    Outgoing.objects.filter(message=said).update(sent_at=make.NOON + HOUR)
    answer_left(said.outgoing_id or 0)
    note_call(called, author=elena, text="Va bene.", answered=True, now=make.NOON + HOUR)
    due = make.NOON + 2 * DAY
    promise(promised, words="La richiamo", due_at=due, by=elena, now=make.NOON)
    clock = Promise.objects.filter(subject=paused.reference).order_by("pk").first()
    assert clock is not None
    pause_clock(paused, clock.pk, reason="manca un pezzo", by=elena, now=make.NOON + HOUR)
    snooze(away, until=make.NOON + DAY, by=elena, now=make.NOON, sleeps_through=True)
    tag(tagged, ["guasto"], by=elena, now=make.NOON)
    return [waits, answered, called, promised, paused, away, tagged]


def how(cases: list[Case]) -> list[object]:
    """All that lists and clocks are drawn from, of each case and each of its clocks."""
    found: list[object] = []
    for case in cases:
        clocks = Promise.objects.filter(subject=case.reference).order_by("pk")
        facts = ClockFact.objects.filter(promise__in=clocks).order_by("pk")
        found.append(
            [
                Case.objects.filter(pk=case.pk).values(*FIELDS).get(),
                sorted(case.tags.values_list("name", flat=True)),
                list(clocks.values(*CLOCK)),
                list(facts.values_list("promise", "kind", "at")),
            ]
        )
    return found


def undone(bulk: Bulk, *, now: datetime) -> None:
    run_bulk(bulk.pk, now=now)
    ask_undo(bulk, now=now)
    run_bulk(bulk.pk, now=now + HOUR)


@pytest.mark.parametrize(("deed", "arguments"), DEEDS, ids=[deed for deed, _ in DEEDS])
def test_a_deed_on_many_that_is_undone_leaves_all_as_it_was(
    elena: Colleague, deed: str, arguments: dict[str, Any]
) -> None:
    cases = every_state(elena)
    before = how(cases)
    marta = make.colleague("Marta Riva", teams=(make.team(),))
    chosen = {"colleague": marta.pk} if deed == "ASSIGN" else arguments
    chosen = {**chosen, "team": make.team("Fatture").pk} if deed == "TRANSFER" else chosen
    ids = [case.pk for case in cases]
    bulk = start_bulk(deed, ids, arguments=chosen, by=elena, now=LATER)
    run_bulk(bulk.pk, now=LATER)
    assert how(cases) != before

    undone(bulk, now=LATER)

    assert how(cases) == before


def test_a_resolution_that_is_undone_leaves_all_as_it_was(elena: Colleague) -> None:
    for case in every_state(elena):
        before = how([case])
        resolve(case, by=elena, now=LATER, reason="Doppione.")

        undo_resolve(case, at=LATER, by=elena, now=LATER + HOUR)

        assert how([case]) == before
        assert history_of(case.reference)[-1].kind == "cases.resolve_undone"


def test_what_the_customer_opened_again_is_not_undone_twice(elena: Colleague) -> None:
    case = opened(1)
    resolve(case, by=elena, now=LATER, reason="Doppione.")
    note_call(case, author=elena, text="Non va.", answered=False, now=LATER + HOUR)
    before = how([case])

    undo_resolve(case, at=LATER, by=elena, now=LATER + 2 * HOUR)

    assert how([case]) == before


def test_only_the_resolution_that_is_named_is_undone(elena: Colleague) -> None:
    case = opened(1)
    resolve(case, by=elena, now=LATER, reason="Doppione.")

    undo_resolve(case, at=LATER - HOUR, by=elena, now=LATER + HOUR)

    assert Case.objects.get(pk=case.pk).resolved_at == LATER
