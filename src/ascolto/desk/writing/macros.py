"""Words written once: found with a few letters, and filled in for one case. As JSON."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from ascolto.cases.models import Case
from ascolto.desk.guards import case_or_404, colleague_of, number_in, signed_in
from ascolto.knowledge.policy import expand
from ascolto.knowledge.queries import find_macros, visible_macros
from ascolto.staff.models import Colleague
from ascolto.staff.queries import company

PREVIEW = 80


@signed_in
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """`?q=` words of the title, `?lingua=` the customer's: [{"id", "title", "about"}]."""
    words, language = request.GET.get("q", "")[:80], request.GET.get("lingua", "")[:5]
    found = find_macros(colleague_of(request), words, language=language)
    rows = [
        {"id": macro.pk, "title": macro.title, "about": " ".join(macro.text.split())[:PREVIEW]}
        for macro in found
    ]
    return JsonResponse(rows, safe=False)


@signed_in
@require_safe
def expanded(request: HttpRequest, case_id: int, macro_id: int) -> HttpResponse:
    """The words of one macro as they are said in this case, and what is to happen besides."""
    case, me = case_or_404(request, case_id), colleague_of(request)
    macro = visible_macros(me).filter(pk=number_in(str(macro_id))).first()
    if macro is None:
        raise Http404
    text = expand(macro.text, values(case, me))
    return JsonResponse({"id": macro.pk, "title": macro.title, "text": text, "deeds": macro.deeds})


def values(case: Case, colleague: Colleague) -> dict[str, str]:
    """What stands for each of `knowledge.policy.FIELDS` here."""
    name = case.customer.name
    return {
        "cliente": name,
        "nome": name.split(maxsplit=1)[0] if name.split() else name,
        "caso": case.number,
        "oggetto": case.subject,
        "operatore": colleague.name,
        "azienda": company().name,
        "squadra": case.team.name,
    }
