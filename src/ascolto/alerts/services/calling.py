"""A colleague is asked to look at something, with a note that never leaves the company."""

from datetime import datetime

from django.db import transaction

from ascolto.alerts.models import Call
from ascolto.alerts.queries import may_see
from ascolto.staff.models import Colleague, Team


class NotForHim(Exception):
    """He may not see it, or it is he who asks: asking him would show him what is not his."""


class NoWords(Exception):
    """Who is asked has to know what."""


@transaction.atomic
def call(  # noqa: PLR0913 # what it is about, whom, in which words, by whom, when
    subject: str,
    *,
    path: str,
    title: str,
    team: Team,
    to: Colleague,
    text: str,
    by: Colleague,
    now: datetime,
) -> Call:
    """Ask him. Sent twice while he has not looked, it is one question.

    Raises `NoWords`, or `NotForHim` where the team is not one whose things he sees.
    """
    words = text.strip()
    if not words:
        raise NoWords(subject)
    if to.pk == by.pk or not may_see(to, team):
        raise NotForHim(to.pk)
    made, _ = Call.objects.get_or_create(
        subject=subject,
        to=to,
        by=by,
        text=words,
        seen_at=None,
        defaults={"path": path, "title": title[:200], "team": team, "at": now},
    )
    return made


def see_calls(colleague: Colleague, *, subject: str = "", now: datetime) -> int:
    """He has looked: at this, or at all of it. How many wait for him no more."""
    unseen = Call.objects.filter(to=colleague, seen_at=None)
    if subject:
        unseen = unseen.filter(subject=subject)
    return unseen.update(seen_at=now)
