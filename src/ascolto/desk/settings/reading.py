"""Which model reads what comes in, what people taught it, and the way back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascolto.desk.guards import colleague_of
from ascolto.desk.settings.guard import leads_only
from ascolto.learning import queries, services
from ascolto.reading.model import shipped


@leads_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    present = queries.in_use()
    context = {
        "section": "preferences",
        "place": "reading",
        "present": present,
        "is_shipped": present == shipped().version,
        "former": queries.former(present),
        "fresh": queries.waiting(),
        "needed": services.TooFewCorrections.needed,
        "learnt": queries.models_of_house(),
    }
    return render(request, "desk/settings/reading.html", context)


@leads_only
@require_POST
def back(request: HttpRequest) -> HttpResponse:
    try:
        version = services.go_back(now=timezone.now(), by=colleague_of(request))
    except services.NoWayBack:
        messages.info(request, _("Legge già il modello con cui Ascolto è arrivato."))
    else:
        told = _("Da ora legge il modello %(version)s.") % {"version": version}
        messages.success(request, told)
    return redirect("desk:settings_reading")
