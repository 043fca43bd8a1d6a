"""What a promise is, when it ends and when it is time to warn. Pure."""

from datetime import datetime

from ascolto.kit.businesstime import WorkCalendar
from ascolto.promises.policy.clocks import Terms, ending_of, moved, warning_before
from ascolto.promises.policy.english import ENGLISH
from ascolto.promises.policy.italian import ITALIAN
from ascolto.promises.policy.noticing import Noticed, notice

__all__ = ["Noticed", "Terms", "ending_of", "moved", "promise_in", "warning_before"]


def promise_in(text: str, *, now: datetime, hours: WorkCalendar) -> Noticed | None:
    """The promise that somebody makes in this text, or None. `hours` also says the time zone."""
    return notice(text, now=now, hours=hours, languages=(ITALIAN, ENGLISH))
