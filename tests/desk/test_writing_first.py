"""A colleague writes to a customer first: the case begins with our words, and no clock runs."""

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import Case
from ascolto.cases.services import undo_answer
from ascolto.channels.models import Outgoing
from ascolto.people.models import Customer
from ascolto.pressure.models import Unreachable
from ascolto.promises.queries import running
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import page

pytestmark = pytest.mark.django_db
SAID = {"subject": "Intervento in via Po", "text": "Martedì manca la linea per due ore."}


@pytest.fixture
def giulia() -> Customer:
    return make.identity().customer


def write(desk: Client, giulia: Customer, **more: object) -> int:
    fields = {**SAID, "a": make.identity().pk, "da": make.mailbox().pk, **more}
    return int(desk.post(f"/clienti/{giulia.pk}/scrivi/invia/", fields).status_code)


def test_the_case_is_hers_and_the_turn_is_his(
    desk: Client, elena: Colleague, giulia: Customer
) -> None:
    make.mailbox()
    assert "Scrivi a Giulia Ferraris" in page(desk, f"/clienti/{giulia.pk}/scrivi/")

    assert write(desk, giulia) == 302

    case = Case.objects.get()
    assert (case.customer, case.assignee, case.team) == (giulia, elena, make.mailbox().team)
    assert (case.waiting_since, case.due_at) == (None, None)
    assert not running(case.reference).exists()
    out = Outgoing.objects.get()
    assert (out.subject, out.text, out.identity.value) == (
        "Intervento in via Po",
        "Martedì manca la linea per due ore.",
        "giulia@example.org",
    )
    assert "Elena Sala ha aperto il caso" in page(desk, f"/casi/C-{case.pk}/")


def test_what_she_says_next_goes_the_same_way(
    desk: Client, elena: Colleague, giulia: Customer
) -> None:
    write(desk, giulia)
    case = Case.objects.get()

    desk.post(f"/casi/C-{case.pk}/rispondi/", {"text": "Alle 9 in punto."})

    last = Outgoing.objects.latest("pk")
    assert (last.text, last.subject) == ("Alle 9 in punto.", "Re: Intervento in via Po")


def test_his_answer_joins_the_case(desk: Client, giulia: Customer) -> None:
    write(desk, giulia)
    ours = Outgoing.objects.get().message_id

    make.receive(
        make.mail("Va bene.", message_id="<due@example.org>", in_reply_to=ours),
        now=timezone.now(),
    )

    case = Case.objects.get()
    assert case.waiting_since is not None
    assert case.due_at is not None


def test_called_back_it_is_a_draft_in_the_case(
    desk: Client, elena: Colleague, giulia: Customer
) -> None:
    write(desk, giulia)

    draft = undo_answer(Outgoing.objects.get().message.pk, by=elena, now=timezone.now())

    assert draft is not None
    assert (draft.text, draft.case) == (SAID["text"], Case.objects.get())


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"subject": " "}, "Scrivi di che cosa si tratta."),
        ({"text": " "}, "Non c’è niente da inviare"),
        ({"a": "²"}, "Scegli a quale indirizzo, e da dove."),
        ({"da": "99999"}, "Scegli a quale indirizzo, e da dove."),
    ],
)
def test_what_cannot_leave_stays_in_its_boxes(
    desk: Client, giulia: Customer, wrong: dict[str, object], said: str
) -> None:
    fields = {**SAID, "a": make.identity().pk, "da": make.mailbox().pk, **wrong}

    response = desk.post(f"/clienti/{giulia.pk}/scrivi/invia/", fields)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Case.objects.exists()


def test_an_address_that_sends_mail_back_is_refused(desk: Client, giulia: Customer) -> None:
    Unreachable.objects.create(identity=make.identity(), since=timezone.now(), reason="550")

    assert write(desk, giulia) == 422
    assert not Case.objects.exists()


def test_the_address_of_somebody_else_is_none_of_his(desk: Client, giulia: Customer) -> None:
    paolo = make.identity("paolo@example.org", "Paolo Rinaldi")

    assert write(desk, giulia, a=paolo.pk) == 422


def test_a_mailbox_of_a_team_she_may_not_see_is_not_hers_to_write_from(
    desk: Client, giulia: Customer
) -> None:
    legal = make.mailbox("legale", of=make.team("Legale", is_reserved=True))

    assert write(desk, giulia, da=legal.pk) == 422
