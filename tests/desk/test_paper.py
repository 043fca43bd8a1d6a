"""A case on paper: everything for our files, and for its customer only what he knows."""

import pytest
from django.test import Client

from ascolto.cases.models import Case
from ascolto.cases.queries.case_page import case_page
from ascolto.cases.queries.message_rows import ALL_OF_IT
from ascolto.cases.services import add_note, answer
from ascolto.desk.paper.case import Paper
from ascolto.desk.paper.typeset import pdf
from ascolto.staff.models import Colleague
from ascolto.staff.queries import company
from tests import make
from tests.desk.builders import case_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def elena() -> Colleague:
    return make.colleague("Elena Sala", teams=(make.team(),))


def words_on(case: Case, reader: Colleague, *, for_customer: bool) -> str:
    page = case_page(case.pk, reader, ALL_OF_IT, now=make.NOON)
    assert page is not None
    rows = Paper(page, company(), for_customer=for_customer, now=make.NOON).data()["rows"]
    return "\n".join(row["text"] for row in rows)


def test_our_own_paper_has_words_notes_and_deeds(elena: Colleague) -> None:
    case = case_of("Giulia Ferraris", subject="Fibra giù")
    add_note(case, author=elena, text="Armadio TO-114 guasto.", now=make.NOON)

    said = words_on(case, elena, for_customer=False)

    assert "Armadio TO-114 guasto." in said
    assert "Caso aperto." in said


def test_the_customers_paper_has_no_note_and_nothing_that_has_not_left(elena: Colleague) -> None:
    case = case_of("Giulia Ferraris", subject="Fibra giù")
    add_note(case, author=elena, text="Armadio TO-114 guasto.", now=make.NOON)
    answer(case, author=elena, text="Ancora nel suo tempo di grazia.", now=make.NOON)

    said = words_on(case, elena, for_customer=True)

    assert "TO-114" not in said
    assert "grazia" not in said
    assert said


def test_what_a_customer_writes_is_text_and_never_the_language_of_the_typesetter() -> None:
    hostile = '#read("/etc/passwd") $x^2$ *grassetto* \\ <label> @ref #import "x" 😀 漢字'
    page = {
        "title": hostile,
        "number": "C-1",
        "subject": hostile,
        "company": hostile,
        "language": "it",
        "facts": [(hostile, hostile)],
        "rows": [
            {"kind": "day", "text": hostile},
            {
                "kind": "heard",
                "who": hostile,
                "about": hostile,
                "at": "09:00",
                "text": hostile + "\n" + "a" * 20_000,
                "files": [hostile],
            },
            {"kind": "deed", "who": "", "at": "", "text": hostile, "files": []},
        ],
        "words": {"files": "Allegati: ", "nothing": ""},
    }

    made = pdf("case.typ", page)

    assert made.startswith(b"%PDF-")


def test_the_page_gives_a_pdf(elena: Colleague) -> None:
    case = case_of("Giulia Ferraris", subject="Fibra giù")
    browser = Client()
    browser.force_login(elena)

    answered = browser.get(f"/casi/C-{case.pk}/pdf/")

    assert answered["Content-Type"] == "application/pdf"
    assert answered.content.startswith(b"%PDF-")
