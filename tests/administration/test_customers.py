from dataclasses import replace
from datetime import date, timedelta

import pytest

from ascolto.administration.services.customers import (
    Details,
    NoName,
    change_customer,
    create_customer,
    details_of,
    rename_customer,
)
from ascolto.administration.services.identities import (
    IdentityInUse,
    IdentityTaken,
    NoReason,
    add_identity,
    remove_identity,
    verify_identity,
)
from ascolto.people.models import Customer, Identity
from ascolto.people.policy import Sender
from ascolto.people.services import NotAnIdentity
from ascolto.staff.models import Colleague
from ascolto.timeline.queries import Deed, history_of
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def elena() -> Colleague:
    return make.colleague("Elena Sala", teams=(make.team(),))


def _history(customer: Customer) -> list[Deed]:
    return history_of(f"customer:{customer.pk}")


def test_a_customer_can_be_known_before_he_writes(elena: Colleague) -> None:
    details = Details("Luca Moretti", about="Fotografo, Ivrea", since=date(2019, 5, 1))

    luca = create_customer(
        details,
        identities=[Sender("EMAIL", "luca@example.org"), Sender("PHONE", "333 1234567")],
        by=elena,
        now=make.NOON,
    )

    assert (luca.name, luca.about, luca.since) == ("Luca Moretti", details.about, details.since)
    assert [one.normal for one in luca.identities.order_by("pk")] == [
        "luca@example.org",
        "+393331234567",
    ]
    assert [deed.kind for deed in _history(luca)] == [
        "people.created",
        "people.identity_added",
        "people.identity_added",
    ]


def test_an_address_of_somebody_else_stops_the_new_record_whole(elena: Colleague) -> None:
    owner = make.identity("luca@example.org", "Luca Moretti")

    with pytest.raises(IdentityTaken) as problem:
        create_customer(
            Details("Un altro"),
            identities=[Sender("PHONE", "333 1234567"), Sender("EMAIL", "LUCA@example.org")],
            by=elena,
            now=make.NOON,
        )

    assert problem.value.identity == owner
    assert not Customer.objects.filter(name="Un altro").exists()


def test_nobody_is_called_nothing(elena: Colleague) -> None:
    with pytest.raises(NoName):
        create_customer(Details("  "), by=elena, now=make.NOON)


def test_each_change_says_what_stood_there_before(elena: Colleague) -> None:
    giulia = make.customer("Giulia Ferraris")
    wanted = replace(details_of(giulia), name="Giulia Ferraris Bo", about="Architetta, Torino")

    change_customer(giulia, wanted, by=elena, now=make.NOON + timedelta(hours=1))

    told = _history(giulia)[-1]
    assert (told.kind, told.by_name) == ("people.changed", "Elena Sala")
    assert told.facts == {
        "name": ["Giulia Ferraris", "Giulia Ferraris Bo"],
        "about": ["", "Architetta, Torino"],
    }


def test_what_does_not_change_is_not_told(elena: Colleague) -> None:
    giulia = make.customer("Giulia Ferraris")

    rename_customer(giulia, name=" Giulia Ferraris ", by=elena, now=make.NOON)

    assert _history(giulia) == []


def test_what_is_no_address_is_refused(elena: Colleague) -> None:
    with pytest.raises(NotAnIdentity):
        add_identity(make.customer("Giulia"), Sender("EMAIL", "giulia.it"), by=elena, now=make.NOON)


def test_a_colleague_vouches_for_an_address_and_says_how_he_knows(elena: Colleague) -> None:
    identity = make.identity()

    with pytest.raises(NoReason):
        verify_identity(identity, reason=" ", by=elena, now=make.NOON)
    verify_identity(identity, reason="Documento visto in negozio", by=elena, now=make.NOON)

    identity.refresh_from_db()
    assert identity.verified_at == make.NOON
    told = _history(identity.customer)[-1]
    assert told.facts == {"value": identity.value, "reason": "Documento visto in negozio"}


def test_an_address_that_was_never_used_is_forgotten(elena: Colleague) -> None:
    giulia = make.customer("Giulia Ferraris")
    wrong = add_identity(giulia, Sender("EMAIL", "gulia@example.org"), by=elena, now=make.NOON)

    remove_identity(wrong, by=elena, now=make.NOON)

    assert not Identity.objects.filter(pk=wrong.pk).exists()
    assert _history(giulia)[-1].facts["value"] == "gulia@example.org"


def test_an_address_that_wrote_stays_and_nothing_is_told(elena: Colleague) -> None:
    case = make.case()
    identity = Identity.objects.get(customer=case.customer)

    with pytest.raises(IdentityInUse):
        remove_identity(identity, by=elena, now=make.NOON)

    assert Identity.objects.filter(pk=identity.pk).exists()
    assert _history(case.customer) == []
