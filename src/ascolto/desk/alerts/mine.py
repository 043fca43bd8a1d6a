"""How I want to be told: on which devices, and when not."""

import json
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from ascolto.alerts import queries, services
from ascolto.alerts.adapters.push import application_key
from ascolto.alerts.models import Wishes
from ascolto.desk.alerts.hours import DAYS, minutes_of, time_of
from ascolto.desk.guards import colleague_of, signed_in

LARGEST = 8192  # bytes of a subscription


class WishesForm(forms.Form):
    push = forms.BooleanField(required=False, label=gettext_lazy("Notifiche sui miei dispositivi"))
    email = forms.BooleanField(required=False, label=gettext_lazy("E-mail"))
    quiet_from = forms.TimeField(
        required=False,
        label=gettext_lazy("Silenzio dalle"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_until = forms.TimeField(
        required=False,
        label=gettext_lazy("fino alle"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_days = forms.TypedMultipleChoiceField(
        required=False,
        choices=DAYS,
        coerce=int,
        label=gettext_lazy("Giorni di silenzio"),
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, object]:
        told = super().clean() or {}
        if (told.get("quiet_from") is None) != (told.get("quiet_until") is None):
            self.add_error("quiet_until", _("Scrivi tutte e due le ore, o nessuna."))
        return told

    def wishes(self) -> Wishes:
        told = self.cleaned_data
        return Wishes(
            push=told["push"],
            email=told["email"],
            quiet_from=minutes_of(told["quiet_from"]),
            quiet_until=minutes_of(told["quiet_until"]),
            quiet_days=sorted(told["quiet_days"]),
        )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    me = colleague_of(request)
    kept = queries.wishes_of(me)
    known = {
        "push": kept.push,
        "email": kept.email,
        "quiet_from": time_of(kept.quiet_from),
        "quiet_until": time_of(kept.quiet_until),
        "quiet_days": kept.quiet_days,
    }
    form = WishesForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        services.set_wishes(me, form.wishes())
        messages.success(request, _("Salvato: vale dal prossimo allarme."))
        return redirect("desk:wishes")
    context = {
        "section": "preferences",
        "place": "wishes",
        "form": form,
        "browsers": queries.browsers_of(me),
        "application_key": application_key(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "desk/alerts/mine.html", context, status=status)


@require_POST
@signed_in
def subscribe(request: HttpRequest) -> JsonResponse:
    """Called by push.js with the subscription that the browser made."""
    try:
        told = json.loads(request.body[: LARGEST + 1]) if len(request.body) <= LARGEST else None
        if not isinstance(told, dict):
            raise services.BadSubscription
        services.subscribe(
            colleague_of(request),
            told,
            device=_device(request.headers.get("User-Agent", "")),
            now=timezone.now(),
        )
    except (ValueError, RecursionError):
        return JsonResponse({"error": "bad subscription"}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse({}, status=HTTPStatus.CREATED)


@require_POST
@signed_in
def unsubscribe(request: HttpRequest, subscription_id: int) -> HttpResponse:
    if services.unsubscribe(colleague_of(request), subscription_id, now=timezone.now()):
        messages.success(request, _("Quel dispositivo non viene più avvisato."))
    return redirect("desk:wishes")


@require_POST
@signed_in
def try_out(request: HttpRequest) -> HttpResponse:
    """A notice to one's own devices, to see that they hear."""
    problem = services.try_push(colleague_of(request), now=timezone.now())
    if problem:
        messages.warning(request, _("Non è arrivata: %(why)s.") % {"why": problem})
    else:
        messages.success(request, _("Partita: arriva tra qualche secondo."))
    return redirect("desk:wishes")


def _device(agent: str) -> str:
    """Something a person recognises his browser by, out of what it says of itself."""
    browsers = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"))
    browser = next((name for sign, name in browsers if sign in agent), "Safari")
    systems = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"))
    desks = (("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"))
    system = next((name for sign, name in (*systems, *desks) if sign in agent), "")
    return f"{browser}, {system}" if system else browser
