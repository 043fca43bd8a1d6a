"""Posts of ours through the API: put away and taken out again."""

import pytest

from ascolto.listening.models import Board
from tests.api.callers import caller, said
from tests.listening.boards import spoken_under

pytestmark = pytest.mark.django_db


def test_a_post_is_closed_found_among_the_closed_ones_and_opened_again() -> None:
    program, board = caller(), spoken_under("Vale anche per chi è già cliente?")
    where = f"/listening/boards/{board.pk}"

    closed = said(program.post(f"{where}/close"))

    assert (closed["closed_by"], bool(closed["closed_at"])) == ("Elena Sala", True)
    found = said(program.get("/listening/boards", closed="true"))["items"]
    assert [one["id"] for one in found] == [board.pk]
    assert said(program.get("/listening/boards", closed="false"))["items"] == []

    assert said(program.post(f"{where}/reopen"))["closed_at"] is None
    assert Board.objects.get().closed_at is None
