"""Answers, notes and drafts: nothing typed is ever lost, and a refusal keeps the text."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from ascolto.cases.models import Draft, DraftFile, Message, Note
from ascolto.cases.services import forward
from ascolto.channels.models import Channel, Outgoing
from ascolto.staff.models import Colleague
from tests.desk.builders import answered, case_of, heard_in, page, sent

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_an_answer_waits_its_seconds_and_says_so(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")

    response = desk.post(f"/casi/C-{case.pk}/rispondi/", {"text": "Ci siamo."}, headers=HTMX)

    outgoing = Outgoing.objects.get(author=elena)
    assert (outgoing.text, outgoing.sent_at) == ("Ci siamo.", None)
    assert response.status_code == 200
    assert "Risposta a Giulia Ferraris" in response.content.decode()  # the toast, with its undo


def test_without_script_the_answer_redirects_to_the_case(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    response = desk.post(f"/casi/C-{case.pk}/rispondi/", {"text": "Ci siamo."})

    assert (response.status_code, response["Location"]) == (302, f"/casi/C-{case.pk}/")


def test_files_chosen_without_script_leave_with_the_answer(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    files = [SimpleUploadedFile("mappa.png", b"\x89PNG\r\n\x1a\n")]

    desk.post(f"/casi/C-{case.pk}/rispondi/", {"text": "Ecco.", "files": files})

    outgoing = Outgoing.objects.get(automatic=False)
    assert [file.name for file in outgoing.enclosures.all()] == ["mappa.png"]


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_an_empty_answer_is_refused_in_words(desk: Client, headers: dict[str, str]) -> None:
    case = case_of("Giulia Ferraris")

    response = desk.post(f"/casi/C-{case.pk}/rispondi/", {"text": "  "}, headers=headers)

    assert response.status_code == 422
    assert "Non c’è niente da inviare" in response.content.decode()


def test_an_answer_that_has_no_way_is_kept(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    Channel.objects.filter(kind=Channel.Kind.EMAIL).update(kind=Channel.Kind.PORTAL)
    Message.objects.update(proof=Message.Proof.OTHER_ADDRESS)

    response = desk.post(f"/casi/C-{case.pk}/rispondi/", {"text": "Ci siamo."}, headers=HTMX)

    assert response.status_code == 422
    assert ">Ci siamo.</textarea>" in response.content.decode()
    assert Draft.objects.get(author=elena).text == "Ci siamo."


def test_an_answer_stops_if_somebody_spoke_meanwhile(desk: Client, marta: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    seen = heard_in(case).pk
    answered(case, marta, text="Arrivo io.")

    response = desk.post(
        f"/casi/C-{case.pk}/rispondi/", {"text": "Arrivo.", "visto": seen}, headers=HTMX
    )

    text = response.content.decode()
    assert response.status_code == 409
    assert "intanto è arrivato altro" in text
    assert ">Arrivo.</textarea>" in text
    assert not Outgoing.objects.filter(text="Arrivo.").exists()


def test_pressing_the_button_twice_sends_once_and_says_nothing_alarming(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    seen = Message.objects.latest("pk").pk
    asked = {"text": "Ci siamo.", "visto": seen}

    answers = [desk.post(f"/casi/C-{case.pk}/rispondi/", asked) for _ in range(2)]

    assert [response.status_code for response in answers] == [302, 302]
    assert Outgoing.objects.filter(text="Ci siamo.").count() == 1
    assert not Draft.objects.exists()


def test_a_file_of_a_note_does_not_leave_with_the_answer(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    attach(desk, case.pk)
    Draft.objects.update(kind=Draft.Kind.NOTE)

    desk.post(f"/casi/C-{case.pk}/rispondi/", {"text": "Ecco."})

    assert not Outgoing.objects.get(author=elena).enclosures.exists()


def test_calling_back_brings_the_text_into_its_box(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    message = answered(case, elena, text="Arriva giovedì alle 9.")

    response = desk.post(f"/messaggi/{message.pk}/annulla/", follow=True)

    assert ">Arriva giovedì alle 9.</textarea>" in response.content.decode()
    assert not Message.objects.filter(pk=message.pk).exists()


def test_calling_back_too_late_says_so(desk: Client, elena: Colleague) -> None:
    message = answered(case_of("Giulia Ferraris"), elena)
    sent(message)

    response = desk.post(f"/messaggi/{message.pk}/annulla/")

    assert response.status_code == 409
    assert "Troppo tardi: la risposta è già partita." in response.content.decode()


def test_a_note_stays_inside(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    desk.post(f"/casi/C-{case.pk}/nota/", {"text": "Cliente da richiamare."})

    assert Note.objects.get().text == "Cliente da richiamare."
    assert not Outgoing.objects.filter(automatic=False).exists()


def test_an_empty_note_is_refused_in_words(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    response = desk.post(f"/casi/C-{case.pk}/nota/", {"text": ""}, headers=HTMX)

    assert response.status_code == 422
    assert "La nota è vuota" in response.content.decode()


def test_a_draft_is_there_when_one_comes_back(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    saved = desk.post(f"/casi/C-{case.pk}/bozza/", {"kind": "REPLY", "text": "Il guasto"})

    assert saved.status_code == 204
    shown = page(desk, f"/casi/C-{case.pk}/")
    assert ">Il guasto</textarea>" in shown
    assert "bozza salvata" in shown
    assert "bozza tua" in page(desk, "/casella/squadra/")


def test_a_draft_emptied_is_no_draft(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    for text in ("Il guasto", ""):
        desk.post(f"/casi/C-{case.pk}/bozza/", {"kind": "REPLY", "text": text})

    assert not Draft.objects.exists()


def test_a_draft_emptied_keeps_its_files(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    attach(desk, case.pk)
    desk.post(f"/casi/C-{case.pk}/bozza/", {"kind": "REPLY", "text": ""})

    assert DraftFile.objects.count() == 1


def test_a_draft_of_no_kind_we_know_is_not_found(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    assert desk.post(f"/casi/C-{case.pk}/bozza/", {"kind": "SMS"}).status_code == 404


def attach(desk: Client, case_id: int, data: bytes = b"ciao") -> str:
    files = [SimpleUploadedFile("nota.txt", data)]
    address = f"/casi/C-{case_id}/allegati/"
    return desk.post(address, {"files": files}, headers=HTMX).content.decode()


def test_a_file_is_attached_when_chosen_and_can_be_taken_off(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    assert "nota.txt" in attach(desk, case.pk)

    token = DraftFile.objects.get().token
    response = desk.post(f"/casi/C-{case.pk}/allegati/togli/", {"token": token}, headers=HTMX)
    assert "nota.txt" not in response.content.decode()
    assert not DraftFile.objects.exists()


def test_a_colleagues_file_cannot_be_taken_off(desk: Client, marta: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    theirs = Draft.objects.create(case=case, author=marta, kind="REPLY", saved_at=timezone.now())
    attach(desk, case.pk)
    DraftFile.objects.update(draft=theirs)

    desk.post(f"/casi/C-{case.pk}/allegati/togli/", {"token": DraftFile.objects.get().token})

    assert DraftFile.objects.exists()


def test_a_file_that_is_too_large_says_by_how_much(desk: Client, settings: Settings) -> None:
    settings.LARGEST_UPLOAD = 2_000
    case = case_of("Giulia Ferraris")

    said = attach(desk, case.pk, data=b"x" * 3_000)

    assert "«nota.txt» pesa 3 kB e se ne possono mandare al massimo 2 kB." in said
    assert not DraftFile.objects.exists()


def test_a_form_posted_from_elsewhere_is_refused(elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    client = Client(enforce_csrf_checks=True)
    client.force_login(elena)

    response = client.post(f"/casi/C-{case.pk}/rispondi/", {"text": "Ci siamo."})

    assert response.status_code == 403
    assert "Questa pagina era aperta da troppo." in response.content.decode()
    assert not Outgoing.objects.filter(automatic=False).exists()


def test_a_forward_is_announced_as_one_and_has_a_key(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    message = case.messages.get(item__isnull=False)
    forward(message, author=elena, to="perito@example.net", text="Che ne dice?", now=timezone.now())

    html = page(desk, f"/casi/C-{case.pk}/")

    assert "Inoltrato a perito@example.net" in html
    assert "Risposta a" not in html
    link = f'href="/messaggi/{message.pk}/inoltra/" data-key="w"'
    assert link in html
