"""How the page of a matter is drawn, with what was typed there and what is to be said of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ascolto.cases.models import Effort
from ascolto.portal import forms, queries, words
from ascolto.portal.door import Way
from ascolto.staff.queries import company


def drawn(request: HttpRequest, way: Way, *, status: int = 200, **more: Any) -> HttpResponse:
    """`more`: what was `done`, `typed` or wrong (`error`, `call_error`, `rating_error`,
    `effort_error`)."""
    now = timezone.now()
    matter = queries.matter(way.link, now=now)
    open_call = next((call for call in matter.calls if call.done_at is None), None)
    context = {
        "now": now,
        "way": way,
        "base": way.base,
        "visit": way.visit,
        "company": company(),
        "matter": matter,
        "hero": words.hero(matter, now=now),
        "steps": words.steps(matter, now=now),
        "said": [
            {"message": said, "at": words.moment(said.at, now=now)} for said in matter.messages
        ],
        "call": open_call,
        "calls": [words.call(one, due_at=matter.due_at, now=now) for one in matter.calls],
        "scores": words.scores(),
        "efforts": range(Effort.LEAST, Effort.MOST + 1),
        "once": forms.new_mark(),
        **more,
    }
    return render(request, "portal/page.html", context, status=status)
