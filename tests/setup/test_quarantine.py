"""What could not be read is seen by people, with its bytes and the reason."""

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.channels.models import Arrival, Channel
from ascolto.channels.services.reading import quarantine
from ascolto.config.demo.letters import bounce
from ascolto.desk.quarantine_queries import guess
from ascolto.staff.models import Colleague
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def arrival() -> Arrival:
    """A mail that its reader gave up on."""
    raw = make.mail(sender="Giulia <giulia@example.org>", subject="Non mi leggono")
    item = make.receive(raw, now=timezone.now())
    assert item is not None
    kept = item.arrival
    second = Arrival.objects.create(
        channel=kept.channel, external_id="due", raw=kept.raw, received_at=timezone.now()
    )
    quarantine(second.pk, reason="il lettore si è fermato", now=timezone.now())
    return second


@pytest.fixture
def marta() -> Colleague:
    return make.colleague("Marta Riva", role=Colleague.Role.SUPERVISOR)


def test_a_supervisor_sees_who_why_and_can_act(
    client: Client, arrival: Arrival, marta: Colleague
) -> None:
    client.force_login(marta)

    html = client.get("/quarantena/").content.decode()

    assert "Giulia &lt;giulia@example.org&gt;" in html
    assert "il lettore si è fermato" in html
    assert "Rileggi" in html


def test_an_agent_looks_and_touches_nothing(client: Client, arrival: Arrival) -> None:
    client.force_login(make.colleague())

    html = client.get("/quarantena/").content.decode()

    assert "il lettore si è fermato" in html
    assert "Rileggi" not in html
    for place in ("riprova", "da-parte"):
        assert client.post(f"/quarantena/{arrival.pk}/{place}/").status_code == 403
    assert client.get(f"/quarantena/{arrival.pk}/grezzo/").status_code == 403


def test_a_light_helper_has_no_business_there(client: Client, arrival: Arrival) -> None:
    client.force_login(make.colleague("Tommaso Serra", role=Colleague.Role.HELPER))

    assert client.get("/quarantena/").status_code == 403


def test_the_bytes_come_as_they_were_and_run_nowhere(
    client: Client, arrival: Arrival, marta: Colleague
) -> None:
    client.force_login(marta)

    response = client.get(f"/quarantena/{arrival.pk}/grezzo/")

    assert response.content == bytes(arrival.raw.content)
    assert response["Content-Disposition"] == f'attachment; filename="arrivo-{arrival.pk}.eml"'
    assert "sandbox" in response["Content-Security-Policy"]


def test_the_bytes_of_what_was_read_are_not_given_out_here(
    client: Client, marta: Colleague
) -> None:
    item = make.receive(make.mail(), now=timezone.now())
    assert item is not None
    client.force_login(marta)

    assert client.get(f"/quarantena/{item.arrival_id}/grezzo/").status_code == 404


def test_trying_again_takes_it_out_and_looking_does_not(
    client: Client, arrival: Arrival, marta: Colleague
) -> None:
    client.force_login(marta)
    assert client.get(f"/quarantena/{arrival.pk}/riprova/").status_code == 405

    client.post(f"/quarantena/{arrival.pk}/riprova/")

    arrival.refresh_from_db()
    assert arrival.quarantined_at is None


def test_set_aside_is_a_fact_with_its_author(
    client: Client, arrival: Arrival, marta: Colleague
) -> None:
    client.force_login(marta)

    client.post(f"/quarantena/{arrival.pk}/da-parte/")

    arrival.refresh_from_db()
    assert arrival.set_aside_by == marta
    assert "Nessun messaggio illeggibile." in client.get("/quarantena/").content.decode()


def test_machine_mail_without_a_case_is_listed(client: Client, marta: Colleague) -> None:
    headers = {"Auto-Submitted": "auto-replied"}
    make.receive(make.mail(subject="Fuori ufficio", headers=headers), now=timezone.now())
    client.force_login(marta)

    assert "Fuori ufficio" in client.get("/quarantena/").content.decode()


def test_a_letter_that_does_not_say_who_wrote_it_is_listed(
    client: Client, marta: Colleague
) -> None:
    make.receive(make.mail(sender="nessuno", subject="Chi sono?"), now=timezone.now())
    client.force_login(marta)

    assert "Chi sono?" in client.get("/quarantena/").content.decode()


def test_a_bounce_that_speaks_of_no_letter_of_ours_is_listed(
    client: Client, marta: Colleague
) -> None:
    raw = bounce(
        message_id="<mai@alba.example>",
        sent_to="ivan@example.net",
        our_address="assistenza@alba.example",
        at=timezone.now(),
        key="torna",
    )
    item = make.receive(raw, now=timezone.now())
    assert item is not None
    assert item.identity is None
    client.force_login(marta)

    html = client.get("/quarantena/").content.decode()

    assert "Senza mittente" in html
    assert "Undelivered Mail Returned to Sender" in html


@pytest.mark.parametrize(
    "head",
    [
        b"From: " + b"a" * 90_000,
        b"From: =?utf-8?b?////?= <a@b>\r\n\r\n",
        b"From: =?no-such-charset?q?a?=\r\n",
        b"\x00\xff\xfe",
        b"",
    ],
)
def test_a_guess_is_bounded_and_never_fails(head: bytes) -> None:
    sender, subject = guess(head, kind=Channel.Kind.EMAIL)

    assert len(sender) <= 200
    assert (sender + subject).isprintable()
