"""Taking an alert, saying that it is none, and taking either back."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ascolto.alerts import services
from ascolto.alerts.models import Alert
from ascolto.desk.alerts.pages import alert_or_404
from ascolto.desk.guards import colleague_of, signed_in


@require_POST
@signed_in
def opened(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Said by the page itself when somebody looks at it: one hop of its way."""
    services.opened(alert_or_404(request, alert_id).pk, now=timezone.now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_POST
@signed_in
def take(request: HttpRequest, alert_id: int) -> HttpResponse:
    """He has it; and he goes to what it is about."""
    alert = alert_or_404(request, alert_id)
    try:
        services.take(alert.pk, by=colleague_of(request), now=timezone.now())
    except services.AlreadyTaken as taken:
        return _said(request, taken.alert)
    messages.success(request, _("È tuo: gli altri lo vedono."))
    return redirect(alert.path if alert.path.startswith("/") else "desk:alerts")


@require_POST
@signed_in
def dismiss(request: HttpRequest, alert_id: int) -> HttpResponse:
    alert = alert_or_404(request, alert_id)
    try:
        services.dismiss(alert.pk, by=colleague_of(request), now=timezone.now())
    except services.AlreadyTaken as taken:
        return _said(request, taken.alert)
    messages.success(request, _("Non è un allarme: non avvisa più nessuno per questo."))
    return redirect("desk:alert", alert.pk)


@require_POST
@signed_in
def give_back(request: HttpRequest, alert_id: int) -> HttpResponse:
    alert = alert_or_404(request, alert_id)
    try:
        services.give_back(alert.pk, by=colleague_of(request), now=timezone.now())
        messages.success(request, _("È di nuovo aperto, per tutti."))
    except services.AlreadyTaken:
        messages.warning(request, _("Non si riapre: nel frattempo è finito, o ce n’è uno nuovo."))
    return redirect("desk:alert", alert.pk)


def _said(request: HttpRequest, alert: Alert) -> HttpResponse:
    if alert.taken_by is not None:
        name = alert.taken_by.name
        messages.warning(request, _("L’ha già preso %(name)s.") % {"name": name})
    else:
        messages.warning(request, _("Questo allarme è già finito."))
    return redirect("desk:alert", alert.pk)
