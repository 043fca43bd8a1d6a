"""Cases through the API: seen as at the desk, moved by the same services."""

import base64
from datetime import timedelta
from typing import Any

import pytest

from ascolto.cases.models import Case, Draft, DraftFile, Message, Note
from ascolto.cases.services import attach_file, save_draft
from ascolto.channels.models import Enclosure
from ascolto.staff.models import Colleague
from tests import make
from tests.api.callers import caller, refusal, said

pytestmark = pytest.mark.django_db
Role = Colleague.Role


def several(number: int) -> list[Case]:
    return [
        make.case(
            make.mail(message_id=f"<{n}@example.org>", subject=f"Guasto {n}"),
            now=make.NOON + timedelta(minutes=n % 3),
        )
        for n in range(number)
    ]


def reserved_case() -> Case:
    box = make.mailbox("legale", of=make.team("Legale", is_reserved=True))
    return make.case(make.mail(message_id="<legale@example.org>"), channel=box)


def test_the_list_names_each_case_and_says_how_many_there_are() -> None:
    case = make.case()

    page = said(caller().get("/cases"))

    assert (page["total"], page["total_is_more"], page["next"]) == (1, False, None)
    shown = page["items"][0]
    assert (shown["id"], shown["case"]) == (case.pk, case.number)
    assert (shown["customer"], shown["customer_name"]) == (case.customer_id, "Giulia Ferraris")
    assert shown["text"].startswith("Buonasera")


@pytest.mark.parametrize("status", ["open", "resolved", "all"])
def test_pages_bring_each_case_once(status: str) -> None:
    cases = several(7)
    program = caller()
    if status == "resolved":
        for case in cases:
            program.post(f"/cases/{case.number}/resolve", {"reason": "rumore"})
    Case.objects.filter(pk=cases[0].pk).update(due_at=None)

    seen: list[int] = []
    page: dict[str, Any] = {}
    cursor = ""
    for _ in range(4):
        page = said(program.get("/cases", status=status, limit=2, cursor=cursor))
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"] or ""
    assert cursor == ""
    assert sorted(seen) == sorted(case.pk for case in cases)
    assert page["total"] == 7


@pytest.mark.parametrize("cursor", ["x", "W10", "!!!!", "WyJhbGwiLG51bGwsMV0", "²"])
def test_a_cursor_of_another_list_is_refused(cursor: str) -> None:
    assert refusal(caller().get("/cases", cursor=cursor)) == (422, "bad_cursor")


def test_the_list_can_be_narrowed() -> None:
    case = make.case()
    program = caller()

    assert said(program.get("/cases", customer=case.customer_id, waiting=True))["total"] == 1
    assert said(program.get("/cases", team=case.team_id + 1))["total"] == 0
    assert said(program.get("/cases", channel="FORM"))["total"] == 0


def test_a_case_of_a_reserved_team_does_not_exist_for_others() -> None:
    hidden = reserved_case()
    agent = caller("Luca Neri", role=Role.AGENT)

    answers = [
        agent.get(f"/cases/{hidden.number}"),
        agent.get(f"/cases/{hidden.number}/messages"),
        agent.get(f"/cases/{hidden.number}/notes"),
        agent.post(f"/cases/{hidden.number}/note", {"text": "x"}),
        agent.post(f"/cases/{hidden.number}/answer", {"text": "x"}),
        agent.post(f"/cases/{hidden.number}/assign", {"colleague": agent.colleague.pk}),
        agent.post(f"/cases/{hidden.number}/resolve", {"reason": "x"}),
    ]

    assert {refusal(answer) for answer in answers} == {(404, "not_found")}
    assert said(agent.get("/cases"))["total"] == 0
    assert said(agent.get("/messages"))["total"] == 0
    assert said(agent.get("/messages", case=hidden.pk))["items"] == []
    assert not Note.objects.exists()


def test_its_members_see_it() -> None:
    hidden = reserved_case()
    member = caller("Marta Riva", role=Role.AGENT, teams=(make.team("Legale"),))

    assert said(member.get(f"/cases/{hidden.number}"))["id"] == hidden.pk
    assert said(member.get("/messages", case=hidden.pk))["total"] == 2  # his words, our receipt


def test_a_case_is_found_by_number_and_by_id() -> None:
    case = make.case()
    program = caller()

    assert said(program.get(f"/cases/{case.pk}")) == said(program.get(f"/cases/{case.number}"))


