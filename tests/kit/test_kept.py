"""A query that is kept finds what the same query made anew finds, whatever it is asked with."""

import threading

import pytest
from django.db.models import F
from pytest_django import DjangoAssertNumQueries

from ascolto.cases.models import Case
from ascolto.kit.kept import Kept, number, numbers
from tests import make
from tests.desk.builders import case_of

pytestmark = pytest.mark.django_db


def wanted() -> Kept[Case]:
    return Kept(
        lambda: (
            Case.objects.select_related("customer", "assignee")
            .defer("customer__search", "fields")
            .annotate(named=F("customer__name"))
            .filter(customer__any_of=numbers("records"))
            .exclude(pk=number("but"))
            .order_by("-pk")
        )
    )


def test_each_time_it_is_asked_with_other_values(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    giulia, marta = case_of("Giulia Ferraris"), case_of("Marta Villa")
    marta.assignee = make.colleague("Elena Sala")
    marta.save()
    kept = wanted()
    both = [giulia.customer_id, marta.customer_id]

    with django_assert_num_queries(3):
        first = kept.rows(records=both, but=0)
        second = kept.rows(records=both, but=marta.pk)
        third = kept.rows(records=[], but=0)

    assert ([*first], [*second], [*third]) == ([marta, giulia], [giulia], [])


def test_its_rows_come_with_what_was_joined_left_out_and_reckoned(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    giulia = case_of("Giulia Ferraris")

    with django_assert_num_queries(1):
        (found,) = wanted().rows(records=[giulia.customer_id], but=0)
        assert (found.customer.name, found.assignee) == ("Giulia Ferraris", None)
        assert found.named == "Giulia Ferraris"  # type: ignore[attr-defined] # annotated

    assert found.get_deferred_fields() == {"fields"}
    assert found.customer.get_deferred_fields() == {"search"}
    assert not found._state.adding  # noqa: SLF001 # Django's word for a row of the database


def test_a_value_that_is_not_given_is_an_error() -> None:
    with pytest.raises(KeyError, match="but"):
        wanted().rows(records=[])


def test_it_is_made_once_by_however_many_ask_first(transactional_db: None) -> None:
    made: list[int] = []

    def make_it() -> object:
        made.append(1)
        return Case.objects.all()

    kept: Kept[Case] = Kept(make_it)  # type: ignore[arg-type] # it only counts
    threads = [threading.Thread(target=kept._write) for _ in range(8)]  # noqa: SLF001 # no database in them
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(made) == 1
