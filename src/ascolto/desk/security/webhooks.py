"""Webhooks: programs of others that hear what happens. For the owner alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ascolto.desk.guards import colleague_of, number_in
from ascolto.desk.security.forms import KindsForm, WebhookForm
from ascolto.desk.security.owners import owners_only
from ascolto.integrations import queries, services
from ascolto.integrations.models import Delivery, Webhook

STATES = {"attesa": "waiting", "falliti": "given_up"}


@owners_only
@require_http_methods(["GET", "HEAD", "POST"])
def show_all(request: HttpRequest) -> HttpResponse:
    """The list; and the secret of a new one, drawn this once and kept nowhere readable."""
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wish = services.Wish(form.cleaned_data["title"], form.cleaned_data["url"], form.kinds())
        webhook, secret = services.create_webhook(
            wish, by=colleague_of(request), now=timezone.now()
        )
        context = {"section": "preferences", "place": "webhooks", "webhook": webhook}
        return render(request, "desk/security/webhook_made.html", {**context, "secret": secret})
    context = {
        "section": "preferences",
        "place": "webhooks",
        "hooks": queries.webhooks(),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "desk/security/webhooks.html", context, status=status)


@owners_only
@require_safe
def show(request: HttpRequest, webhook_id: int) -> HttpResponse:
    webhook = _webhook(webhook_id)
    form = KindsForm(initial=KindsForm.initial_of(webhook.kinds))
    return _page(request, webhook, form)


@require_POST
@owners_only
def change(request: HttpRequest, webhook_id: int) -> HttpResponse:
    webhook = _webhook(webhook_id)
    form = KindsForm(request.POST)
    if not form.is_valid():
        return _page(request, webhook, form)
    with _told(request, _("Salvato: vale dal prossimo fatto.")):
        services.change_kinds(webhook, form.kinds(), by=colleague_of(request), now=timezone.now())
    return redirect("desk:webhook", webhook.pk)


@require_POST
@owners_only
def pause(request: HttpRequest, webhook_id: int) -> HttpResponse:
    webhook = _webhook(webhook_id)
    with _told(request, _("In pausa: quello che succede intanto parte quando riprende.")):
        services.pause_webhook(webhook, by=colleague_of(request), now=timezone.now())
    return redirect("desk:webhook", webhook.pk)


@require_POST
@owners_only
def resume(request: HttpRequest, webhook_id: int) -> HttpResponse:
    webhook = _webhook(webhook_id)
    with _told(request, _("Ripreso: parte prima quello che aspettava.")):
        services.resume_webhook(webhook, by=colleague_of(request), now=timezone.now())
    return redirect("desk:webhook", webhook.pk)


@require_POST
@owners_only
def close(request: HttpRequest, webhook_id: int) -> HttpResponse:
    webhook = _webhook(webhook_id)
    services.close_webhook(webhook, by=colleague_of(request), now=timezone.now())
    messages.success(request, _("Chiuso: non sente più niente. Il registro resta."))
    return redirect("desk:webhook", webhook.pk)


@require_POST
@owners_only
def send_test(request: HttpRequest, webhook_id: int) -> HttpResponse:
    webhook = _webhook(webhook_id)
    with _told(request, _("La prova parte adesso: l’esito compare qui sotto.")):
        services.send_test(webhook, by=colleague_of(request), now=timezone.now())
    return redirect("desk:webhook", webhook.pk)


@require_POST
@owners_only
def send_again(request: HttpRequest, delivery_id: int) -> HttpResponse:
    delivery = Delivery.objects.select_related("webhook").filter(pk=delivery_id).first()
    if delivery is None:
        raise Http404
    with _told(request, _("Riparte adesso.")):
        services.send_again(delivery, now=timezone.now())
    return redirect("desk:webhook", delivery.webhook_id)


def _page(request: HttpRequest, webhook: Webhook, form: KindsForm) -> HttpResponse:
    before = number_in(request.GET.get("prima", ""))
    state = request.GET.get("solo", "")
    context = {
        "section": "preferences",
        "place": "webhooks",
        "webhook": webhook,
        "form": form,
        "log": queries.log_of(webhook, before=before or None, only=STATES.get(state, "")),
        "state": state if state in STATES else "",
    }
    status = 422 if form.is_bound else 200
    return render(request, "desk/security/webhook.html", context, status=status)


def _webhook(webhook_id: int) -> Webhook:
    webhook = Webhook.objects.select_related("made_by").filter(pk=webhook_id).first()
    if webhook is None:
        raise Http404
    return webhook


@contextmanager
def _told(request: HttpRequest, sentence: str) -> Iterator[None]:
    """Do it and say so; what is closed cannot be changed any more, and that is said instead."""
    try:
        yield
        messages.success(request, sentence)
    except services.Closed:
        messages.warning(request, _("È chiuso: non si può più cambiare. Creane un altro."))
