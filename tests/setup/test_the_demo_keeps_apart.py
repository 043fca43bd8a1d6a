"""What belongs to the fictional company never happens in a real one."""

import random

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import Case
from ascolto.config.demo.trickle import trickle
from ascolto.desk.demo_emptying import NotTheDemo, empty
from tests import make

pytestmark = pytest.mark.django_db
CHANCE = random.Random(1)  # noqa: S311 # a test's own


def test_a_real_company_hears_nothing_from_it() -> None:
    make.mailbox()

    assert trickle(now=timezone.now(), chance=CHANCE) is None


def test_a_real_company_is_never_emptied() -> None:
    case = make.case()

    with pytest.raises(NotTheDemo):
        empty(now=timezone.now())

    assert Case.objects.filter(pk=case.pk).exists()


def test_a_company_that_is_not_the_demo_has_no_demo_pages(client: Client) -> None:
    make.company()
    client.force_login(make.colleague())

    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/svuota/", {"parola": "svuota"}).status_code == 404
