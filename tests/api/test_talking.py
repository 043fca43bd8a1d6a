import pytest

from ascolto.cases.models import Draft, Message
from ascolto.cases.services import save_draft
from ascolto.staff.models import Colleague
from tests import make
from tests.api.callers import caller, refusal, said

pytestmark = pytest.mark.django_db


def test_an_answer_to_what_was_not_all_is_refused_with_what_came() -> None:
    case, program = make.case(), caller()
    seen = said(program.get(f"/cases/{case.number}/messages"))[-1]["id"]
    reply = make.mail("Anzi, lasci stare.", message_id="<due@example.org>")
    make.receive(reply)
    came = Message.objects.filter(item__isnull=False).order_by("pk").last()
    assert came is not None
    Message.objects.filter(pk=came.pk).update(case=case)
    body = {"text": "Arriviamo domani.", "seen": seen}

    response = program.post(f"/cases/{case.number}/answer", body)

    assert refusal(response) == (409, "something_came")
    assert [one["text"] for one in said(response)["came"]][-1] == "Anzi, lasci stare."
    again = {**body, "seen": max(said(response)["newest"], came.pk)}
    newest = Message.objects.filter(case=case).order_by("-pk").values_list("pk", flat=True)[0]
    sent = program.post(f"/cases/{case.number}/answer", {**again, "seen": newest})
    assert sent.status_code == 201


def test_an_answer_has_copies_and_its_hour() -> None:
    case, program = make.case(), caller()
    body = {"text": "Ecco.", "cc": ["marta@example.org"], "leaves_at": "2099-01-01T09:00:00Z"}

    sent = said(program.post(f"/cases/{case.number}/answer", body))

    outgoing = Message.objects.get(pk=sent["id"]).outgoing
    assert outgoing is not None
    assert outgoing.cc == ["marta@example.org"]
    assert sent["leaves_at"] == "2099-01-01T09:00:00Z"
    bad = program.post(f"/cases/{case.number}/answer", {"text": "Ecco.", "cc": ["chissà"]})
    assert refusal(bad) == (422, "not_an_address")


def test_an_answer_is_called_back_and_is_a_draft_again() -> None:
    case, program = make.case(), caller()
    sent = said(program.post(f"/cases/{case.number}/answer", {"text": "Ecco."}))
    place = f"/cases/{case.number}/messages/{sent['id']}/undo"

    draft = program.post(place)

    assert (draft.status_code, said(draft)["text"]) == (200, "Ecco.")
    assert refusal(program.post(place)) == (404, "not_found")


def test_nobody_calls_back_what_somebody_else_said() -> None:
    case, program = make.case(), caller()
    sent = said(program.post(f"/cases/{case.number}/answer", {"text": "Ecco."}))
    other = caller("Marta Riva", role=Colleague.Role.SUPERVISOR)

    response = other.post(f"/cases/{case.number}/messages/{sent['id']}/undo")

    assert refusal(response) == (404, "not_found")


def test_a_call_is_written_down_as_heard() -> None:
    case, program = make.case(), caller()

    noted = said(program.post(f"/cases/{case.number}/call", {"text": "Richiama alle 18."}))

    assert (noted["heard"], noted["text"], noted["proof"]) == (True, "Richiama alle 18.", "CALL")


def test_a_message_goes_to_somebody_outside() -> None:
    case, program = make.case(), caller()
    heard = case.messages.get(item__isnull=False)
    place = f"/cases/{case.number}/forward"

    sent = program.post(place, {"message": heard.pk, "to": "tecnico@example.org", "text": "Vedi."})

    assert sent.status_code == 201
    him = program.post(place, {"message": heard.pk, "to": "giulia@example.org"})
    assert refusal(him) == (422, "to_the_customer")


def test_a_draft_is_left_and_what_is_typed_at_the_desk_survives_a_call() -> None:
    case, program = make.case(), caller()
    place = f"/cases/{case.number}/drafts"

    left = program.put(place, {"text": "Bozza di un programma"})
    save_draft(
        case, author=program.colleague, kind=Draft.Kind.CALL, text="Sto scrivendo", now=make.NOON
    )
    program.post(f"/cases/{case.number}/call", {"text": "Altro."})

    assert left.status_code == 200
    kept = {draft["kind"]: draft["text"] for draft in said(program.get(place))}
    assert kept == {"REPLY": "Bozza di un programma", "CALL": "Sto scrivendo"}
