"""A handle leads to its page, once its network has said where that is."""

import pytest
from pytest_django import DjangoAssertNumQueries

from ascolto.channels.models import Arrival, Item
from ascolto.channels.ports import Heard, Post
from ascolto.channels.services.keeping import Read, keep
from ascolto.kit import blobs
from ascolto.people.models import Identity
from ascolto.people.services import note_pages
from ascolto.triage.services import case_from_mention
from tests import make
from tests.desk.builders import page
from tests.desk.conftest import browser_of
from tests.triage.public import mention_of, network, numbers, writer

pytestmark = pytest.mark.django_db
PAGE = "https://bsky.app/profile/did:plc:giulia"
GIULIA = writer("giulia.example", name="Giulia")


def handle() -> Identity:
    return Identity.objects.create(
        customer=make.customer(), kind=Identity.Kind.HANDLE, value="@giulia.example",
        normal="@giulia.example", first_seen_at=make.NOON,
    )  # fmt: skip


def heard(kind: str = "POST") -> Item:
    """Giulia says something, and her network says where she can be found."""
    where, number = network(), next(numbers)
    arrival = Arrival.objects.create(
        channel=where, external_id=f"{number}", raw_id=blobs.store(b"ciao"), received_at=make.NOON
    )
    post = Post(key=f"at://giulia/{number}")
    said = Heard(kind=kind, sender=GIULIA, text="ciao", profile=PAGE, post=post)
    return keep([Read(arrival.pk, where.pk, make.NOON, said)], now=make.NOON)[0]


def test_a_typed_handle_is_given_its_page_when_it_is_heard() -> None:
    typed = handle()

    heard()

    typed.refresh_from_db()
    assert typed.profile == PAGE


def test_whoever_writes_to_us_is_met_with_his_page() -> None:
    heard("MESSAGE")

    assert Identity.objects.get().profile == PAGE


def test_whoever_becomes_a_customer_by_a_case_is_met_with_his_page() -> None:
    mention = mention_of(heard())

    case_from_mention(mention, team=make.team(), by=make.colleague(), now=make.NOON)

    assert Identity.objects.get().profile == PAGE


@pytest.mark.parametrize("told", ["", "javascript:alert(1)", f"https://{'a' * 500}"])
def test_what_is_no_page_is_left_out(told: str) -> None:
    assert note_pages([(handle(), told)]) == 0


def test_what_is_known_costs_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    typed = handle()
    note_pages([(typed, PAGE)])

    with django_assert_num_queries(0):
        assert note_pages([(typed, PAGE)]) == 0


def test_the_card_of_the_customer_leads_there() -> None:
    desk = browser_of(make.colleague(teams=(make.team(),)))
    typed = handle()
    note_pages([(typed, PAGE)])

    assert f'href="{PAGE}"' in page(desk, f"/clienti/{typed.customer_id}/")
