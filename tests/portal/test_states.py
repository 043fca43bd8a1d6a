"""What the page says where a matter rests, moved on, was joined to another, or waits for a call."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from ascolto.cases.models import CallRequest, Case, Message, Rating
from ascolto.cases.services import resolve, transfer
from ascolto.cases.services.calling_back import call_made
from ascolto.desk.promises.clocks import stored
from ascolto.promises.models import Promise
from ascolto.promises.policy.resting import HIS_PAPERS, PART, SUPPLIER
from tests import make
from tests.portal.pages import ONCE, Page, fresh_page, page_of, signed_in, we_answer

pytestmark = pytest.mark.django_db


def text_of(client: Client, page: Page) -> str:
    return str(client.get(page.path).content.decode())


def judge(client: Client, page: Page, score: int, words: str = "") -> int:
    answer = Message.objects.get(case=page.case, outgoing__automatic=False)
    fields = {"risposta": answer.pk, "voto": score, "parole": words}
    return int(client.post(f"{page.path}giudizio/", fields).status_code)


def test_a_clock_that_rests_says_why_since_when_and_that_it_goes_on(client: Client) -> None:
    page = fresh_page()
    Promise.objects.update(
        paused_at=timezone.now(), pause_reason="aspettiamo il pezzo dal produttore"
    )

    html = text_of(client, page)

    assert "Il tempo è fermo da oggi alle" in html
    assert "aspettiamo il pezzo dal produttore" in html
    assert "Riparte appena" in html


def test_a_clock_that_rests_shows_no_hour_anywhere(client: Client) -> None:
    page = fresh_page()
    now = timezone.now()
    due = now + timedelta(days=40)
    Promise.objects.update(due_at=due, paused_at=now, pause_reason=SUPPLIER)
    Promise.objects.create(
        customer=page.case.customer,
        subject=page.case.reference,
        kind=Promise.Kind.WORD,
        words="Il tecnico a casa sua",
        team=page.case.team,
        started_at=now,
        warn_at=due,
        due_at=due,
        paused_at=now,
        pause_reason=PART,
    )

    html = text_of(client, page)

    assert f"{timezone.localtime(due):%-d} {date_format(due, 'F').lower()}" not in html
    assert "Il tecnico a casa sua" in html
    assert "aspettiamo un pezzo di ricambio. Riparte quando il pezzo arriva" in html


def test_the_reason_of_a_rest_is_said_in_the_language_of_the_customer(client: Client) -> None:
    page = fresh_page()
    Promise.objects.update(paused_at=timezone.now(), pause_reason=HIS_PAPERS)
    with override("en"):
        ours = gettext(HIS_PAPERS)

    html = str(client.get(f"{page.path}?lingua=en").content.decode())

    assert ours in html


def test_a_reason_chosen_in_another_language_is_kept_as_the_one_we_offer() -> None:
    with override("en"):
        chosen = stored(gettext(PART))

    assert chosen == PART
    assert stored(" manca la sua firma ") == "manca la sua firma"


def test_a_clock_that_rests_is_never_late(client: Client) -> None:
    page = fresh_page()
    past = timezone.now() - timedelta(hours=5)
    Promise.objects.update(
        started_at=past, due_at=past, paused_at=past, pause_reason="manca la sua firma"
    )

    assert "Siamo in ritardo" not in text_of(client, page)


def test_our_word_stands_there_with_its_hour(client: Client) -> None:
    page = fresh_page()
    now = timezone.now()
    Promise.objects.create(
        customer=page.case.customer,
        subject=page.case.reference,
        kind=Promise.Kind.WORD,
        words="La richiamiamo",
        team=page.case.team,
        started_at=now,
        warn_at=now,
        due_at=now + timedelta(minutes=1),
    )

    assert "La richiamiamo" in text_of(client, page)


def test_who_takes_over_is_said(client: Client) -> None:
    page, billing = fresh_page(), make.team("Fatture")
    transfer(
        page.case,
        to_team=billing,
        to_colleague=None,
        by=make.colleague(),
        reason="È una fattura.",
        now=timezone.now(),
    )

    html = text_of(client, page)

    assert "Passata alla squadra Fatture" in html
    assert "È una fattura." not in html


def test_what_was_joined_to_another_matter_of_his_goes_on_there(client: Client) -> None:
    page = fresh_page()
    other = make.case(make.mail("Anche il telefono.", message_id="<due@example.org>"))
    Case.objects.filter(pk=page.case.pk).update(merged_into=other)

    html = text_of(client, page)

    assert f"{page.case.number} riguardava la stessa cosa" in html
    assert "Anche il telefono." in html
    assert page.write(client, "Ho capito.").status_code == 303
    assert Message.objects.get(proof=Message.Proof.PORTAL).case == other


def test_a_matter_of_somebody_else_is_never_shown_by_a_joining(client: Client) -> None:
    page = fresh_page()
    other = make.case(
        make.mail(
            "Il mio segreto.", sender="Marta <marta@example.org>", message_id="<m@example.org>"
        )
    )
    Case.objects.filter(pk=page.case.pk).update(merged_into=other)

    assert "Il mio segreto." not in text_of(client, page)


def test_what_is_closed_can_be_said_to_be_open(client: Client) -> None:
    page = fresh_page()
    resolve(page.case, by=make.colleague(), now=timezone.now(), reason="Fatto.")

    assert "Non è risolto?" in text_of(client, page)


def test_a_link_that_is_over_shows_another_way_in(client: Client) -> None:
    assert "/p/entra/" in client.get("/p/mai-esistito/").content.decode()


def test_he_asks_to_be_called_and_reads_that_we_know(client: Client) -> None:
    page = fresh_page()
    form = {"numero": "347 123 4567", "quando": "dopo le 18", "una": ONCE}

    for _ in range(2):
        assert client.post(f"{page.path}chiamatemi/", form).status_code == 303

    html = text_of(client, page)
    assert CallRequest.objects.get().wish == "dopo le 18"
    assert "La richiamiamo noi" in html
    assert "La chiamiamo noi entro" in html
    assert "dopo le 18" in html
    said = Message.objects.get(case=page.case, proof=Message.Proof.PORTAL).text
    assert said == "Vorrei essere richiamato al numero +393471234567. Quando: dopo le 18."


def test_a_call_asked_for_opens_a_closed_matter_again(client: Client) -> None:
    page = fresh_page()
    resolve(page.case, by=make.colleague(), now=timezone.now(), reason="Fatto.")

    client.post(f"{page.path}chiamatemi/", {"numero": "347 123 4567", "una": ONCE})

    page.case.refresh_from_db()
    assert page.case.resolved_at is None
    assert page.case.waiting_since is not None


def test_a_number_that_is_none_comes_back_with_what_was_typed(client: Client) -> None:
    page = fresh_page()

    response = client.post(f"{page.path}chiamatemi/", {"numero": "pronto", "quando": "sera"})

    html = response.content.decode()
    assert response.status_code == 422
    assert "<details open>" in html
    assert 'value="pronto"' in html
    assert not CallRequest.objects.exists()


def test_when_we_have_called_he_reads_that_too(client: Client) -> None:
    page = fresh_page()
    client.post(f"{page.path}chiamatemi/", {"numero": "347 123 4567", "una": ONCE})
    asked = CallRequest.objects.get()

    call_made(asked.pk, by=make.colleague(), outcome="Burbero ma contento.", now=timezone.now())

    html = text_of(client, page)
    assert "Chiusa oggi alle" in html
    assert "Burbero" not in html  # how it went is for ourselves


def test_one_click_judges_the_answer_and_a_word_may_follow(client: Client) -> None:
    page = fresh_page()
    assert "le è servita" not in text_of(client, page)
    we_answer(page.case, "Provi adesso.")
    assert "le è servita" in text_of(client, page)

    assert judge(client, page, 3) == 303
    assert judge(client, page, 3, "Rapidi e gentili") == 303

    kept = Rating.objects.get()
    assert (kept.score, kept.words) == (3, "Rapidi e gentili")
    assert 'aria-pressed="true"' in text_of(client, page)


def test_a_link_in_a_mail_judges_nothing(client: Client) -> None:
    page = fresh_page()
    we_answer(page.case, "Provi adesso.")

    response = client.get(f"{page.path}giudizio/?voto=1")

    assert response.headers["Location"] == f"{page.path}#giudizio"
    assert not Rating.objects.exists()


def test_after_a_day_the_page_says_that_the_judgement_stands(client: Client) -> None:
    page = fresh_page()
    we_answer(page.case, "Provi adesso.")
    judge(client, page, 3)
    Rating.objects.update(at=timezone.now() - timedelta(hours=25))

    assert judge(client, page, 1) == 409
    assert Rating.objects.get().score == 3


def test_an_answer_of_another_matter_cannot_be_judged_from_here(client: Client) -> None:
    page = fresh_page()
    other = page_of(make.case(make.mail(message_id="<due@example.org>"), now=timezone.now()))
    we_answer(other.case, "Provi adesso.")
    answer = Message.objects.get(case=other.case, outgoing__automatic=False)

    response = client.post(f"{page.path}giudizio/", {"risposta": answer.pk, "voto": 3})

    assert response.status_code == 404
    assert not Rating.objects.exists()


def test_our_notes_of_a_call_stay_ours() -> None:
    page = fresh_page()
    Message.objects.filter(case=page.case, item__isnull=False).update(proof=Message.Proof.CALL)

    html = text_of(signed_in(make.identity()), page)

    assert "Ne abbiamo parlato al telefono." in html
    assert "la fibra non funziona" not in html
