"""Everything else one writes in a case: calls, macros, copies, forwards, answers for later."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import Case, Draft, Message
from ascolto.cases.queries.for_me import SHOWN
from ascolto.cases.queries.shell import leaving
from ascolto.cases.services import add_note, answer, resolve
from ascolto.channels.adapters.email.compose import compose
from ascolto.channels.models import Outgoing
from ascolto.channels.services.parcels import parcel_of
from ascolto.desk.writing.later import NotThen, choices, moment_in
from ascolto.knowledge.models import Macro
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import case_of, heard_in, page, part

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
TOMORROW = timedelta(days=1)


def send(desk: Client, case: Case, **fields: str) -> int:
    address = f"/casi/C-{case.pk}/rispondi/"
    return desk.post(address, {"text": "Ci siamo.", **fields}, headers=HTMX).status_code


def ours() -> Outgoing:
    return Outgoing.objects.get(automatic=False)


def test_a_call_is_written_down_and_shown(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    desk.post(f"/casi/C-{case.pk}/telefonata/", {"text": "Richiamare dopo le 18."})

    shown = page(desk, f"/casi/C-{case.pk}/")
    assert "Richiamare dopo le 18." in shown
    assert "annotata da Elena Sala" in shown


def test_an_empty_call_is_refused_in_its_own_box(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    response = desk.post(f"/casi/C-{case.pk}/telefonata/", {"text": " "}, headers=HTMX)

    assert response.status_code == 422
    assert "La telefonata è vuota" in response.content.decode()


def test_a_macro_is_found_and_filled_in_for_the_case(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    text = "Buongiorno {cliente}, per {caso} sono {operatore} di {azienda}, {squadra}. {nome}!"
    macro = Macro.objects.create(title="Saluto lungo", text=text, changed_at=timezone.now())

    found = json.loads(desk.get("/macro/", {"q": "lungo"}).content)
    filled = json.loads(desk.get(f"/casi/C-{case.pk}/macro/{macro.pk}/").content)

    assert [row["title"] for row in found] == ["Saluto lungo"]
    assert filled["text"] == (
        f"Buongiorno Giulia Ferraris, per C-{case.pk} sono Elena Sala di Alba Telefonia, "
        "Assistenza. Giulia!"
    )


def test_a_macro_is_counted_when_what_it_said_is_sent(desk: Client) -> None:
    macro = Macro.objects.create(title="Saluto", text="Ciao", changed_at=timezone.now())

    send(desk, case_of("Giulia Ferraris"), macro=str(macro.pk))

    macro.refresh_from_db()
    assert macro.used == 1


def test_what_a_macro_does_besides_happens_once_the_answer_is_sent(desk: Client) -> None:
    deeds = {"tags": ["fibra"], "resolve": True}
    macro = Macro.objects.create(title="Fine", text="", deeds=deeds, changed_at=timezone.now())
    case = case_of("Giulia Ferraris")

    send(desk, case, macro=str(macro.pk))

    case.refresh_from_db()
    assert [one.name for one in case.tags.all()] == ["fibra"]
    assert case.resolved_at is not None


def test_a_macro_that_cannot_do_its_deed_says_so_and_the_answer_leaves(
    desk: Client, elena: Colleague
) -> None:
    deeds = {"snooze": "domani"}
    macro = Macro.objects.create(title="Poi", text="", deeds=deeds, changed_at=timezone.now())
    case = case_of("Giulia Ferraris")
    resolve(case, by=elena, now=timezone.now(), reason="Fatto.")

    address = f"/casi/C-{case.pk}/rispondi/"
    shown = desk.post(address, {"text": "Ci siamo.", "macro": macro.pk}, follow=True)

    assert "La macro voleva rimandare il caso, che è risolto." in shown.content.decode()
    assert ours().text == "Ci siamo."


def test_a_copy_stands_in_the_mail_and_takes_the_customers_link_out_of_it(desk: Client) -> None:
    send(desk, case_of("Giulia Ferraris"), cc="Avv. Neri <neri@example.net>; piero@example.net")

    mail = compose(parcel_of(ours())).decode()

    assert "Cc: neri@example.net, piero@example.net\r\n" in mail
    assert "/p/" not in parcel_of(ours()).text


def test_a_copy_to_no_address_keeps_everything_and_says_which(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    response = desk.post(
        f"/casi/C-{case.pk}/rispondi/", {"text": "Ci siamo.", "cc": "neri@"}, headers=HTMX
    )

    shown = response.content.decode()
    assert response.status_code == 422
    assert "«neri@» non è un indirizzo" in shown
    assert 'value="neri@"' in shown
    assert ">Ci siamo.</textarea>" in shown


def test_answering_all_is_somebodys_choice_and_leaves_ourselves_out(desk: Client) -> None:
    case = case_of(
        "Giulia Ferraris", headers={"Cc": "Piero <piero@example.net>, Assistenza@alba.example"}
    )

    usual = page(desk, f"/casi/C-{case.pk}/")
    asked = part(desk, f"/casi/C-{case.pk}/copie/")
    without_script = page(desk, f"/casi/C-{case.pk}/", tutti=1)

    assert 'value="piero@example.net"' not in usual
    assert "Rispondi a tutti" in usual
    assert 'value="piero@example.net"' in asked
    assert 'value="piero@example.net"' in without_script


def test_copies_are_kept_with_the_draft(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    desk.post(f"/casi/C-{case.pk}/bozza/", {"kind": "REPLY", "text": "", "cc": "piero@example.net"})

    assert Draft.objects.get().cc == "piero@example.net"
    assert 'value="piero@example.net"' in page(desk, f"/casi/C-{case.pk}/")


def test_an_answer_for_tomorrow_waits_and_so_does_the_customer(
    desk: Client, elena: Colleague
) -> None:
    case = case_of("Giulia Ferraris")
    when = timezone.localtime(timezone.now() + TOMORROW).strftime("%Y-%m-%dT09:00")

    assert send(desk, case, quando=when) == 200

    case.refresh_from_db()
    assert timezone.localtime(ours().not_before).strftime("%Y-%m-%dT%H:%M") == when
    assert case.waiting_since is not None
    assert leaving(elena, now=timezone.now()) == []
    assert "alle 09:00" in page(desk, f"/casi/C-{case.pk}/")


def test_an_answer_for_later_can_be_stopped_and_its_text_comes_back(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    send(desk, case, quando="ora", ora=(timezone.localtime() + TOMORROW).strftime("%Y-%m-%dT%H:%M"))

    shown = desk.post(f"/messaggi/{ours().message.pk}/annulla/", follow=True).content.decode()

    assert ">Ci siamo.</textarea>" in shown
    assert ours().cancelled_at is not None


def test_a_customer_who_writes_meanwhile_warns_of_the_answer_that_waits(
    desk: Client, elena: Colleague
) -> None:
    case, now = case_of("Giulia Ferraris"), timezone.now()
    answer(
        case, author=elena, text="Arriva.", now=now - timedelta(minutes=3), leaves_at=now + TOMORROW
    )
    heard = heard_in(case)
    assert heard.item is not None
    make.receive(
        make.mail("Non serve più.", message_id="<x@e.org>", in_reply_to=heard.item.message_id),
        now=now,
    )

    assert "dopo che hai programmato la risposta" in page(desk, f"/casi/C-{case.pk}/")


@pytest.mark.parametrize("written", ["ieri", "2020-01-01T09:00", "2999-01-01T09:00"])
def test_a_moment_nothing_can_leave_at_is_refused(desk: Client, written: str) -> None:
    with pytest.raises(NotThen):
        moment_in(written, now=make.NOON)
    assert send(desk, case_of("Giulia Ferraris"), quando=written) == 422


def test_tomorrow_and_monday_are_offered_once_each() -> None:
    wednesday, sunday = make.NOON, make.NOON + 4 * TOMORROW

    assert [one.value for one in choices(wednesday)] == ["2026-03-05T09:00", "2026-03-09T09:00"]
    assert [one.value for one in choices(sunday)] == ["2026-03-09T09:00"]


def test_a_customer_is_signed_to_in_his_language(desk: Client, elena: Colleague) -> None:
    elena.signature, elena.signatures = "Elena, assistenza", {"en": "Elena, customer care"}
    elena.save()
    case = case_of("Giulia Ferraris")
    case.customer.language = "en"
    case.customer.save()

    send(desk, case)

    assert ours().footer.startswith("Elena, customer care")


def test_a_message_is_forwarded_from_a_page_that_says_what_leaves(desk: Client) -> None:
    case = case_of("Giulia Ferraris", text="Il contatore gira da solo.")
    heard = heard_in(case).pk
    assert "Il contatore gira da solo." in page(desk, f"/messaggi/{heard}/inoltra/")

    fields = {"to": "perito@example.net, altro@example.net", "text": "Che ne dice?"}
    response = desk.post(f"/messaggi/{heard}/inoltra/invia/", fields)

    assert response["Location"] == f"/casi/C-{case.pk}/"
    assert (ours().identity.value, ours().cc) == ("perito@example.net", ["altro@example.net"])


@pytest.mark.parametrize("to", ["", "perito", "giulia@example.org"])
def test_a_forward_that_cannot_leave_keeps_its_text(desk: Client, to: str) -> None:
    heard = heard_in(case_of("Giulia Ferraris")).pk

    fields = {"to": to, "text": "Che ne dice?"}
    response = desk.post(f"/messaggi/{heard}/inoltra/invia/", fields)

    assert response.status_code == 422
    assert "Che ne dice?</textarea>" in response.content.decode()


def test_a_receipt_of_ours_is_not_forwarded(desk: Client) -> None:
    case_of("Giulia Ferraris")
    receipt = Message.objects.get(outgoing__automatic=True)

    assert desk.get(f"/messaggi/{receipt.pk}/inoltra/").status_code == 404


def test_whom_one_calls_and_what_calls_one(
    desk: Client, elena: Colleague, marta: Colleague
) -> None:
    case = case_of("Giulia Ferraris")
    add_note(case, author=marta, text="@Elena Sala puoi sentirla?", now=timezone.now())

    names = json.loads(desk.get(f"/casi/C-{case.pk}/colleghi/", {"q": "mart"}).content)

    assert [row["title"] for row in names] == ["Marta Riva"]
    assert "puoi sentirla?" in page(desk, "/menzioni/")
    assert "non ancora visto" in page(desk, "/menzioni/")
    desk.post("/menzioni/viste/")
    assert "non ancora visto" not in page(desk, "/menzioni/")


def test_a_picture_is_shown_small_and_a_drawing_with_scripts_is_not(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    files = [
        SimpleUploadedFile("foto.png", b"\x89PNG\r\n\x1a\n", content_type="image/png"),
        SimpleUploadedFile("logo.svg", b"<svg onload=1>", content_type="image/svg+xml"),
    ]

    shown = desk.post(f"/casi/C-{case.pk}/allegati/", {"files": files}, headers=HTMX)

    assert shown.content.decode().count("<img ") == 1


def test_one_who_was_called_often_sees_more_when_he_asks(
    desk: Client, elena: Colleague, marta: Colleague
) -> None:
    case = case_of("Giulia Ferraris")
    for number in range(SHOWN + 1):
        add_note(case, author=marta, text=f"@Elena Sala {number}.", now=timezone.now())

    first, second = page(desk, "/menzioni/"), page(desk, f"/menzioni/?fino={2 * SHOWN}")

    assert ("@Elena Sala 1." in first, "@Elena Sala 0." in first) == (True, False)
    assert (f"?fino={2 * SHOWN}" in first, "Mostra altri" in second) == (True, False)
    assert "@Elena Sala 0." in second
    assert page(desk, "/menzioni/?fino=pippo").count("<li class") == first.count("<li class")
