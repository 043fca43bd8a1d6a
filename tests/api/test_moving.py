"""Merging, splitting, many at once, calling back: the desk's deeds, by a program."""

from collections.abc import Mapping

import pytest
from django.db import transaction
from django.utils import timezone

from ascolto.cases.models import CallRequest, Case, Effort, Message, Rating
from ascolto.cases.services import answer, note_call
from ascolto.cases.services.calling_back import ask_call
from ascolto.kit.work import running_inline
from ascolto.staff.models import Colleague, Team
from ascolto.timeline.queries import history_of
from tests import make
from tests.api.callers import Caller, caller, refusal, said

pytestmark = pytest.mark.django_db


def _two() -> tuple[Case, Case]:
    again = make.mail("Ancora.", subject="Ancora", message_id="<due@example.org>")
    return make.case(), make.case(again)


def _kinds(case: Case) -> set[str]:
    return {deed.kind for deed in history_of(case.reference)}


def test_two_cases_become_one_and_two_again() -> None:
    one, two = _two()
    program = caller()

    made = said(program.post(f"/cases/{two.number}/merge", {"into": one.number}))
    merged = said(program.get(f"/cases/{two.number}"))
    told = said(program.get(f"/cases/{one.number}/moves"))
    undone = said(program.post(f"/moves/{made['id']}/undo"))

    assert (made["kind"], made["case"], made["other"]) == ("MERGE", two.number, one.number)
    assert merged["merged_into"] == one.number
    assert [move["id"] for move in told] == [made["id"]]
    assert undone["undone_at"]
    assert Case.objects.get(pk=two.pk).messages.count() == 1


def test_cases_of_two_customers_stay_two() -> None:
    mail = make.mail("Io.", sender="Marta <marta@example.org>", message_id="<m@example.org>")
    one, other = make.case(), make.case(mail)

    response = caller().post(f"/cases/{one.number}/merge", {"into": other.number})

    assert refusal(response) == (409, "other_customer")


def test_some_messages_go_into_a_case_of_their_own() -> None:
    case, program = make.case(), caller()
    by = program.colleague
    kept = note_call(case, author=by, text="E la fattura?", answered=False, now=timezone.now())

    made = said(program.post(f"/cases/{case.number}/split", {"messages": [kept.pk]}))
    alone = program.post(f"/cases/{made['other']}/split", {"messages": [kept.pk]})

    assert [one["id"] for one in said(program.get(f"/cases/{made['other']}/messages"))] == [kept.pk]
    assert refusal(alone) == (422, "nothing_to_split")


def test_a_resolution_that_was_not_meant_is_taken_back() -> None:
    case, program = make.case(), caller()

    resolved = said(program.post(f"/cases/{case.number}/resolve", {"reason": "Doppione"}))
    back = said(program.post(f"/cases/{case.number}/resolve/undo", {"at": resolved["resolved_at"]}))

    assert resolved["resolved_at"] is not None
    assert (back["resolved_at"], back["waiting_since"]) == (None, resolved["opened_at"])


def test_a_colleague_is_asked_to_help() -> None:
    case, marta = make.case(), make.colleague("Marta Riva")
    program = caller()

    program.post(f"/cases/{case.number}/help", {"colleague": marta.pk})

    assert said(program.get(f"/cases/{case.number}/followers")) == [marta.pk]
    assert "cases.help_asked" in _kinds(case)


def _done(program: Caller, wanted: Mapping[str, object]) -> dict[str, object]:
    with transaction.atomic(), running_inline():
        started = said(program.post("/bulk", wanted))
    found: dict[str, object] = said(program.get(f"/bulk/{started['id']}"))
    return found


def test_one_deed_is_done_to_many_cases_and_undone() -> None:
    one, two = _two()
    program = caller()
    wanted = {"deed": "TAG", "cases": [one.number, str(two.pk)], "tag": "fibra"}

    done = _done(program, wanted)
    with transaction.atomic(), running_inline():
        program.post(f"/bulk/{done['id']}/undo")
    undone = said(program.get(f"/bulk/{done['id']}"))

    assert (done["total"], done["done"], done["refused"]) == (2, 2, [])
    assert done["finished_at"]
    assert (undone["undone"], [*one.tags.all()]) == (2, [])


