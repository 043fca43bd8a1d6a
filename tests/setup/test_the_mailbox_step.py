"""No step passes on hope: a mailbox is kept as it was tried, by whoever tried it, or not at all."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.channels.adapters.email.dkim import new_key
from ascolto.channels.models import Channel
from ascolto.desk.setup_mailbox_keeping import Stale, Wanted, key_of_domain, opened, sealed
from ascolto.kit.secrets import seal, unseal
from ascolto.staff.models import Colleague
from tests import make

pytestmark = pytest.mark.django_db
SERVER = {"host": "127.0.0.1", "security": "plain", "user": "aiuto", "port": 9}
WANTED = Wanted(
    "aiuto@alba.example",
    {"imap": SERVER, "smtp": SERVER, "start": "NEW"},
    {"imap_password": "segretissima", "smtp_password": "segretissima"},
)
ASKED = {
    "address": "aiuto@alba.example",
    "imap": "127.0.0.1",
    "imap_port": "9",
    "smtp": "127.0.0.1",
    "smtp_port": "9",
    "security": "plain",
    "user": "aiuto",
    "password": "segretissima",
}


@pytest.fixture
def owner(client: Client) -> Colleague:
    make.team()
    owner = make.colleague("Paola Ferri", role=Colleague.Role.OWNER)
    client.force_login(owner)
    return owner


def test_a_mailbox_that_does_not_answer_offers_no_way_on(client: Client, owner: Colleague) -> None:
    response = client.post("/avvio/casella/prova/", ASKED)

    assert response.streaming
    html = response.getvalue().decode()
    assert "La casella non si lascia leggere" in html
    assert "correggi e rifai la prova" in html
    assert "Continua con questa casella" not in html
    assert "segretissima" not in html
    assert "v=DKIM1" in html
    assert html.rstrip().endswith("</html>")


def test_trying_again_keeps_the_key_that_may_stand_in_the_dns(
    client: Client, owner: Colleague
) -> None:
    first, second = (
        client.post("/avvio/casella/prova/", ASKED).getvalue().decode().partition("v=DKIM1")[2]
        for _ in range(2)
    )

    assert first[:300] == second[:300] != ""


def test_a_second_mailbox_of_a_domain_signs_with_the_key_of_the_first(owner: Colleague) -> None:
    key, first = new_key(), make.mailbox()
    first.settings = {"dkim": {"domain": "alba.example", "selector": "ascolto"}}
    first.secret = seal(json.dumps({"dkim_key": key}))
    first.save()

    assert key_of_domain("Alba.example") == key
    assert key_of_domain("altra.example") is None


def test_nonsense_is_told_before_anything_is_tried(client: Client, owner: Colleague) -> None:
    response = client.post("/avvio/casella/prova/", {**ASKED, "imap": "imap alba", "smtp": "x y"})

    assert response.status_code == 422
    assert "Così non si può" in response.content.decode()


def test_what_was_tried_is_kept_sealed(client: Client, owner: Colleague) -> None:
    trial = sealed(WANTED, by=owner, now=timezone.now())

    response = client.post("/avvio/casella/tieni/", {"prova": trial})

    assert response["Location"] == "/avvio/squadre/"
    kept = Channel.objects.get(kind=Channel.Kind.EMAIL)
    assert kept.address == "aiuto@alba.example"
    assert b"segretissima" not in bytes(kept.secret)
    assert "segretissima" in unseal(bytes(kept.secret))
    assert "segretissima" not in str(kept.settings)


def test_keeping_it_twice_is_one_mailbox(client: Client, owner: Colleague) -> None:
    for _ in range(2):
        trial = sealed(WANTED, by=owner, now=timezone.now())
        client.post("/avvio/casella/tieni/", {"prova": trial})

    assert Channel.objects.filter(kind=Channel.Kind.EMAIL).count() == 1


def test_an_old_trial_and_somebody_elses_are_worth_nothing(owner: Colleague) -> None:
    now = timezone.now()
    trial = sealed(WANTED, by=owner, now=now)
    elena = make.colleague()

    with pytest.raises(Stale):
        opened(trial, by=owner, now=now + timedelta(minutes=31))
    with pytest.raises(Stale):
        opened(trial, by=elena, now=now)
    with pytest.raises(Stale):
        opened("mai provata", by=owner, now=now)


def test_the_mailbox_may_wait(client: Client, owner: Colleague) -> None:
    assert "Più tardi" in client.get("/avvio/casella/").content.decode()
    assert "Nessuna casella collegata" in client.get("/avvio/fatto/").content.decode()
