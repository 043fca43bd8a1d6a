"""Cases that belong together and stay two; and who follows what happens in one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case
from ascolto.cases.queries.views import other_cases
from ascolto.cases.services.following import follow_case, unfollow_case
from ascolto.cases.services.linking_cases import ToItself, link_cases, unlink_cases
from ascolto.desk.case import done
from ascolto.desk.guards import case_or_404, colleague_of, number_in, signed_in
from ascolto.desk.organising.sheets import gone, sheet


@signed_in
@require_safe
def choose(request: HttpRequest, case_id: int) -> HttpResponse:
    """The sheet that asks which case it belongs to."""
    return _sheet(request, case_or_404(request, case_id))


@signed_in
@require_POST
def link(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_or_404(request, case_id)
    other = case_named(request)
    if other is None:
        return _sheet(request, case, problem=_("Non c’è un caso con questo numero."))
    why = request.POST.get("why", "")
    try:
        link_cases(case, other, by=colleague_of(request), now=timezone.now(), why=why)
    except ToItself:
        return _sheet(request, case, problem=_("È questo stesso caso: scrivine un altro."))
    return done(request, case)


@signed_in
@require_POST
def unlink(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_or_404(request, case_id)
    other = case_named(request)
    if other is None:
        raise Http404
    unlink_cases(case, other, by=colleague_of(request), now=timezone.now())
    return done(request, case)


@signed_in
@require_POST
def follow(request: HttpRequest, case_id: int) -> HttpResponse:
    """Follow the case, or (`smetti`) stop following it."""
    case = case_or_404(request, case_id)
    act = unfollow_case if "smetti" in request.POST else follow_case
    act(case, by=colleague_of(request), now=timezone.now())
    if not visible_cases(colleague_of(request)).filter(pk=case.pk).exists():
        return gone(request, _("Non segui più %s.") % case.number)
    return done(request, case)


def case_named(request: HttpRequest) -> Case | None:
    """The case that was picked or whose number was written, «C-12» or «12», if he may see it."""
    written = request.POST.get("numero", "").strip() or request.POST.get("altro", "")
    number = number_in(written.upper().removeprefix("C-").strip())
    found = visible_cases(colleague_of(request)).select_related("customer", "team")
    return found.filter(pk=number).first()


def _sheet(request: HttpRequest, case: Case, *, problem: str = "") -> HttpResponse:
    return sheet(
        request,
        case,
        "link",
        status=422 if problem else 200,
        others=other_cases(case, visible_cases(colleague_of(request))),
        problem=problem,
        number=request.POST.get("numero", ""),
        why=request.POST.get("why", ""),
    )
