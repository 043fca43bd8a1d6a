"""A new password's link leaves from a worker, and nobody can read it in the queue."""

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from ascolto.channels import registry
from ascolto.channels.ports import NotNow, Parcel, Refused, Sent
from ascolto.desk import letters
from tests import make

pytestmark = pytest.mark.django_db
RESET = "/accesso/password/reset/"


class Postman:
    """Keeps what he is given, or says what he was told to say."""

    def __init__(self) -> None:
        self.given: list[Parcel] = []
        self.says: Exception | None = None

    def carry(self, parcel: Parcel) -> Sent:
        if self.says is not None:
            raise self.says
        self.given.append(parcel)
        return Sent("SMTP_ACCEPTED")


@pytest.fixture
def postman(monkeypatch: pytest.MonkeyPatch, settings: "pytest.FixtureRequest") -> Postman:
    settings.EMAIL_BACKEND = "ascolto.config.accounts.OutboxEmail"  # type: ignore[attr-defined] # pytest-django's
    make.mailbox()
    make.colleague()
    postman = Postman()
    monkeypatch.setitem(registry._carriers, "EMAIL", lambda _: postman)  # noqa: SLF001 # wired once, by config
    return postman


def queued() -> list[str]:
    jobs = ProcrastinateJob.objects.filter(task_name="desk.send_letter")
    return [str(job.args["sealed"]) for job in jobs]


def test_the_page_does_not_wait_for_the_mail_server(client: Client, postman: Postman) -> None:
    postman.says = NotNow("the server takes its time")

    response = client.post(RESET, {"email": "elena.sala@alba.example"})

    assert response.status_code == 302
    assert len(queued()) == 1


def test_a_worker_brings_it_by_the_first_mailbox(client: Client, postman: Postman) -> None:
    client.post(RESET, {"email": "elena.sala@alba.example"})

    assert not postman.given
    assert letters.send(*queued())
    (parcel,) = postman.given
    assert (parcel.from_address, parcel.to_address, parcel.automatic) == (
        "assistenza@alba.example",
        "elena.sala@alba.example",
        True,
    )
    assert "/accesso/password/reset/key/" in parcel.text


def test_in_the_queue_the_link_cannot_be_read(client: Client, postman: Postman) -> None:
    client.post(RESET, {"email": "elena.sala@alba.example"})

    (sealed,) = queued()
    assert "elena" not in sealed
    assert "reset" not in sealed


def test_nobody_has_no_letter(client: Client, postman: Postman) -> None:
    client.post(RESET, {"email": "nessuno@alba.example"})

    assert queued() == []


def test_a_server_that_says_later_is_asked_again(client: Client, postman: Postman) -> None:
    client.post(RESET, {"email": "elena.sala@alba.example"})
    postman.says = NotNow("busy")

    with pytest.raises(NotNow):
        letters.send(*queued())


def test_a_refused_letter_is_given_up(client: Client, postman: Postman) -> None:
    client.post(RESET, {"email": "elena.sala@alba.example"})
    postman.says = Refused("no such user")

    assert not letters.send(*queued())
