"""Lists are narrowed by their address, and kept under a name."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ascolto.cases.models import Case, SavedView
from ascolto.cases.queries.counts import queue_counts
from ascolto.cases.queries.filters import Filters, read
from ascolto.cases.queries.inbox import inbox
from ascolto.cases.queries.views import views_of
from ascolto.cases.services.labelling import tag
from ascolto.cases.services.viewing import NoName, delete_view, rename_view, save_view
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import many_cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def elena() -> Colleague:
    return make.colleague(teams=(make.team(),))


def found(elena: Colleague, **asked: list[str]) -> list[int]:
    page = inbox(elena, "all", after=None, now=make.NOON, filters=read(asked))
    return [row.id for row in page.rows]


@pytest.fixture
def four(elena: Colleague) -> list[Case]:
    """Four cases, of which the first is as each filter wants it."""
    made = many_cases(4, team=make.team("Fatture"), due=make.NOON)
    Case.objects.filter(pk__in=[case.pk for case in made[1:]]).update(
        team=make.team(), opened_at=make.NOON - timedelta(days=9), last_channel_kind="FORM"
    )
    first = Case.objects.filter(pk=made[0].pk)
    first.update(
        assignee=elena,
        priority=2,
        opened_at=make.NOON,
        waiting_since=None,
        due_at=make.NOON - timedelta(hours=1),
        customer=make.customer("Giulia Ferraris"),
    )
    tag(made[0], ["fibra", "guasto"], by=elena, now=make.NOON)
    tag(made[1], ["fibra"], by=elena, now=make.NOON)
    return made


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("squadra", "{team}"),
        ("assegnato", "io"),
        ("assegnato", "{elena}"),
        ("priorita", "urgente"),
        ("canale", "EMAIL"),
        ("attesa", "cliente"),
        ("scaduti", "1"),
        ("dal", "2026-03-01"),
        ("cliente", "{customer}"),
    ],
)
def test_each_filter_finds_what_it_asks_for(
    elena: Colleague, four: list[Case], name: str, value: str
) -> None:
    ids = {
        "team": make.team("Fatture").pk,
        "elena": elena.pk,
        "customer": make.customer("Giulia Ferraris").pk,
    }

    assert found(elena, **{name: [value.format(**ids)]}) == [four[0].pk]


def test_filters_narrow_together_and_every_tag_counts(elena: Colleague, four: list[Case]) -> None:
    assert len(found(elena, etichetta=["fibra"])) == 2
    assert found(elena, etichetta=["fibra", "guasto"]) == [four[0].pk]
    assert found(elena, etichetta=["fibra"], assegnato=["nessuno"]) == [four[1].pk]


def test_the_last_day_is_part_of_the_time_asked_for(elena: Colleague, four: list[Case]) -> None:
    assert four[0].pk in found(elena, al=["2026-03-04"])
    assert four[0].pk not in found(elena, al=["2026-03-03"])


@pytest.mark.parametrize(
    "asked",
    [
        {"squadra": ["²", "x", "9" * 30]},
        {"dal": ["ieri"], "al": ["9999-12-31"]},
        {"priorita": ["somma"], "canale": ["PICCIONE"], "attesa": ["tutti"], "scaduti": ["0"]},
        {"altro": ["1"]},
    ],
)
def test_what_means_nothing_is_left_out(asked: dict[str, list[str]]) -> None:
    assert read(asked) == Filters()


def test_a_narrowed_page_costs_what_a_whole_one_does(
    elena: Colleague, four: list[Case], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    billing = str(make.team("Fatture").pk)

    with django_assert_num_queries(3):
        found(elena, etichetta=["fibra"], squadra=[billing], scaduti=["1"])


def test_a_view_counts_what_its_list_shows(elena: Colleague, four: list[Case]) -> None:
    view = save_view("Guasti", filters={"etichetta": ["fibra"]}, by=elena, now=make.NOON)

    line = views_of(elena, now=make.NOON)[0]

    assert (line.name, line.count, line.queue) == ("Guasti", 2, "tutti")
    assert line.query == f"etichetta=fibra&vista={view.pk}"


def test_counts_of_all_views_are_one_query_and_stop_at_a_hundred(
    elena: Colleague, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many_cases(120, team=make.team())
    for name in ("Uno", "Due", "Tre"):
        save_view(name, filters={"coda": ["squadra"]}, by=elena, now=make.NOON)

    with django_assert_num_queries(2):
        lines = views_of(elena, now=make.NOON)

    assert [line.count for line in lines] == [100, 100, 100]


def test_a_view_of_what_is_late_grows_with_the_hours(elena: Colleague) -> None:
    many_cases(3, team=make.team(), due=make.NOON)
    save_view("Scaduti", filters={"scaduti": ["1"]}, by=elena, now=make.NOON)

    late = [
        views_of(elena, now=make.NOON + timedelta(minutes=minutes))[0].count
        for minutes in (0, 1, 60)
    ]

    assert late == [0, 1, 3]


def test_a_view_of_a_day_goes_by_the_days_of_the_company(elena: Colleague) -> None:
    cases = many_cases(1, team=make.team())
    evening = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)  # in Rome it is the next day
    Case.objects.filter(pk=cases[0].pk).update(opened_at=evening)
    save_view(
        "Di lunedì", filters={"dal": ["2026-11-16"], "al": ["2026-11-16"]}, by=elena, now=make.NOON
    )

    counts = {}
    for zone in ("UTC", "Europe/Rome", "UTC"):
        with timezone.override(zone):
            counts[zone] = views_of(elena, now=make.NOON)[0].count

    assert counts == {"UTC": 1, "Europe/Rome": 0}


def test_who_joins_a_team_counts_its_cases_from_then_on(elena: Colleague) -> None:
    legal = make.team("Legale", is_reserved=True)
    many_cases(2, team=legal)
    save_view("Tutti", filters={"coda": ["tutti"]}, by=elena, now=make.NOON)
    before = views_of(elena, now=make.NOON)[0].count, queue_counts(elena).all

    make.colleague(teams=(legal,))

    assert before == (0, 0)
    assert (views_of(elena, now=make.NOON)[0].count, queue_counts(elena).all) == (2, 2)


def test_a_view_is_seen_by_those_it_is_shared_with(elena: Colleague) -> None:
    marta = make.colleague("Marta Riva", teams=(make.team("Fatture"),))
    for name, shared, team in (
        ("Mia", False, None),
        ("Di tutti", True, None),
        ("Delle fatture", True, make.team("Fatture")),
        ("Di assistenza", True, make.team()),
    ):
        save_view(name, filters={}, by=elena, now=make.NOON, is_shared=shared, team=team)

    assert {line.name for line in views_of(marta, now=make.NOON)} == {"Di tutti", "Delle fatture"}
    assert len(views_of(elena, now=make.NOON)) == 4


def test_a_shared_view_shows_nobody_more_than_he_may_see(elena: Colleague) -> None:
    marta = make.colleague("Marta Riva", role=Colleague.Role.SUPERVISOR)
    many_cases(3, team=make.team("Legale", is_reserved=True))
    save_view("Tutto", filters={}, by=marta, now=make.NOON, is_shared=True)

    assert views_of(marta, now=make.NOON)[0].count == 3
    assert views_of(elena, now=make.NOON)[0].count == 0


def test_a_view_is_renamed_and_forgotten(elena: Colleague) -> None:
    view = save_view("Guasti", filters={}, by=elena, now=make.NOON)

    rename_view(view, name=" Fibra  giù ", is_shared=True, team=None, by=elena, now=make.NOON)
    assert SavedView.objects.get().name == "Fibra giù"

    delete_view(view, by=elena, now=make.NOON)
    assert not SavedView.objects.exists()


def test_a_view_has_a_name(elena: Colleague) -> None:
    with pytest.raises(NoName):
        save_view("  ", filters={}, by=elena, now=make.NOON)


def test_a_view_whose_words_make_no_sense_any_more_is_still_a_list(elena: Colleague) -> None:
    broken = {"coda": "x", "squadra": 3, "dal": ["ieri"]}
    SavedView.objects.create(name="Rotta", owner=elena, filters=broken, made_at=make.NOON)

    assert views_of(elena, now=make.NOON)[0].queue == "tutti"
