"""Two colleagues on one case: each sees the other, and nobody answers blindly."""

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import Draft, Message
from ascolto.cases.services import add_note, be_present, save_draft
from ascolto.channels.models import Outgoing
from ascolto.desk.writing.difference import compare
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import answered, case_of, heard_in, page, part

HTMX = {"HX-Request": "true"}


def said(text: str, ours: str) -> list[tuple[str, bool]]:
    return [(piece.text, piece.said) for piece in compare(ours, [text])]


def test_what_was_said_already_is_told_apart_from_what_only_we_say() -> None:
    theirs = "Il guasto è nell’armadio, il tecnico è sul posto."
    ours = "Giulia, il guasto è nell’armadio. Le ho attivato 50 GB."

    assert said(theirs, ours) == [
        ("Giulia, ", False),
        ("il guasto è nell’armadio.", True),
        (" Le ho attivato 50 GB.", False),
    ]


def test_a_word_or_two_in_common_are_chance() -> None:
    assert said("Il tecnico arriva.", "Il tecnico non può.") == [("Il tecnico non può.", False)]


def test_our_text_comes_out_whole_whatever_the_others_said() -> None:
    ours = "  Uno due\n\ntre quattro  cinque "

    assert "".join(text for text, _ in said("due tre quattro", ours)) == ours


@pytest.mark.django_db
def test_a_stopped_send_shows_who_said_what_beside_our_text(desk: Client, marta: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    seen = Message.objects.latest("pk").pk
    answered(case, marta, text="Il tecnico è già sul posto.")

    response = desk.post(
        f"/casi/C-{case.pk}/rispondi/",
        {"text": "Il tecnico è già in viaggio.", "visto": seen},
        headers=HTMX,
    )

    shown = response.content.decode()
    assert response.status_code == 409
    assert "<b>Marta Riva</b>, ha risposto" in shown
    assert "Il tecnico è già sul posto." in shown
    assert "<u>Il tecnico è già</u>" in shown
    assert "Invia comunque, dopo aver letto" in shown


@pytest.mark.django_db
def test_having_read_it_the_same_text_leaves(desk: Client, marta: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    answered(case, marta)
    seen = Message.objects.latest("pk").pk

    desk.post(f"/casi/C-{case.pk}/rispondi/", {"text": "Aggiungo una cosa.", "visto": seen})

    assert Outgoing.objects.filter(text="Aggiungo una cosa.").exists()


@pytest.mark.django_db
def test_what_the_customer_wrote_meanwhile_is_shown_too(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    seen = heard_in(case).pk
    make.receive(
        make.mail(
            "Tutto risolto, grazie!",
            message_id="<due@example.org>",
            in_reply_to="<giulia-5-@example.org>",
        ),
        now=timezone.now(),
    )

    response = desk.post(
        f"/casi/C-{case.pk}/rispondi/", {"text": "Arriva giovedì.", "visto": seen}, headers=HTMX
    )

    assert response.status_code == 409
    assert "Tutto risolto, grazie!" in response.content.decode()


@pytest.mark.django_db
def test_a_colleague_at_the_case_is_named_with_what_it_means(
    desk: Client, marta: Colleague
) -> None:
    case = case_of("Giulia Ferraris")
    be_present(case, colleague=marta, mode="READS", now=timezone.now())

    assert "Marta Riva sta leggendo." in page(desk, f"/casi/C-{case.pk}/")
    assert "Marta Riva sta leggendo." in part(desk, f"/casi/C-{case.pk}/", vivo=1)


@pytest.mark.django_db
def test_the_heartbeat_says_that_one_is_here_and_hears_who_else(
    desk: Client, marta: Colleague, elena: Colleague
) -> None:
    case = case_of("Giulia Ferraris")
    be_present(case, colleague=marta, mode="WRITES", now=timezone.now())

    heard = desk.post(f"/casi/C-{case.pk}/presenza/", {"mode": "READS"}).content.decode()

    assert "<b>Marta Riva</b> sta scrivendo." in heard
    assert "Elena Sala" not in heard


@pytest.mark.django_db
def test_a_colleagues_draft_can_be_read_and_not_written_in(desk: Client, marta: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    save_draft(case, author=marta, kind="REPLY", text="Sto chiedendo.", now=timezone.now())

    shown = page(desk, f"/casi/C-{case.pk}/")

    assert "bozza di Marta Riva" in shown
    assert "<p>Sto chiedendo.</p>" in shown
    assert ">Sto chiedendo.</textarea>" not in shown


@pytest.mark.django_db
def test_an_empty_draft_of_a_colleague_is_not_shown(desk: Client, marta: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    save_draft(case, author=marta, kind="REPLY", text="  ", now=timezone.now())

    assert "bozza di Marta Riva" not in page(desk, f"/casi/C-{case.pk}/")
    assert Draft.objects.exists()


def test_a_row_of_the_list_says_who_writes_there(desk: Client, marta: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    be_present(case, colleague=marta, mode="WRITES", now=timezone.now())

    assert "Marta Riva scrive" in page(desk, "/casella/squadra/")


def test_the_numbers_of_the_navigation_are_said_anew(
    desk: Client, elena: Colleague, marta: Colleague
) -> None:
    case = case_of("Giulia Ferraris")
    add_note(case, author=marta, text="@Elena Sala guarda qui.", now=timezone.now())

    said = page(desk, "/conteggi/")

    assert 'id="n-perte" hx-swap-oob="true">1<' in said
    assert "Elena Sala guarda qui." in page(desk, "/menzioni/")
    desk.post("/menzioni/viste/")
    assert 'id="n-perte" hx-swap-oob="true"><' in page(desk, "/conteggi/")
