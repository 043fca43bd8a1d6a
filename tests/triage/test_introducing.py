"""Who writes our code in private is recognised at once; nobody is by a code that all can read."""

import pytest
from django.test import Client

from ascolto.cases.models import Case
from ascolto.channels.models import Channel
from ascolto.people.handshake import code_for
from ascolto.people.models import Customer, Merge
from ascolto.people.queries import records_of
from ascolto.triage.services import consider_mentions, place_many
from tests import make
from tests.desk.builders import page
from tests.desk.conftest import browser_of
from tests.triage.public import hear, mention_of, network, writer

pytestmark = pytest.mark.django_db
NEW = writer("gf.example")


def code_of(customer: Customer) -> str:
    return code_for(customer.pk, today=make.NOON.date())


def said(text: str, *, kind: str = "MESSAGE") -> None:
    item = hear(text, sender=NEW, channel=network(Channel.Kind.TELEGRAM), kind=kind)
    place_many([item.pk], now=make.NOON)


def test_the_account_is_his_and_its_question_joins_his_case() -> None:
    case = make.case()

    said(f"fibra giù da stasera! {code_of(case.customer)}")

    merge = Merge.objects.get()
    assert merge.into == case.customer
    assert merge.merged_by is None
    assert merge.absorbed.identities.get().verified_at == make.NOON
    assert Case.objects.get() == case
    assert case.conversations.count() == 2


def test_in_public_a_code_proves_nothing() -> None:
    customer = make.customer()
    item = hear(f"ecco {code_of(customer)}", sender=NEW, kind="POST")

    consider_mentions([mention_of(item, opens_cases=True).pk], now=make.NOON)

    assert not Merge.objects.exists()


def test_a_mail_with_a_code_can_be_forwarded_and_proves_nothing() -> None:
    customer = make.customer()

    make.receive(make.mail(code_of(customer), sender="Luca Moretti <luca@example.org>"))

    assert not Merge.objects.exists()


def test_somebody_we_know_as_another_is_not_made_somebody_else_by_a_code() -> None:
    customer = make.customer()
    said("Buongiorno")
    luca = Customer.objects.exclude(pk=customer.pk).get()
    luca.identities.create(
        kind="EMAIL", value="luca@example.org", normal="luca@example.org", first_seen_at=make.NOON
    )

    said(code_of(customer))

    assert records_of(luca.pk) == [luca.pk]


def test_his_page_has_the_code_for_who_may_change_it() -> None:
    customer = make.customer()
    elena = make.colleague(teams=(make.team(),))
    desk: Client = browser_of(elena)

    assert f"asc-{customer.pk}-" in page(desk, f"/clienti/{customer.pk}/")
