"""What a colleague does with a clock that runs: kept, let go, put to rest, taken up again."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ascolto.cases import services
from ascolto.cases.models import Case
from ascolto.desk.case import done
from ascolto.desk.guards import case_or_404, colleague_of, signed_in
from ascolto.promises.policy.resting import OFFERED
from ascolto.promises.services import NoReason


@signed_in
@require_POST
def keep(request: HttpRequest, case_id: int, promise_id: int) -> HttpResponse:
    by, now = colleague_of(request), timezone.now()
    return _do(
        request, case_id, lambda case: services.keep_promise(case, promise_id, by=by, now=now)
    )


@signed_in
@require_POST
def waive(request: HttpRequest, case_id: int, promise_id: int) -> HttpResponse:
    by, now, reason = colleague_of(request), timezone.now(), request.POST.get("reason", "")
    return _do(
        request,
        case_id,
        lambda case: services.waive_promise(case, promise_id, reason=reason, by=by, now=now),
    )


@signed_in
@require_POST
def pause(request: HttpRequest, case_id: int, promise_id: int) -> HttpResponse:
    by, now = colleague_of(request), timezone.now()
    reason = stored(request.POST.get("reason", ""))
    return _do(
        request,
        case_id,
        lambda case: services.pause_clock(case, promise_id, reason=reason, by=by, now=now),
    )


@signed_in
@require_POST
def resume(request: HttpRequest, case_id: int, promise_id: int) -> HttpResponse:
    by, now = colleague_of(request), timezone.now()
    return _do(
        request, case_id, lambda case: services.resume_clock(case, promise_id, by=by, now=now)
    )


def stored(written: str) -> str:
    """A reason as it is kept: one that we offer in the words of the table, whatever language the
    colleague chose it in, so that each customer reads it in his own."""
    said = written.strip()
    return next((one for one in OFFERED if said in {one, _(one)}), said)


def _do(request: HttpRequest, case_id: int, deed: Callable[[Case], None]) -> HttpResponse:
    case = case_or_404(request, case_id)
    try:
        deed(case)
    except NoReason:
        said = _("Scrivi perché: lo leggono il cliente e i colleghi.")
        return done(request, case, status=422, clock_error=said)
    except services.NotYours:
        said = _("Questo orologio lo ferma la risposta, non un bottone.")
        return done(request, case, status=422, clock_error=said)
    except services.NoSuchPromise as problem:
        # Two pressed the same button: for the second one it is done already.
        if not _is_of(case, problem):
            raise Http404 from problem
    return done(request, case)


def _is_of(case: Case, problem: services.NoSuchPromise) -> bool:
    return services.was_promised(case, int(problem.args[0]))
