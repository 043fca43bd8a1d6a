"""One deed on many cases: each for itself, with the reason where it cannot be, and back."""

from datetime import timedelta

import pytest

from ascolto.cases.models import Bulk, Case
from ascolto.cases.services import assign
from ascolto.cases.services.bulk import NothingChosen, ask_undo, run_bulk, start_bulk
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import many_cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def elena() -> Colleague:
    return make.colleague(teams=(make.team(),))


def do(deed: str, cases: list[Case], by: Colleague, **arguments: object) -> Bulk:
    ids = [case.pk for case in cases]
    bulk = start_bulk(deed, ids, arguments=arguments, by=by, now=make.NOON)
    run_bulk(bulk.pk, now=make.NOON)
    return Bulk.objects.get(pk=bulk.pk)


def undo(bulk: Bulk) -> None:
    ask_undo(bulk, now=make.NOON)
    run_bulk(bulk.pk, now=make.NOON)


def how(cases: list[Case]) -> list[tuple[object, ...]]:
    fresh = Case.objects.filter(pk__in=[case.pk for case in cases]).order_by("pk")
    return [
        (
            case.assignee_id,
            case.team_id,
            case.priority,
            case.resolved_at,
            case.snoozed_until,
            sorted(case.tags.values_list("name", flat=True)),
        )
        for case in fresh
    ]


def deeds() -> list[tuple[str, dict[str, object]]]:
    tomorrow = (make.NOON + timedelta(days=1)).isoformat()
    return [
        ("PRIORITISE", {"priority": 2}),
        ("TAG", {"tag": "Fibra"}),
        ("SNOOZE", {"until": tomorrow}),
        ("RESOLVE", {"reason": "Doppioni."}),
    ]


@pytest.mark.parametrize(("deed", "arguments"), deeds())
def test_a_deed_is_done_on_all_and_undone_on_all(
    elena: Colleague, deed: str, arguments: dict[str, object]
) -> None:
    cases = many_cases(25, team=make.team(), due=make.NOON)
    before = how(cases)

    bulk = do(deed, cases, elena, **arguments)
    after = how(cases)
    undo(bulk)

    assert bulk.finished_at == make.NOON
    assert bulk.cases.filter(done_at__isnull=False).count() == 25
    assert all(new != old for new, old in zip(after, before, strict=True))
    assert how(cases) == before


def test_cases_are_given_and_handed_over_and_come_back(elena: Colleague) -> None:
    cases, billing = many_cases(3, team=make.team(), due=make.NOON), make.team("Fatture")
    before = how(cases)

    given = do("ASSIGN", cases, elena, colleague=elena.pk)
    assert {case.assignee for case in Case.objects.all()} == {elena}
    undo(given)
    handed = do("TRANSFER", cases, elena, team=billing.pk, colleague=None, reason="Tocca a loro.")
    assert {case.team for case in Case.objects.all()} == {billing}
    undo(handed)

    assert how(cases) == before


def test_a_refusal_stops_only_its_own_case_and_says_why(elena: Colleague) -> None:
    quiet, waiting = many_cases(1, team=make.team(), due=make.NOON)[0], make.case()

    bulk = do("RESOLVE", [quiet, waiting], elena, reason="")

    refused = bulk.cases.get(done_at=None)
    assert (refused.case, refused.refused) == (waiting, "waits")
    assert Case.objects.get(pk=quiet.pk).resolved_at == make.NOON
    assert Case.objects.get(pk=waiting.pk).resolved_at is None


def test_what_he_may_not_see_is_not_touched(elena: Colleague) -> None:
    secret = many_cases(1, team=make.team("Legale", is_reserved=True), due=make.NOON)

    with pytest.raises(NothingChosen):
        do("PRIORITISE", secret, elena, priority=2)

    assert Case.objects.get().priority == 0


def test_what_somebody_changed_since_is_not_undone(elena: Colleague) -> None:
    case = many_cases(1, team=make.team(), due=make.NOON)[0]
    marta = make.colleague("Marta Riva")
    bulk = do("ASSIGN", [case], elena, colleague=elena.pk)
    assign(case, to=marta, by=marta, now=make.NOON)

    undo(bulk)

    assert Case.objects.get().assignee == marta


def test_a_job_that_runs_twice_does_it_once(elena: Colleague) -> None:
    case = many_cases(1, team=make.team(), due=make.NOON)[0]
    bulk = do("TAG", [case], elena, tag="fibra")

    run_bulk(bulk.pk, now=make.NOON + timedelta(hours=1))

    assert bulk.cases.get().done_at == make.NOON