def test_what_a_deed_on_many_could_not_do_is_told_with_the_reason() -> None:
    one, _two_of_them = _two()

    done = _done(caller(), {"deed": "RESOLVE", "cases": [one.number]})

    assert done["refused"] == [{"case": one.number, "reason": "waits"}]


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        ({"deed": "TAG"}, "no_tag"),
        ({"deed": "PRIORITISE"}, "no_priority"),
        ({"deed": "TRANSFER", "team": 1}, "no_reason"),
        ({"deed": "SNOOZE", "until": "2020-01-01T09:00:00Z"}, "not_in_future"),
        ({"deed": "ASSIGN", "colleague": 999999}, "no_such_colleague"),
    ],
)
def test_a_deed_on_many_says_what_it_needs(wanted: dict[str, object], error: str) -> None:
    response = caller().post("/bulk", {**wanted, "cases": [make.case().number]})

    assert refusal(response) == (422, error)


def _wish() -> CallRequest:
    case = make.case()
    identity = make.identity()
    asked, _new = ask_call(
        case, identity=identity, number="011 5551234", wish="Dopo le 18", now=make.NOON
    )
    return asked


def test_who_asked_to_be_called_is_called() -> None:
    asked, program = _wish(), caller()

    waiting = said(program.get("/call_requests"))["items"]
    done = said(program.post(f"/call_requests/{asked.pk}/made", {"outcome": "Risolto a voce."}))

    assert [(one["id"], one["wish"]) for one in waiting] == [(asked.pk, "Dopo le 18")]
    assert done["outcome"] == "Risolto a voce."
    assert said(program.get("/call_requests"))["items"] == []
    assert len(said(program.get("/call_requests", status="done"))["items"]) == 1


def test_not_to_call_takes_a_reason() -> None:
    asked, program = _wish(), caller()

    response = program.post(f"/call_requests/{asked.pk}/dropped", {"reason": " "})

    assert refusal(response) == (422, "no_reason")
    assert CallRequest.objects.get(pk=asked.pk).done_at is None


def test_what_customers_said_of_our_answers_is_read() -> None:
    case, program = make.case(), caller()
    now = timezone.now()
    ours = answer(case, author=program.colleague, text="Ecco.", now=now)
    Rating.objects.create(
        case=case, message=ours, identity=make.identity(), score=3, words="Grazie!", at=now
    )

    found = said(program.get("/ratings", case=case.number))

    assert found["total"] == 1
    assert (found["items"][0]["score"], found["items"][0]["words"]) == (3, "Grazie!")
    assert found["items"][0]["author"] == program.colleague.pk
    assert Message.objects.filter(pk=found["items"][0]["message"], case=case).exists()


def test_how_easy_it_was_is_read_a_page_at_a_time_and_only_of_cases_one_may_see() -> None:
    case, now = make.case(), timezone.now()
    readers = [make.identity(), make.identity("marta@example.org")]
    told = [
        Effort.objects.create(case=case, identity=one, score=score, at=now)
        for one, score in zip(readers, (6, 2), strict=True)
    ]
    program = caller()

    first = said(program.get("/efforts", case=case.number, limit=1))

    assert (first["total"], first["items"][0]["score"]) == (2, 2)
    rest = said(program.get("/efforts", limit=1, before=first["next"]))
    assert [one["id"] for one in rest["items"]] == [told[0].pk]
    Team.objects.filter(pk=case.team_id).update(is_reserved=True)
    stranger = caller("Piero Lupi", role=Colleague.Role.AGENT)
    assert said(stranger.get("/efforts"))["items"] == []


def test_mentions_are_seen_when_they_were_seen() -> None:
    case, program = make.case(), caller()
    marta = caller("Marta Riva")
    program.post(f"/cases/{case.number}/note", {"text": "@Marta Riva guarda qui"})

    before = said(marta.get("/mentions"))
    after = said(marta.post("/mentions/seen"))

    assert [(one["case"], one["seen_at"]) for one in before] == [(case.number, None)]
    assert after[0]["seen_at"] is not None
