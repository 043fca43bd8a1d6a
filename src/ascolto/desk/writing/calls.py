"""What a customer said on the telephone, written down in seconds."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ascolto.cases import services
from ascolto.cases.models import Draft
from ascolto.desk.case import done
from ascolto.desk.guards import case_or_404, colleague_of, signed_in


@signed_in
@require_POST
def note_call(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_or_404(request, case_id)
    me, now = colleague_of(request), timezone.now()
    text, answered = request.POST.get("text", ""), "risposto" in request.POST
    try:
        services.note_call(case, author=me, text=text, answered=answered, now=now)
    except services.NothingToSay:
        problem = _("La telefonata è vuota: scrivi che cosa ha detto.")
    except services.Nobody:
        problem = _(
            "Di questo cliente non conosciamo né un numero né un indirizzo. Aggiungilo nella sua "
            "scheda: il testo è salvo come bozza."
        )
        services.save_draft(case, author=me, kind=Draft.Kind.CALL, text=text, now=now)
    else:
        return done(request, case)
    more = {"call_error": problem, "call_text": text, "call_answered": answered}
    return done(request, case, status=422, mode="telefonata", **more)
