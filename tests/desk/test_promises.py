from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ascolto.cases.models import Case, Message
from ascolto.cases.queries import promised as board
from ascolto.cases.queries.promised import Asked, promised
from ascolto.cases.services import pause_clock, promise, undo_answer
from ascolto.promises.models import Promise
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import case_of, page, part

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def given(case: Case, by: Colleague, *, words: str = "Le scrivo", minutes: int = 180) -> Promise:
    now = timezone.now()
    return promise(case, words=words, due_at=now + timedelta(minutes=minutes), by=by, now=now)


def in_hours(hours: int) -> str:
    return (timezone.now() + timedelta(hours=hours)).isoformat()


def test_what_is_written_is_offered_as_a_promise(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    address = f"/casi/C-{case.pk}/promessa/riconosci/"

    noticed = desk.post(address, {"text": "Ci siamo. La richiamo tra due ore."}).json()

    assert noticed["words"] == "La richiamo tra due ore."
    assert noticed["label"].startswith("Promessa: richiamare entro")
    assert noticed["due_at"]
    assert desk.post(address, {"text": "Deve pagare entro domani."}).json() == {}


def test_a_promise_starts_with_the_answer_that_makes_it(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    due = in_hours(3)

    desk.post(
        f"/casi/C-{case.pk}/rispondi/",
        {"text": "La richiamo.", "promessa": "La richiamo.", "promessa_entro": due},
    )

    given = Promise.objects.get(kind="WORD")
    assert (given.words, given.made_by, given.due_at.isoformat()) == (
        "La richiamo.",
        elena,
        due.replace("+00:00", "+00:00"),
    )
    case.refresh_from_db()
    assert case.due_at == given.due_at


@pytest.mark.parametrize("entro", ["", "domani", "2001-01-01T10:00"])
def test_an_answer_without_a_promise_makes_none(desk: Client, entro: str) -> None:
    case = case_of("Giulia Ferraris")

    desk.post(
        f"/casi/C-{case.pk}/rispondi/",
        {"text": "Ci siamo.", "promessa": "La richiamo.", "promessa_entro": entro},
    )

    assert Message.objects.filter(text="Ci siamo.").exists()
    assert not Promise.objects.filter(kind="WORD").exists()


def test_an_answer_called_back_takes_its_promise_with_it(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    before = given(case, elena, words="Detta prima")
    sent = {"text": "Ok.", "promessa": "Detta ora", "promessa_entro": in_hours(3)}
    desk.post(f"/casi/C-{case.pk}/rispondi/", sent)
    message = Message.objects.get(text="Ok.")

    undo_answer(message.pk, by=elena, now=timezone.now())

    assert Promise.objects.get(words="Detta ora").ending == "WAIVED"
    assert Promise.objects.get(pk=before.pk).ended_at is None


def test_the_sheet_says_the_hour_on_every_button(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    sheet = part(desk, f"/casi/C-{case.pk}/fogli/prometti/")

    assert "Che cosa prometti a Giulia Ferraris?" in sheet
    assert sheet.count("Prometti: ") >= 3


def test_a_promise_is_made_from_the_sheet_without_script(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")

    desk.post(f"/casi/C-{case.pk}/promessa/", {"promessa": "Notizie", "entro": in_hours(2)})

    assert Promise.objects.get(kind="WORD").made_by == elena
    assert "Notizie" in page(desk, f"/casi/C-{case.pk}/")


@pytest.mark.parametrize(
    ("said", "entro", "problem"),
    [
        ("Notizie", "2001-01-01T10:00", "Scegli un momento che deve ancora venire."),
        (" ", "2001", "Scegli un momento che deve ancora venire."),
    ],
)
def test_a_promise_that_cannot_be_is_explained(
    desk: Client, said: str, entro: str, problem: str
) -> None:
    case = case_of("Giulia Ferraris")

    answer = desk.post(
        f"/casi/C-{case.pk}/promessa/", {"promessa": said, "entro": entro}, headers=HTMX
    )

    assert answer.status_code == 422
    assert problem in answer.content.decode()


def test_a_kept_promise_is_marked_by_a_button(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    word = given(case, elena)

    desk.post(f"/casi/C-{case.pk}/promessa/{word.pk}/mantenuta/")
    again = desk.post(f"/casi/C-{case.pk}/promessa/{word.pk}/mantenuta/")

    word.refresh_from_db()
    assert word.ending == "KEPT"
    assert again.status_code == 302


def test_the_clock_of_an_answer_is_not_stopped_by_a_button(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    clock = Promise.objects.get()

    answer = desk.post(f"/casi/C-{case.pk}/promessa/{clock.pk}/mantenuta/", headers=HTMX)

    assert answer.status_code == 422
    assert Promise.objects.get().ended_at is None


def test_a_pause_is_shown_with_its_reason_and_ends_with_a_button(
    desk: Client, elena: Colleague
) -> None:
    case = case_of("Giulia Ferraris")
    word = given(case, elena)
    address = f"/casi/C-{case.pk}/orologi/{word.pk}/"

    desk.post(f"{address}pausa/", {"reason": "aspettiamo il ricambio"})
    shown = page(desk, f"/casi/C-{case.pk}/")
    assert "in pausa: aspettiamo il ricambio" in shown
    assert "Elena Sala ha messo in pausa «Le scrivo»: aspettiamo il ricambio" in shown
    desk.post(f"{address}riprendi/")

    assert Promise.objects.get(pk=word.pk).paused_at is None


def test_a_clock_of_another_case_is_out_of_reach(desk: Client, elena: Colleague) -> None:
    word = given(case_of("Marta Bianchi"), elena)
    case = case_of("Giulia Ferraris")

    answer = desk.post(f"/casi/C-{case.pk}/promessa/{word.pk}/mantenuta/")

    assert answer.status_code == 404


def test_more_than_seven_clocks_are_a_bar_with_three_counts(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    for number in range(9):
        given(case, elena, words=f"Parola {number}", minutes=20 + 60 * number)
    late = Promise.objects.filter(words="Parola 8")
    now = timezone.now()
    late.update(started_at=now - timedelta(hours=3), due_at=now - timedelta(hours=1))

    shown = page(desk, f"/casi/C-{case.pk}/")

    assert "<b>1</b> scaduto" in shown
    assert "<b>1</b> entro un’ora" in shown
    assert "<b>8</b> più avanti" in shown


def test_all_promises_stand_on_one_page_the_late_ones_first(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    given(case, elena, words="Presto", minutes=30)
    resting = given(case, elena, words="Con calma", minutes=60)
    now = timezone.now()
    pause_clock(case, resting.pk, reason="manca il pezzo", by=elena, now=now)
    given(case, elena, words="Tardi")
    past = {"started_at": now - timedelta(hours=3), "due_at": now - timedelta(hours=1)}
    Promise.objects.filter(words="Tardi").update(**past)

    shown = page(desk, "/promesse/")

    places = [
        shown.index(words) for words in ("Scadute", "Tardi", "Presto", "In pausa", "manca il")
    ]
    assert places == sorted(places)


def test_the_page_is_narrowed_by_kind_and_by_whose(desk: Client, elena: Colleague) -> None:
    ours = case_of("Giulia Ferraris")
    given(ours, elena, words="Parola di Elena")
    given(ours, make.colleague("Sara Conti"), words="Parola di Sara")

    mine = page(desk, "/promesse/?di=mie&tipo=WORD")

    assert "Parola di Elena" in mine
    assert "Parola di Sara" not in mine
    assert "prima risposta</b>" not in mine


def test_nobody_sees_promises_of_a_case_he_may_not_see(elena: Colleague) -> None:
    legal = make.team("Legale", is_reserved=True)
    hidden = case_of("Avvocata Neri")
    Case.objects.filter(pk=hidden.pk).update(team=legal)
    shown = case_of("Giulia Ferraris")

    rows = promised(elena, Asked(), after=None).rows

    assert {row.case_id for row in rows} == {shown.pk}


def test_pages_follow_each_other_without_a_gap_into_those_at_rest(
    elena: Colleague,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(board, "PAGE", 2)
    case = case_of("Giulia Ferraris")
    for number in range(6):
        word = given(case, elena, minutes=60)
        if number % 2:
            now = timezone.now()
            pause_clock(case, word.pk, reason="manca il pezzo", by=elena, now=now)

    seen: list[int] = []
    after = None
    while True:
        with django_assert_max_num_queries(3):
            found = promised(elena, Asked(), after=after)
        seen += [row.id for row in found.rows]
        after = found.next_cursor
        if after is None:
            break
        after = board.Cursor.parse(str(after))

    assert sorted(seen) == sorted(Promise.objects.values_list("pk", flat=True))
    assert len(seen) == 7
