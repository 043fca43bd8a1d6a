"""The page of one matter, the same by its link and for one who signed in, and its deeds."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ascolto.cases.models import Effort
from ascolto.cases.services.calling_back import NotANumber
from ascolto.cases.services.effort import NotOver, tell_effort
from ascolto.cases.services.rating import Judgement, NotAnAnswer, TooLateToChange, rate
from ascolto.portal import forms, queries, services
from ascolto.portal.door import Way, gone
from ascolto.portal.drawing import drawn
from ascolto.portal.files import given_out
from ascolto.staff.queries import company

LOOKING = ("GET", "HEAD")


def page(request: HttpRequest, way: Way) -> HttpResponse:
    """The matter. Looking changes nothing, here or in the history."""
    if request.method not in LOOKING:
        return HttpResponseNotAllowed(LOOKING)
    return drawn(request, way, done=_done(request))


def write(request: HttpRequest, way: Way) -> HttpResponse:
    if request.method != "POST":
        return redirect(way.base)
    if forms.too_heavy(request):
        return drawn(request, way, status=413, error=forms.heavy_words())
    filled = forms.read_form(request)
    if filled.error:
        return drawn(request, way, status=422, error=filled.error, typed=filled.words.text)
    try:
        services.write(way.link, filled.words, now=timezone.now())
    except services.TooMany:
        return drawn(request, way, status=429, error=forms.too_many(), typed=filled.words.text)
    return _back(way, "inviato", "scritto")


def call_me(request: HttpRequest, way: Way) -> HttpResponse:
    if request.method != "POST":
        return redirect(way.base)
    number, wish = forms.line(request, "numero", most=40), forms.line(request, "quando", most=200)
    kept: dict[str, Any] = {"number": number, "wish": wish, "call_open": True}
    once = forms.mark_of(request)
    try:
        services.call_me(way.link, number=number, wish=wish, once=once, now=timezone.now())
    except NotANumber:
        said = _("Questo numero non si può chiamare: lo scriva con il prefisso, per esempio 347….")
        return drawn(request, way, status=422, call_error=said, **kept)
    except services.TooMany:
        return drawn(request, way, status=429, call_error=forms.too_many(), **kept)
    return _back(way, "chiamata", "chiamata")


def judge(request: HttpRequest, way: Way) -> HttpResponse:
    """One click says it; a word can follow. A GET, from a mail say, only leads to the page."""
    if request.method != "POST":
        return redirect(f"{way.base}#giudizio")
    answer = queries.answer_to_rate(way.link, forms.number_in(request, "risposta"))
    score = forms.number_in(request, "voto")
    if answer is None or score not in {1, 2, 3}:
        return gone(request)
    said = Judgement(score, forms.line(request, "parole", most=500))
    try:
        rate(answer, said, identity=way.link.identity, now=timezone.now())
    except TooLateToChange:
        late = _("È passato più di un giorno: il suo giudizio resta quello di prima.")
        return drawn(request, way, status=409, rating_error=late)
    except NotAnAnswer:
        return gone(request)
    return _back(way, "giudicato", "giudizio")


def effort(request: HttpRequest, way: Way) -> HttpResponse:
    """How easy it was, from 1 to 7, once it is over. A GET only leads to the page."""
    if request.method != "POST":
        return redirect(f"{way.base}#sforzo")
    score, case = forms.number_in(request, "facile"), way.link.case
    if not Effort.LEAST <= score <= Effort.MOST:
        return gone(request)
    try:
        tell_effort(case, score, identity=way.link.identity, now=timezone.now())
    except TooLateToChange:
        late = _("È passato più di un giorno: resta quello che ci aveva detto.")
        return drawn(request, way, status=409, effort_error=late)
    except NotOver:
        early = _("Il caso è di nuovo aperto: glielo chiediamo quando è finito.")
        return drawn(request, way, status=409, effort_error=early)
    return _back(way, "facile", "sforzo")


def not_me(request: HttpRequest, way: Way) -> HttpResponse:
    """A GET explains; only the button ends the link, because machines open links too."""
    context = {"way": way, "company": company(), "done": False}
    if request.method == "POST":
        services.not_me(way.link, now=timezone.now())
        return render(request, "portal/not_me.html", {**context, "done": True})
    if request.method not in LOOKING:
        return HttpResponseNotAllowed([*LOOKING, "POST"])
    return render(request, "portal/not_me.html", context)


def file(request: HttpRequest, way: Way, kind: str, pk: int) -> HttpResponse:
    if request.method not in LOOKING:
        return HttpResponseNotAllowed(LOOKING)
    link = way.link
    found = queries.heard_file(link, pk) if kind == "heard" else queries.said_file(link, pk)
    if found is None or kind not in {"heard", "said"}:
        return gone(request)
    return given_out(found.blob_id, name=found.name, content_type=found.content_type)


def _back(way: Way, done: str, place: str) -> HttpResponse:
    """To the page, with what was done, so that reloading it does nothing again."""
    response = HttpResponseRedirect(f"{way.base}?{done}#{place}")
    response.status_code = 303
    return response


def _done(request: HttpRequest) -> str:
    return next((one for one in ("inviato", "chiamata", "giudicato") if one in request.GET), "")
