"""Answers written for everybody of a cause that are still on their way."""

from datetime import datetime

from ascolto.listening.models import AnswerToAll
from ascolto.staff.models import Colleague


def answers_to_all(board_id: int) -> dict[int, AnswerToAll]:
    """By cause, the newest one that waits to leave, or of which some have left. One query."""
    waiting = AnswerToAll.objects.filter(
        cause__board=board_id, called_back_at=None, finished_at=None
    )
    return {one.cause_id: one for one in waiting.select_related("cause", "by").order_by("pk")}


def may_be_called_back(answer: AnswerToAll, colleague: Colleague, *, now: datetime) -> bool:
    """By its author, while none of it has left."""
    return answer.by_id == colleague.pk and not answer.done and answer.leaves_at > now
