"""Whoever comes in with a file may be somebody we know: proposed, like everybody else."""

import pytest

from ascolto.people.likeness import comparing
from ascolto.people.models import Comparison, Customer, Likeness
from tests import make
from tests.exchange.files import imported

pytestmark = pytest.mark.django_db


def test_imported_customers_are_compared_with_those_we_know() -> None:
    known = make.identity("giulia.ferraris@example.org", "Giulia Ferraris").customer

    imported("nome,email\nGiulia Ferraris,giuliaferraris@posta.example\nAda Neri,ada@example.org\n")
    comparison = comparing.go_on(Comparison.objects.get().pk, now=make.NOON)

    [found] = Likeness.objects.all()
    assert found.left == known
    assert {one["kind"] for one in found.evidence} == {"RARE_NAME", "HANDLE"}
    assert comparison.proposed == 1
    assert Customer.objects.count() == 3


def test_a_file_that_brings_nobody_new_compares_nobody() -> None:
    imported("nome,email\nAda Neri,ada@example.org\n")
    Comparison.objects.all().delete()

    imported("nome,email\nAda Neri,ada@example.org\n")

    assert not Comparison.objects.exists()
