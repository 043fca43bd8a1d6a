"""A query that is written once is asked anew each time."""

from datetime import timedelta

import pytest
from django.db.models import DateTimeField
from pytest_django import DjangoAssertNumQueries

from ascolto.cases.models import Case
from ascolto.kit.written import Blank, written
from tests import make
from tests.desk.builders import many_cases

pytestmark = pytest.mark.django_db


def test_a_blank_is_filled_in_when_it_is_asked(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first, second = many_cases(2, team=make.team(), due=make.NOON)
    due = Case.objects.filter(due_at__lte=Blank("now", DateTimeField())).order_by("due_at")
    late = written(due.values_list("pk"))

    with django_assert_num_queries(3):
        assert late.rows(now=make.NOON - timedelta(minutes=1)) == []
        assert late.rows(now=make.NOON) == [(first.pk,)]
        assert late.rows(now=make.NOON + timedelta(hours=1)) == [(first.pk,), (second.pk,)]


def test_a_blank_nobody_filled_in_is_an_error() -> None:
    late = written(Case.objects.filter(due_at__lte=Blank("now", DateTimeField())))

    with pytest.raises(KeyError):
        late.rows()
