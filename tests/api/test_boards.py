"""Posts of ours through the API: put away and taken out again, a call for help acknowledged."""

import pytest

from ascolto.channels import registry
from ascolto.channels.ports import Manners
from ascolto.listening.models import Board, Mention
from tests.api.callers import caller, said
from tests.listening.boards import spoken_under
from tests.listening.comments import CAUSES
from tests.listening.network import Network

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


def test_a_call_for_help_is_acknowledged_once_and_called_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    aside = Manners(longest=8000, public=True, private=True, aside=True)
    monkeypatch.setitem(registry._carriers, "FACEBOOK", lambda _: Network())  # noqa: SLF001 # put back after
    monkeypatch.setitem(registry._manners, "FACEBOOK", aside)  # noqa: SLF001 # put back after
    program, board = caller(), spoken_under(CAUSES["guasto"][0])
    where = f"/listening/mentions/{Mention.objects.get().pk}"

    made = said(program.post(f"{where}/acknowledge"))

    assert said(program.post(f"{where}/acknowledge")) == made
    lane = said(program.get(f"/listening/boards/{board.pk}/lanes/HELP"))["items"]
    assert [bool(one["acknowledged_at"]) for one in lane] == [True]
    assert said(program.post(f"/cases/{made['case']}/messages/{made['id']}/undo")) is None
    lane = said(program.get(f"/listening/boards/{board.pk}/lanes/HELP"))["items"]
    assert [one["acknowledged_at"] for one in lane] == [None]
