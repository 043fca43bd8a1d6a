"""When it is over, he is asked once how easy it was."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import Effort
from ascolto.cases.services import reopen, resolve
from ascolto.timeline.queries import history_of
from tests import make
from tests.portal.pages import Page, fresh_page, we_answer

pytestmark = pytest.mark.django_db
QUESTION = "Quanto è stato facile risolvere con noi?"


def over() -> Page:
    page = fresh_page()
    we_answer(page.case, "Provi adesso.")
    resolve(page.case, by=make.colleague(), now=timezone.now())
    return page


def say(client: Client, page: Page, score: int) -> int:
    return int(client.post(f"{page.path}sforzo/", {"facile": score}).status_code)


def shown(client: Client, page: Page) -> str:
    return str(client.get(page.path).content.decode())


def test_it_is_asked_when_it_is_over_and_not_before(client: Client) -> None:
    page = fresh_page()
    we_answer(page.case, "Provi adesso.")
    assert QUESTION not in shown(client, page)

    resolve(page.case, by=make.colleague(), now=timezone.now())

    assert QUESTION in shown(client, page)


def test_one_click_says_it_and_he_may_think_it_over(client: Client) -> None:
    page = over()

    assert (say(client, page, 2), say(client, page, 6), say(client, page, 6)) == (303, 303, 303)

    assert Effort.objects.get().score == 6
    told = history_of(page.case.reference, kinds=["cases.effort_told"])
    assert [(one.facts["score"], one.facts["again"]) for one in told] == [(2, False), (6, True)]
    assert 'aria-pressed="true">6<' in shown(client, page)


def test_a_link_in_a_mail_says_nothing(client: Client) -> None:
    page = over()

    answer = client.get(f"{page.path}sforzo/?facile=1")

    assert answer.headers["Location"] == f"{page.path}#sforzo"
    assert not Effort.objects.exists()


@pytest.mark.parametrize("score", [0, 8, "x"])
def test_what_is_no_answer_to_it_is_not_kept(client: Client, score: object) -> None:
    page = over()

    assert client.post(f"{page.path}sforzo/", {"facile": score}).status_code == 404
    assert not Effort.objects.exists()


def test_after_a_day_it_stands(client: Client) -> None:
    page = over()
    say(client, page, 6)
    Effort.objects.update(at=timezone.now() - timedelta(hours=25))

    assert say(client, page, 1) == 409
    assert Effort.objects.get().score == 6


def test_what_was_opened_again_is_not_over(client: Client) -> None:
    page = over()
    reopen(page.case, by=make.colleague(), now=timezone.now())

    assert say(client, page, 6) == 409
    assert not Effort.objects.exists()
