"""A long case shows its newest; who goes back gets what came before, a stretch at a time."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ascolto.cases.models import Case, Message
from ascolto.cases.queries import message_rows
from ascolto.cases.queries.case_page import earlier_in
from ascolto.cases.queries.history import NoteRow, SilenceRow
from ascolto.cases.services import add_note
from ascolto.channels.models import Outgoing
from ascolto.staff.models import Colleague
from tests.desk.builders import answered, case_of, page, part

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def long(elena: Colleague, monkeypatch: pytest.MonkeyPatch) -> Case:
    """What he wrote eight days ago, and one answer each day since."""
    monkeypatch.setattr(message_rows, "NEWEST", 3)
    monkeypatch.setattr(message_rows, "EARLIER", 4)
    case = case_of("Giulia Ferraris", text="La prima parola.")
    for number in range(8):
        answered(case, elena, text=f"Risposta {number}.")
    case.messages.filter(outgoing__automatic=True).delete()  # the receipt
    now = timezone.now()
    for number, message in enumerate(case.messages.order_by("-pk")):
        Message.objects.filter(pk=message.pk).update(at=now - number * DAY)
    return case


def said(text: str) -> list[str]:
    words = ["La prima parola.", *(f"Risposta {number}." for number in range(8))]
    return [one for one in words if f"<p>{one}</p>" in text]


def answers(*numbers: int) -> list[str]:
    return [f"Risposta {number}." for number in numbers]


def test_what_was_before_comes_a_stretch_at_a_time_up_to_the_first_word(
    desk: Client, long: Case
) -> None:
    address = f"/casi/C-{long.pk}/"
    pks = list(long.messages.order_by("at").values_list("pk", flat=True))

    newest = page(desk, address)
    earlier = part(desk, address, prima=str(pks[6]))
    first = part(desk, address, prima=str(pks[2]))

    assert said(newest) == answers(5, 6, 7)
    assert f"?prima={pks[6]}" in newest
    assert said(earlier) == answers(1, 2, 3, 4)
    assert f"?prima={pks[2]}" in earlier
    assert said(first) == ["La prima parola.", *answers(0)]
    assert "?prima=" not in first


def test_every_line_stands_in_one_stretch_and_no_silence_between_two_is_lost(
    long: Case, elena: Colleague
) -> None:
    pks = list(long.messages.order_by("at").values_list("pk", flat=True))
    at = dict(long.messages.values_list("pk", "at"))
    for pk in pks:
        add_note(long, author=elena, text=f"Nota dopo {pk}.", now=at[pk] + DAY / 2)
    now = timezone.now()

    told = [earlier_in(long.pk, elena, before=pk, now=now) for pk in (pks[6], pks[2])]
    rows = [row for one in told if one for row in one.history.rows]

    notes = [row.note.text for row in rows if isinstance(row, NoteRow)]
    assert sorted(notes) == sorted(f"Nota dopo {pk}." for pk in pks[:6])
    silences = [row.length for row in rows if isinstance(row, SilenceRow)]
    assert silences == [DAY]


def test_a_silence_that_ends_with_the_next_stretch_is_told_in_the_one_it_began_in(
    long: Case, elena: Colleague
) -> None:
    second = long.messages.order_by("at")[1]

    first = earlier_in(long.pk, elena, before=second.pk, now=timezone.now())

    assert first is not None
    assert [row.shape for row in first.history.rows if row.shape in {"message", "silence"}] == [
        "message",
        "silence",
    ]


def test_who_went_back_is_shown_everything_since_where_he_began(desk: Client, long: Case) -> None:
    pks = list(long.messages.order_by("at").values_list("pk", flat=True))

    live = part(desk, f"/casi/C-{long.pk}/", vivo="1", inizio=str(pks[4]))

    assert said(live) == answers(3, 4, 5, 6, 7)
    assert 'id="prima"' not in live


def test_without_script_the_past_is_a_page_from_which_nobody_answers_blindly(
    desk: Client, long: Case
) -> None:
    pks = list(long.messages.order_by("at").values_list("pk", flat=True))

    past = page(desk, f"/casi/C-{long.pk}/", prima=str(pks[6]))

    assert said(past) == answers(1, 2, 3, 4)
    assert "Torna agli ultimi messaggi" in past
    assert 'id="testo-risposta"' not in past


def test_nothing_stands_before_a_message_of_another_case(desk: Client, long: Case) -> None:
    other = case_of("Marta Villa", text="Parole di Marta.")
    pk = other.messages.get(item__isnull=False).pk

    assert part(desk, f"/casi/C-{long.pk}/", prima=str(pk)).strip() == ""
    assert part(desk, f"/casi/C-{long.pk}/", prima="²").strip() == ""
    assert said(page(desk, f"/casi/C-{long.pk}/", prima=str(pk))) == answers(5, 6, 7)


@pytest.mark.parametrize("place", [3, 6])
def test_going_back_costs_the_same_however_far(
    long: Case, elena: Colleague, place: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pk = long.messages.order_by("at")[place].pk

    with django_assert_num_queries(9):
        earlier_in(long.pk, elena, before=pk, now=timezone.now())


def test_an_answer_that_waits_for_its_hour_is_seen_however_much_was_said_since(
    desk: Client, long: Case
) -> None:
    waiting = long.messages.order_by("at")[2]
    assert waiting.outgoing is not None
    Outgoing.objects.filter(pk=waiting.outgoing.pk).update(
        not_before=waiting.outgoing.queued_at + 90 * DAY
    )

    shown = page(desk, f"/casi/C-{long.pk}/")

    assert said(shown) == answers(1, 2, 3, 4, 5, 6, 7)
    assert "?prima=" in shown
