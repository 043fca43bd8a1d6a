"""Likely duplicates at the desk: on the case, on the customer, and all of them on one page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import Case, Message
from ascolto.cases.services.hearing import Opening, open_case
from ascolto.people.likeness.services import propose_for
from ascolto.people.models import Comparison, Customer, Likeness
from ascolto.people.queries import records_of
from ascolto.staff.models import Colleague
from ascolto.triage.services import propose_likenesses
from tests import make
from tests.desk.builders import page, reserved_case
from tests.desk.conftest import browser_of
from tests.triage.public import hear, writer

pytestmark = pytest.mark.django_db
ALL = "/clienti/somiglianze/"
POST = "@alba fibra giù da stasera! Giulia Ferraris"


@pytest.fixture
def mailed() -> Case:
    raw = make.mail(sender="Giulia Ferraris <giulia.ferraris@example.org>")
    return make.case(raw, now=timezone.now() - timedelta(minutes=20))


@pytest.fixture
def posted(mailed: Case) -> Case:
    """A stranger with nearly her handle asked the same in public, minutes later."""
    now = mailed.opened_at + timedelta(minutes=2)
    item = hear(POST, sender=writer("giulia.ferraris.example"), kind="MESSAGE", now=now)
    case = open_case(item, Opening(make.team(), "")).case
    propose_likenesses([case.pk], now=now)
    return case


def likeness() -> Likeness:
    return Likeness.objects.get()


def test_the_case_says_whom_it_seems_to_be_and_why(posted: Case, desk: Client) -> None:
    shown = page(desk, f"/casi/{posted.number}/")

    assert "Sembra la stessa persona:" in shown
    assert "la stessa domanda su due canali, a pochi minuti" in shown
    assert "lo stesso nome di profilo o di posta" in shown
    assert "95 su 100" in shown


def test_yes_joins_the_records_and_the_two_cases(mailed: Case, posted: Case, desk: Client) -> None:
    answer = desk.post(f"{ALL}{likeness().pk}/unisci/", {"caso": posted.pk})

    assert answer.status_code == 302
    assert answer["Location"] == f"/casi/{mailed.number}/"
    assert records_of(posted.customer_id) == records_of(mailed.customer_id)
    assert Message.objects.filter(case=mailed, item__isnull=False).count() == 2
    posted.refresh_from_db()
    assert posted.merged_into == mailed


@pytest.mark.usefixtures("posted")
def test_taken_back_each_has_his_own_words_again(
    mailed: Case, desk: Client, elena: Colleague
) -> None:
    found = likeness()
    desk.post(f"{ALL}{found.pk}/unisci/")

    desk.post(f"{ALL}{found.pk}/annulla/")

    assert records_of(mailed.customer_id) == [mailed.customer_id]
    heard = Message.objects.filter(item__isnull=False).select_related("case", "item__identity")
    assert all(one.item and one.item.identity for one in heard)
    assert {one.case.customer_id for one in heard} == {found.left_id, found.right_id}
    for one in heard:
        assert one.item is not None
        assert one.item.identity is not None
        assert one.case.customer_id == one.item.identity.customer_id
    assert "Sembra la stessa persona:" in page(desk, f"/casi/{mailed.number}/")


def test_no_is_remembered_and_the_panel_is_gone(posted: Case, desk: Client) -> None:
    desk.post(f"{ALL}{likeness().pk}/rifiuta/", {"caso": posted.pk})
    propose_likenesses([posted.pk], now=timezone.now())

    assert likeness().answer == Likeness.Answer.REFUSED
    assert "Sembra la stessa persona:" not in page(desk, f"/casi/{posted.number}/")


@pytest.mark.usefixtures("posted")
def test_all_of_them_stand_on_one_page_with_keys_for_the_first(desk: Client) -> None:
    shown = page(desk, ALL)

    assert "1 proposta." in shown
    assert "giulia.ferraris@example.org" in shown
    assert "@giulia.ferraris.example" in shown
    assert shown.count('data-key="s"') == shown.count('data-key="n"') == 1


@pytest.mark.usefixtures("posted")
def test_the_customer_page_asks_too_and_brings_back_there(mailed: Case, desk: Client) -> None:
    where = f"/clienti/{mailed.customer_id}/"
    shown = page(desk, where)

    answer = desk.post(f"{ALL}{likeness().pk}/rifiuta/", {"cliente": mailed.customer_id})

    assert "Sembra la stessa persona:" in shown
    assert answer["Location"] == where
    assert "non sono la stessa persona" in page(desk, ALL)


@pytest.mark.usefixtures("posted")
def test_answering_twice_says_that_somebody_was_first(desk: Client) -> None:
    found = likeness()
    desk.post(f"{ALL}{found.pk}/rifiuta/")

    answer = desk.post(f"{ALL}{found.pk}/unisci/", follow=True)

    assert "Qualcuno ha già risposto" in answer.content.decode()


@pytest.mark.usefixtures("mailed")
def test_who_may_not_know_of_one_of_the_two_is_not_asked(desk: Client) -> None:
    secret = reserved_case(make.team("Legale", is_reserved=True)).customer
    Customer.objects.filter(pk=secret.pk).update(name="Giulia Ferraris")
    propose_for(secret, now=timezone.now())
    found = likeness()

    shown = page(desk, ALL)

    assert "0 proposte" in shown
    assert desk.post(f"{ALL}{found.pk}/unisci/").status_code == 404


def test_a_light_helper_joins_nobody(posted: Case) -> None:
    helper = make.colleague("Ada Neri", role=Colleague.Role.HELPER)

    assert browser_of(helper).get(ALL).status_code == 403
    assert browser_of(helper).post(f"{ALL}{likeness().pk}/unisci/").status_code == 403
    assert records_of(posted.customer_id) == [posted.customer_id]


def test_who_leads_has_all_customers_compared_and_sees_how_far_it_is(
    marta: Colleague, desk: Client
) -> None:
    make.customer()

    begun = browser_of(marta).post(f"{ALL}cerca/")

    assert begun.status_code == 302
    assert Comparison.objects.get().asked_by == marta
    assert "Confronto in corso" in page(browser_of(marta), ALL)
    assert desk.post(f"{ALL}cerca/").status_code == 404
