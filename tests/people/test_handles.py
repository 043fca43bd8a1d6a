"""A name on a network that a colleague typed is recognised, and becomes the id of its network."""

import pytest

from ascolto.people.handles import keys_typed_for, name_in, typed_form
from ascolto.people.models import Identity
from ascolto.people.policy import Sender, guessed_kind, normal_form
from ascolto.people.services import known_many, recognise
from tests import make

OF_GIULIA = Sender(
    "HANDLE",
    "bluesky:did:plc:ferraris",
    "Giulia",
    shown="@giulia.example",
    aliases=("bluesky:giulia.example",),
)
OF_LUCA = Sender(
    "HANDLE",
    "bluesky:did:plc:moretti",
    "Luca",
    shown="@giulia.example",
    aliases=("bluesky:giulia.example",),
)


def typed(value: str, name: str = "Giulia Ferraris") -> Identity:
    """What a colleague writes on the page of a customer."""
    customer = make.customer(name)
    normal = normal_form("HANDLE", value)
    assert normal is not None
    return Identity.objects.create(
        customer=customer, kind="HANDLE", value=value, normal=normal, first_seen_at=make.NOON
    )


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("https://bsky.app/profile/Giulia.Example", "bluesky:giulia.example"),
        ("bluesky:@giulia.example", "bluesky:giulia.example"),
        ("@giulia@mastodon.example", "mastodon:giulia@mastodon.example"),
        ("https://mastodon.example/@Giulia", "mastodon:giulia@mastodon.example"),
        ("https://x.com/giuferra", "x:giuferra"),
        ("https://t.me/giuferra", "telegram:giuferra"),
        ("bluesky:did:plc:ferraris", "bluesky:did:plc:ferraris"),
        ("@giuferra", "@giuferra"),
    ],
)
def test_a_name_on_a_network_has_one_form_however_it_is_typed(text: str, form: str) -> None:
    assert guessed_kind(text) == "HANDLE"
    assert typed_form(text) == form


def test_a_bare_name_says_nothing_on_a_network_where_all_names_are_bare() -> None:
    keys = keys_typed_for("x:4711", shown="@giulia", aliases=())

    assert keys == {"x:giulia"}
    assert name_in("@giulia.ferraris@mastodon.example") == "giulia.ferraris"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value", ["@giulia.example", "giulia.example", "https://bsky.app/profile/giulia.example"]
)
def test_a_typed_handle_is_recognised_at_the_first_post_and_its_id_written_down(
    value: str,
) -> None:
    written = typed(value)

    [known] = known_many([OF_GIULIA])

    assert known is not None
    assert known.pk == written.pk
    written.refresh_from_db()
    assert written.normal == "bluesky:did:plc:ferraris"
    assert written.value == value


@pytest.mark.django_db
def test_who_takes_the_handle_later_is_somebody_else() -> None:
    written = typed("@giulia.example")
    known_many([OF_GIULIA])

    [other] = known_many([OF_LUCA])
    met = recognise(OF_LUCA, now=make.NOON)

    assert other is None
    assert met.customer_id != written.customer_id


@pytest.mark.django_db
def test_who_writes_privately_is_recognised_by_the_typed_handle_too() -> None:
    written = typed("@giulia.example")

    met = recognise(OF_GIULIA, now=make.NOON)

    assert met.customer_id == written.customer_id


@pytest.mark.django_db
def test_a_bare_name_that_could_be_of_any_network_is_not_taken_for_proof() -> None:
    typed("@giulia")

    [known] = known_many([Sender("HANDLE", "x:4711", "Giulia", shown="@giulia")])

    assert known is None


@pytest.mark.django_db
def test_a_handle_written_down_on_two_customers_is_nobodys_until_a_person_says_whose() -> None:
    typed("@giulia.example")
    typed("bluesky:giulia.example", "Luca Moretti")

    [known] = known_many([OF_GIULIA])

    assert known is None
