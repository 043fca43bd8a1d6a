import json
from datetime import UTC, datetime, timedelta

import pytest

from ascolto.cases.models import Case, Message
from ascolto.cases.services import answer
from ascolto.channels.models import Outgoing
from ascolto.people.models import Customer
from ascolto.pressure.models import Unreachable
from ascolto.promises.models import Promise
from ascolto.timeline.queries import history_of
from tests import make
from tests.exchange.files import counts, imported, reasons

pytestmark = pytest.mark.django_db

CLOSED = {
    "id": "T-1",
    "customer_email": "giulia@example.org",
    "customer_name": "Giulia Ferraris",
    "subject": "Fibra giù",
    "opened_at": "2025-11-03T09:00:00+01:00",
    "resolved_at": "2025-11-04 18:30",
    "team": "assistenza",
    "tags": ["fibra", "guasto"],
    "messages": [
        {"from": "customer", "at": "2025-11-03T09:00:00+01:00", "text": "Non va."},
        {"from": "us", "at": "2025-11-03T10:00:00+01:00", "text": "Arriviamo."},
        {"from": "customer", "at": "2025-11-04T09:00:00+01:00", "text": "Grazie!"},
    ],
}
OPEN = {
    "id": "T-2",
    "email": "marta@example.org",
    "oggetto": "Doppia fattura",
    "aperto il": "2026-03-01 10:00",
    "testo": "Ho due fatture.",
}


def test_a_closed_case_comes_in_with_its_past_and_nothing_else_happens() -> None:
    make.team()
    make.mailbox()

    run = imported(json.dumps(CLOSED), "CASES")

    case = Case.objects.get()
    said = list(case.messages.order_by("at").values_list("text", "proof"))
    assert counts(run) == (1, 0, 0, 0)
    assert said == [("Non va.", "OPENED"), ("Arriviamo.", "OURS"), ("Grazie!", "SAME_ADDRESS")]
    assert (case.subject, case.waiting_since, case.due_at) == ("Fibra giù", None, None)
    assert case.resolved_at == datetime(2025, 11, 4, 17, 30, tzinfo=UTC)
    assert sorted(case.tags.values_list("name", flat=True)) == ["fibra", "guasto"]
    assert [deed.kind for deed in history_of(case.reference)] == ["cases.imported"]
    waiting = Outgoing.objects.filter(sent_at=None)
    assert (waiting.count(), Promise.objects.count(), Unreachable.objects.count()) == (0, 0, 0)


def test_a_second_time_changes_nothing() -> None:
    make.team()
    imported(json.dumps([CLOSED, OPEN]), "CASES")
    before = list(Case.objects.values()), list(Message.objects.values("pk", "text"))

    again = imported(json.dumps([CLOSED, OPEN]), "CASES")

    assert counts(again) == (0, 0, 2, 0)
    assert (list(Case.objects.values()), list(Message.objects.values("pk", "text"))) == before


def test_an_open_case_waits_without_a_clock_and_can_be_answered() -> None:
    make.mailbox()
    elena = make.colleague(teams=(make.team(),))

    imported(json.dumps([OPEN]), "CASES")

    case = Case.objects.get()
    assert case.waiting_since == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert (case.due_at, Promise.objects.count()) == (None, 0)
    message = answer(case, author=elena, text="Controllo.", now=make.NOON)
    assert message.outgoing is not None
    assert message.outgoing.sent_at is None


def test_a_clock_starts_now_for_whoever_asks_for_it() -> None:
    make.team()

    imported(json.dumps([OPEN, CLOSED]), "CASES", clocks=True)

    promise = Promise.objects.get()
    case = Case.objects.get(subject="Doppia fattura")
    assert (promise.subject, promise.started_at) == (case.reference, make.NOON)
    assert case.due_at == promise.due_at > make.NOON


def test_a_spreadsheet_without_codes_is_known_again_by_whose_and_when() -> None:
    make.team()
    content = (
        "cliente;email;oggetto;data;chiuso il;testo;risposta\n"
        'Giulia;g@example.org;Fibra;3/11/2025 9:00;4/11/2025;"Non va\nda ieri";Fatto.\n'
    )

    run = imported(content, "CASES")
    again = imported(content, "CASES")

    assert (counts(run), counts(again)) == ((1, 0, 0, 0), (0, 0, 1, 0))
    texts = list(Message.objects.order_by("at").values_list("text", flat=True))
    assert texts == ["Non va\nda ieri", "Fatto."]


def test_it_goes_to_the_customer_who_is_known_and_leaves_him_his_name() -> None:
    make.team()
    giulia = make.customer("Giulia Ferraris")

    imported(json.dumps({**CLOSED, "customer_name": "G.F.", "customer_reference": "A-7"}), "CASES")

    assert Case.objects.get().customer == giulia
    assert Customer.objects.get().name == "Giulia Ferraris"
    assert giulia.identities.count() == 2


def test_bad_rows_say_what_is_wrong() -> None:
    make.team()
    make.team("Fatturazione")
    later = (make.NOON + timedelta(days=1)).isoformat()
    rows = [
        {**CLOSED, "team": "Marte"},
        {**OPEN, "id": "2"},
        {**CLOSED, "opened_at": later},
        {**CLOSED, "resolved_at": "2025-01-01"},
        {**CLOSED, "opened_at": ""},
        {**CLOSED, "customer_email": ""},
        {**CLOSED, "id": "7"},
        {**CLOSED, "id": "7"},
        {**CLOSED, "id": "9", "messages": ["ciao"]},
    ]

    run = imported(json.dumps(rows), "CASES")

    assert reasons(run) == {
        1: "Non c’è nessuna squadra che si chiama «Marte».",
        2: "Manca la squadra.",
        3: "Una data è nel futuro.",
        4: "È stato risolto prima di essere aperto.",
        5: "Manca quando è stato aperto.",
        6: "Manca di chi è il caso: un indirizzo, un numero o un codice cliente.",
        8: "È la stessa di una riga più sopra: ha lo stesso codice.",
        9: "I messaggi non sono JSON valido.",
    }
    assert Case.objects.count() == 1


def test_five_hundred_cases_are_as_many_statements_as_five(
    django_assert_max_num_queries: object,
) -> None:
    make.team()
    rows = [{**CLOSED, "id": f"N-{n}", "email": f"c{n}@example.org"} for n in range(500)]

    with django_assert_max_num_queries(60):  # type: ignore[operator] # a fixture, untyped
        run = imported(json.dumps([{**row, "customer_email": ""} for row in rows]), "CASES")

    assert counts(run) == (500, 0, 0, 0)
