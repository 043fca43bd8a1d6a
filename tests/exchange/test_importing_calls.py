"""The figures of a switchboard: one call a row, or all calls of half an hour."""

from datetime import UTC, datetime

import pytest

from ascolto.exchange.models import PhoneFigure
from tests.exchange.files import counts, imported, reasons

pytestmark = pytest.mark.django_db

STRETCHES = (
    "Data;Ora;Coda;Minuti;Offerte;Risposte;Abbandonate;Attesa media\n"
    "2/3/2026;09:00;Guasti;30;40;36;4;12,5\n"
    "2/3/2026;09:30;Guasti;30;1.200;1.150;50;0:01:05\n"
)
CALLS = (
    "call id,start,queue,outcome,wait,talk\n"
    "a1,2026-03-02T09:00:10+01:00,Billing,answered,14,180\n"
    "a2,2026-03-02T09:01:00+01:00,Billing,abandoned,65.5,\n"
)


def test_stretches_come_with_italian_names_and_decimal_commas() -> None:
    run = imported(STRETCHES, "CALLS")

    first, second = PhoneFigure.objects.order_by("at")
    assert counts(run) == (2, 0, 0, 0)
    assert first.at == datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    assert (first.offered, first.answered, first.abandoned) == (40, 36, 4)
    assert first.wait_seconds == 450
    assert (second.offered, second.wait_seconds) == (1200, 65 * 1150)


def test_single_calls_come_with_english_names() -> None:
    imported(CALLS, "CALLS")

    answered, lost = PhoneFigure.objects.order_by("at")
    assert (answered.minutes, answered.answered, answered.wait_seconds) == (0, 1, 14)
    assert (lost.abandoned, lost.wait_seconds, lost.talk_seconds) == (1, 0, 0)


def test_the_same_file_twice_changes_nothing() -> None:
    imported(CALLS, "CALLS")

    again = imported(CALLS, "CALLS")

    assert counts(again) == (0, 0, 2, 0)
    assert PhoneFigure.objects.count() == 2


def test_a_corrected_row_corrects_what_was_kept() -> None:
    imported(STRETCHES, "CALLS")

    again = imported(STRETCHES.replace("40;36;4", "41;37;4"), "CALLS")

    assert counts(again) == (0, 1, 1, 0)
    assert PhoneFigure.objects.order_by("at")[0].offered == 41


def test_what_is_not_said_of_the_lost_ones_is_reckoned() -> None:
    imported("data,offerte,risposte\n2026-03-02 09:00,10,7\n", "CALLS")

    assert PhoneFigure.objects.get().abandoned == 3


@pytest.mark.parametrize(
    ("row", "why"),
    [
        pytest.param(",Guasti,10,7", "quando", id="no date"),
        pytest.param("2026-03-02 09:00,Guasti,10,12", "più di quelle entrate", id="too many"),
        pytest.param("2026-03-02 09:00,Guasti,molte,1", "«molte»", id="no number"),
        pytest.param("2026-03-02 09:00,Guasti,2.5,1", "«2.5»", id="half a call"),
        pytest.param("2099-03-02 09:00,Guasti,2,1", "futuro", id="to come"),
        pytest.param("2026-03-02 09:00,Guasti,,forse", "forse", id="neither lost nor answered"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_reason(row: str, why: str) -> None:
    run = imported(f"data,coda,offerte,risposte\n{row}\n", "CALLS")

    assert list(reasons(run)) == [2]
    assert why in reasons(run)[2]
    assert not PhoneFigure.objects.exists()


def test_a_row_twice_in_one_file_is_refused_the_second_time() -> None:
    row = "2026-03-02 09:00,Guasti,10,7\n"

    run = imported(f"data,coda,offerte,risposte\n{row}{row}", "CALLS")

    assert (run.made, run.refused) == (1, 1)
