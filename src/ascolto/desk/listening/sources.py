"""Whether every place is heard, and how soon people are answered there. In the open, for all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ascolto.cases.queries.first_answers import first_answers
from ascolto.channels.models import Channel
from ascolto.channels.policy import NETWORKS
from ascolto.desk.listening.seeing import listeners_only
from ascolto.listening import queries
from ascolto.staff.queries import company

LATELY = timedelta(days=30)
MONTHS = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Answers:
    """How soon people had our first word, in one place."""

    channel: str
    median: timedelta | None
    nine_in_ten: timedelta | None
    answered: int
    waiting: int


@listeners_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "section": "listening",
        "sources": queries.sources(now=now),
        "answers": answers(since=now - LATELY, until=now),
        "praise": queries.word_of_mouth(since=now - MONTHS, zone=company().zone),
    }
    return render(request, "desk/listening/sources.html", context)


def answers(*, since: datetime, until: datetime) -> list[Answers]:
    """Where people write to us alone, and then where anybody may read it. Two queries.

    What is said in public counts whether or not it became a case: it is measured where it is heard.
    """
    private = [
        Answers(_place(one.channel_kind), one.median, one.slow, one.answered, one.waiting)
        for one in first_answers(since=since, until=until)
        if not one.public
    ]
    public = [
        Answers(one.channel, one.median, one.nine_in_ten, one.answered, one.waiting)
        for one in queries.first_answer_times(since=since, until=until)
    ]
    return private + public


def _place(kind: str) -> str:
    name = capfirst(str(Channel.Kind(kind).label))
    return _("%(channel)s, in privato") % {"channel": name} if kind in NETWORKS else name