def test_an_answer_waits_its_undo_time_and_leaves_with_its_files() -> None:
    case = make.case()
    program = caller()
    photo = {"name": "foto.jpg", "type": "image/jpeg", "base64": "aGVsbG8="}

    response = program.post(
        f"/cases/{case.number}/answer", {"text": "Arriviamo.", "files": [photo]}
    )

    message = Message.objects.select_related("outgoing").get(pk=said(response)["id"])
    assert response.status_code == 201
    assert message.outgoing is not None
    assert message.outgoing.author_id == program.colleague.pk
    assert bytes(Enclosure.objects.get().blob.content) == base64.b64decode("aGVsbG8=")
    told = said(program.get(f"/cases/{case.number}/messages"))
    assert [one["heard"] for one in told] == [True, False, False]  # heard, receipt, answer
    assert told[-1]["files"] == [{"name": "foto.jpg", "type": "image/jpeg", "size": 5}]


def test_a_program_does_not_use_up_what_its_colleague_is_typing() -> None:
    case = make.case()
    program = caller()
    me = program.colleague
    save_draft(case, author=me, kind="REPLY", text="Sto scrivendo…", now=make.NOON)
    file = attach_file(
        case,
        author=me,
        kind="REPLY",
        name="a.txt",
        content_type="text/plain",
        data=b"x",
        now=make.NOON,
    )

    program.post(f"/cases/{case.number}/answer", {"text": "Arriviamo."})
    program.post(f"/cases/{case.number}/note", {"text": "Fatto."})

    assert Draft.objects.get().text == "Sto scrivendo…"
    assert DraftFile.objects.get().token == file.token
    assert not Enclosure.objects.exists()


@pytest.mark.parametrize(
    ("deed", "body", "refused"),
    [
        pytest.param("answer", {"text": "  "}, (422, "nothing_to_say"), id="no words"),
        pytest.param("answer", {"text": "x", "conversation": 9999}, (422, "no_such_conversation")),
        pytest.param(
            "answer", {"files": [{"name": "a", "base64": "§"}]}, (422, "not_base64"), id="no file"
        ),
        pytest.param("note", {"text": ""}, (422, "nothing_to_say"), id="empty note"),
        pytest.param("note", {"text": "a\x00b"}, (422, "invalid"), id="a NUL"),
        pytest.param("note", {"text": "\ud800"}, (422, "invalid"), id="half a character"),
        pytest.param("assign", {"colleague": 9999}, (422, "no_such_colleague"), id="nobody"),
        pytest.param(
            "transfer", {"team": 9999, "reason": "x"}, (422, "no_such_team"), id="no team"
        ),
        pytest.param("resolve", {}, (422, "no_reason"), id="somebody waits"),
    ],
)
def test_a_deed_that_cannot_be_done_says_why(
    deed: str, body: dict[str, object], refused: tuple[int, str]
) -> None:
    case = make.case()

    assert refusal(caller().post(f"/cases/{case.number}/{deed}", body)) == refused


def test_a_transfer_needs_a_reason_and_a_member() -> None:
    case = make.case()
    sales = make.team("Vendite")
    program = caller()
    stranger = make.colleague("Luca Neri")
    path = f"/cases/{case.number}/transfer"

    no_reason = program.post(path, {"team": sales.pk, "reason": " "})
    no_mate = program.post(path, {"team": sales.pk, "colleague": stranger.pk, "reason": "x"})
    done = program.post(path, {"team": sales.pk, "reason": "è una vendita"})

    assert (refusal(no_reason)[1], refusal(no_mate)[1]) == ("no_reason", "not_a_team_mate")
    assert said(done)["team"] == sales.pk


def test_a_case_is_given_resolved_and_opened_again() -> None:
    case = make.case()
    program = caller()
    me = program.colleague.pk

    assigned = said(program.post(f"/cases/{case.number}/assign", {"colleague": me}))
    resolved = said(program.post(f"/cases/{case.number}/resolve", {"reason": "rumore"}))
    reopened = said(program.post(f"/cases/{case.number}/reopen"))

    assert assigned["assignee"] == me
    assert (resolved["resolved_at"] is None, reopened["resolved_at"] is None) == (False, True)


def test_notes_are_read_back() -> None:
    case = make.case()
    program = caller()

    program.post(f"/cases/{case.number}/note", {"text": "Cliente di lungo corso."})

    assert [one["text"] for one in said(program.get(f"/cases/{case.number}/notes"))] == [
        "Cliente di lungo corso."
    ]
