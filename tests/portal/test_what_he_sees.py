"""First what happens to him, then who follows it and by when; never what is not his."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.cases.services import add_note, assign, hear, resolve
from ascolto.channels.models import Item
from ascolto.promises.models import Promise
from ascolto.staff.models import Calendar
from tests import make
from tests.portal.pages import fresh_page, page_of, we_answer

pytestmark = pytest.mark.django_db


def shown(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_he_reads_who_follows_him_and_by_when(client: Client) -> None:
    page = fresh_page()
    Calendar.objects.update(round_the_clock=True)
    assign(page.case, to=make.colleague(), by=make.colleague(), now=timezone.now())

    html = shown(client, page.path)

    assert "Abbiamo il suo messaggio." in html
    assert "La segue Elena Sala, della squadra Assistenza." in html
    assert "le scriviamo noi entro" in html
    assert page.case.number in html


def test_out_of_hours_he_reads_why_the_clock_rests(client: Client) -> None:
    page = fresh_page()
    today = timezone.localtime().weekday()
    calendar = Calendar.objects.get(name="Ufficio")
    calendar.openings.all().delete()
    calendar.openings.create(weekday=(today + 2) % 7, opens=540, closes=1080)

    html = shown(client, page.path)

    assert "Ora la squadra è chiusa e il tempo è fermo: riprende" in html


def test_late_is_said_as_late(client: Client) -> None:
    page = fresh_page()
    Promise.objects.update(due_at=timezone.now() - timedelta(minutes=5))

    html = shown(client, page.path)

    assert "Siamo in ritardo con lei." in html
    assert "Ci scusiamo" in html


def test_our_answer_is_there_once_it_has_left(client: Client) -> None:
    page = fresh_page()
    we_answer(page.case, "Il tecnico passa alle 16.", leaves=False)
    assert "Il tecnico passa alle 16." not in shown(client, page.path)

    page = page_of(make.case(make.mail(message_id="<due@example.org>"), now=timezone.now()))
    we_answer(page.case, "Il tecnico passa alle 17.")

    html = shown(client, page.path)
    assert "Il tecnico passa alle 17." in html
    assert "Le abbiamo risposto." in html


def test_a_closed_matter_says_that_writing_opens_it_again(client: Client) -> None:
    page = fresh_page()
    we_answer(page.case, "Fatto.")
    resolve(page.case, by=make.colleague(), now=timezone.now())

    assert "La sua richiesta è chiusa." in shown(client, page.path)


def test_internal_notes_never_show(client: Client) -> None:
    page = fresh_page()
    add_note(page.case, author=make.colleague(), text="Cliente furioso.", now=timezone.now())

    assert "furioso" not in shown(client, page.path)


def test_other_peoples_words_are_announced_and_not_shown(client: Client) -> None:
    page = fresh_page()
    other = make.receive(
        make.mail(
            "Sono il vicino, ecco il mio PIN 4711.",
            sender="Vicino <vicino@example.net>",
            message_id="<vicino@example.net>",
        ),
        now=timezone.now(),
    )
    _moved_into(page.case, other, proof="OTHER_ADDRESS")

    html = shown(client, page.path)

    assert "4711" not in html
    assert "da un indirizzo che non è il suo" in html


def test_words_without_a_proof_are_marked(client: Client) -> None:
    page = fresh_page()
    make.receive(
        make.mail(
            "Aggiungo una cosa.", message_id="<tre@example.org>", in_reply_to="<uno@example.org>"
        ),
        now=timezone.now(),
    )

    html = shown(client, page.path)

    assert "Aggiungo una cosa." in html
    assert "Non verificato" in html


@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        ("Servizio <no-reply@altri.example>", {}),
        ("Verifica <verify@altri.example>", {}),
        ("Lista <lista@altri.example>", {"List-Id": "<lista.altri.example>", "Precedence": "bulk"}),
    ],
)
def test_what_a_machine_mailed_to_the_case_stays_with_us(
    client: Client, sender: str, headers: dict[str, str]
) -> None:
    """T19: a code sent to a case must not be read by whoever made somebody send it."""
    page = fresh_page()
    mail = make.mail(
        "Il codice è 998877.", sender=sender, message_id="<m@altri.example>", headers=headers
    )
    item = make.receive(mail, now=timezone.now())
    _moved_into(page.case, item, proof="SAME_ADDRESS")

    assert "998877" not in shown(client, page.path)


def test_the_page_speaks_the_customers_language_and_can_be_told_another(client: Client) -> None:
    page = fresh_page()
    customer = page.case.customer
    customer.language = "en"
    customer.save()

    english = client.get(page.path)
    italian = client.get(f"{page.path}?lingua=it")
    afterwards = client.get(page.path)

    assert english["Content-Language"] == "en"
    assert italian["Content-Language"] == "it"
    assert afterwards["Content-Language"] == "it"


def _moved_into(case: object, item: Item | None, *, proof: str) -> None:
    """As if triage had found a proof for it: the page must protect itself."""
    from ascolto.cases.models import Case, Message

    assert item is not None
    assert isinstance(case, Case)
    Message.objects.filter(item=item).delete()
    hear(case, item, proof=proof)
