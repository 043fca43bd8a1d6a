"""The contact form a company puts on its site, as a link or in a frame. It needs no script."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ascolto.api import form_fields, form_guard
from ascolto.api.form_fields import Typed
from ascolto.channels.models import Channel
from ascolto.channels.services import accept
from ascolto.staff.queries import company

LANGUAGES = ("it", "en")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9*][A-Za-z0-9.*-]*(?::[0-9]{1,5})?")
_NUMBER = re.compile(r"[0-9]{1,18}")
View = Callable[[HttpRequest, Channel], HttpResponse]


def form_page(view: View) -> Callable[..., HttpResponse]:
    """Call `view` with the open form of this name, in the visitor's language, frame allowed.

    Exempt from the CSRF cookie: a browser gives none to a page in another site's frame, and the
    form is for strangers anyway. What it may do is measured by `form_guard`.
    """

    @csrf_exempt
    @wraps(view)
    def with_channel(request: HttpRequest, name: str) -> HttpResponse:
        channel = get_object_or_404(Channel, kind=Channel.Kind.FORM, closed_at=None, name=name)
        with translation.override(_language(request)):
            response = view(request, channel)
            response["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
        return _framed(response, channel)

    return with_channel


@require_http_methods(["GET", "HEAD", "POST"])
@form_page
def fill_in(request: HttpRequest, channel: Channel) -> HttpResponse:
    """Draw the form, or take it in: kept durably before its writer reads that we have it."""
    if request.method != "POST":
        return _drawn(request, channel, Typed())
    if form_fields.is_too_heavy(request):
        return _drawn(request, channel, Typed(errors={"file": form_fields.heavy_words()}), 413)
    typed = form_fields.read(request)
    mark = form_guard.mark_in(typed.mark, channel)
    strange = _what_is_strange(typed, mark)
    if typed.errors or mark is None or strange:
        return _drawn(request, channel, _with(typed, strange), 422)
    if form_guard.is_too_much(request, channel, typed.address):
        words = _("Da qui sono arrivati molti messaggi: riprovi fra un’ora. Il testo resta qui.")
        return _drawn(request, channel, _with(typed, words), 429)
    return _kept(request, channel, typed, mark)


def _kept(
    request: HttpRequest, channel: Channel, typed: Typed, mark: form_guard.Mark
) -> HttpResponse:
    try:
        accepted = accept(
            channel.pk,
            form_fields.raw_of(request, typed, language=translation.get_language() or "it"),
            external_id=mark.once,
            envelope={"remote": form_guard.remote_of(request)},
            now=timezone.now(),
        )
    except (OperationalError, InterfaceError):
        words = _("Non siamo riusciti a salvarlo: riprovi fra un minuto. Il testo resta qui.")
        return _drawn(request, channel, _with(typed, words), 503)
    return _to_receipt(request, channel, accepted.arrival_id)


@require_safe
@form_page
def received(request: HttpRequest, channel: Channel) -> HttpResponse:
    """We have it, under this number. Only a number that we gave is shown."""
    number, signature = request.GET.get("numero", ""), request.GET.get("firma", "")
    if not _NUMBER.fullmatch(number) or not form_guard.is_receipt(int(number), signature):
        return HttpResponseRedirect(reverse("api:form", args=[channel.name]))
    context = {"company": company(), "channel": channel, "number": f"R-{int(number)}"}
    return render(request, "api/form_received.html", context)


def _what_is_strange(typed: Typed, mark: form_guard.Mark | None) -> str:
    """What no person does, or did a long time ago. His text is kept: he may be a person."""
    now = timezone.now()
    if typed.trapped:
        return _("C’è un campo nascosto che va lasciato vuoto: ora lo è, invii di nuovo.")
    if mark is None or mark.is_too_old(now=now):
        return _("La pagina era aperta da molto: invii di nuovo, il testo è ancora qui.")
    if mark.is_too_new(now=now):
        return _("È stato velocissimo: aspetti qualche secondo e invii di nuovo.")
    return ""


def _with(typed: Typed, words: str) -> Typed:
    if words and not typed.errors:
        typed.errors[""] = words
    return typed


def _drawn(request: HttpRequest, channel: Channel, typed: Typed, status: int = 200) -> HttpResponse:
    now = timezone.now()
    mark = form_guard.mark_in(typed.mark, channel)
    usable = mark is not None and not mark.is_too_old(now=now)
    context = {
        "company": company(),
        "channel": channel,
        "typed": typed,
        "general_error": typed.errors.get(""),
        "mark": typed.mark if usable else form_guard.new_mark(channel, now=now),
        "trap": form_fields.TRAP,
        "longest": form_fields.LONGEST_TEXT,
    }
    return render(request, "api/form.html", context, status=status)


def _to_receipt(request: HttpRequest, channel: Channel, number: int) -> HttpResponse:
    """A page of its own, so that reloading it sends nothing again."""
    told: dict[str, Any] = {"numero": number, "firma": form_guard.receipt(number)}
    if request.GET.get("lingua") in LANGUAGES:
        told["lingua"] = request.GET["lingua"]
    address = reverse("api:form_received", args=[channel.name])
    response = HttpResponseRedirect(f"{address}?{urlencode(told)}")
    response.status_code = 303
    return response


def _language(request: HttpRequest) -> str:
    chosen = request.GET.get("lingua")
    if chosen in LANGUAGES:
        return str(chosen)
    asked = translation.get_language_from_request(request).partition("-")[0]
    return asked if asked in LANGUAGES else settings.LANGUAGE_CODE


def _framed(response: HttpResponse, channel: Channel) -> HttpResponse:
    """Allow the sites that the form's settings name to frame it; nobody else."""
    named = channel.settings.get("frame_ancestors") or []
    sites = [site for site in named if isinstance(site, str) and _ORIGIN.fullmatch(site)]
    response["Content-Security-Policy"] = "; ".join(
        [
            "default-src 'none'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors " + (" ".join(sites) or "'none'"),
        ]
    )
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response.xframe_options_exempt = bool(sites)
    return response
