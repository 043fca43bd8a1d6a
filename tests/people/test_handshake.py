"""A code of ours that a customer writes says who he is."""

from datetime import timedelta

import pytest

from ascolto.people.handshake import code_for, customer_in
from tests import make

TODAY = make.NOON.date()


def test_the_code_is_found_in_his_words_however_he_writes_it() -> None:
    code = code_for(4711, today=TODAY)

    assert customer_in(f"Sono io: {code.upper()}. Grazie", today=TODAY) == 4711


@pytest.mark.parametrize(("days", "found"), [(0, 4711), (3, 4711), (4, None), (-1, None)])
def test_it_is_good_for_three_days(days: int, found: int | None) -> None:
    code = code_for(4711, today=TODAY)

    assert customer_in(code, today=TODAY + timedelta(days=days)) == found


def test_a_code_for_somebody_else_cannot_be_made_of_it() -> None:
    code = code_for(4711, today=TODAY)

    assert customer_in(code.replace("4711", "4712"), today=TODAY) is None
    assert customer_in(code[:-1], today=TODAY) is None
