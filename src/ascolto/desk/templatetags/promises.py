"""The clocks of a case as its panel shows them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import template
from django.utils.translation import gettext as _

from ascolto.cases.queries.case_page import CasePage
from ascolto.promises.models import Promise
from ascolto.promises.policy.resting import OFFERED
from ascolto.promises.queries import ANSWERS

register = template.Library()
MANY = 7  # beyond it, a bar with counts and only those that have run out by name
ENDED_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Clocks:
    """The running ones, the next due first; those at rest; and the last that ended."""

    running: list[Promise]
    resting: list[Promise]
    ended: list[Promise]
    late: list[Promise]
    soon: int
    later: int
    offered: tuple[str, ...] = OFFERED  # reasons to let one rest

    @property
    def many(self) -> bool:
        return len(self.running) > MANY


@register.simple_tag
def clocks_of(page: CasePage, now: datetime) -> Clocks:
    """No query: the history of the page has them all."""
    going = page.clocks
    running = [one for one in going if one.paused_at is None]
    late = [one for one in running if one.due_at < now]
    soon = sum(now <= one.due_at <= now + timedelta(hours=1) for one in running)
    ended = [one for one in page.history.promises if one.ended_at is not None]
    return Clocks(
        running=running,
        resting=[one for one in going if one.paused_at is not None],
        ended=sorted(ended, key=lambda one: one.ended_at or now, reverse=True)[:ENDED_SHOWN],
        late=late,
        soon=soon,
        later=len(running) - len(late) - soon,
    )


@register.filter
def reason(words: str) -> str:
    """Why a clock rests: our own reasons in the reader's language, a colleague's as written."""
    return _(words) if words else ""


@register.filter
def leaves(promise: Promise, page: CasePage) -> bool:
    """Its answer is on its way: nothing has to be done for it, and it cannot be stopped by hand."""
    return promise.kind in ANSWERS and page.case.waiting_since is None
