"""Whether every place is heard, and how soon people are answered there. In the open, for all."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ascolto.desk.listening.seeing import listeners_only
from ascolto.listening import queries
from ascolto.staff.queries import company

LATELY = timedelta(days=30)
MONTHS = timedelta(days=180)


@listeners_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "section": "listening",
        "sources": queries.sources(now=now),
        "answers": queries.first_answer_times(since=now - LATELY, until=now),
        "praise": queries.word_of_mouth(since=now - MONTHS, zone=company().zone),
    }
    return render(request, "desk/listening/sources.html", context)
