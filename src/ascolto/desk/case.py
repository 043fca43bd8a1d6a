"""The page of one case, and how every deed on it answers."""

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ascolto.cases.models import Case
from ascolto.cases.queries.case_page import case_page, earlier_in
from ascolto.cases.queries.likenesses import proposed_for
from ascolto.cases.queries.mates import helpers_for, mates
from ascolto.cases.queries.message_rows import Stretch
from ascolto.cases.queries.organised import organised
from ascolto.cases.queries.shell import leaving
from ascolto.cases.queries.views import QUEUES
from ascolto.desk.context import frame
from ascolto.desk.guards import case_or_404, colleague_of, is_part, number_in, signed_in
from ascolto.desk.inbox import list_context
from ascolto.desk.timeline import drawn
from ascolto.staff.models import Colleague


@signed_in
@require_safe
def show(request: HttpRequest, case_id: int) -> HttpResponse:
    """The whole page; or the case alone; or of it what may have changed while one reads (`?vivo=1`)
    or what stands before a message (`?prima=`); or a dialog over it (`?apri=`)."""
    if not is_part(request):
        return _whole(request, case_id)
    if request.headers.get("HX-Target") == "foglio":
        return _dialog(request, case_id)
    if "prima" in request.GET:
        return _earlier(request, case_id)
    context = case_context(request, case_id)
    if "vivo" in request.GET:
        return render(request, "desk/case/_live.html", context)
    return render(request, "desk/case/_case.html", context)


def case_context(request: HttpRequest, case_id: int, **more: Any) -> dict[str, Any]:
    """What the parts of the case page need. A case he may not see does not exist for him."""
    now = timezone.now()
    colleague = colleague_of(request)
    page = case_page(case_id, colleague, _stretch_of(request), now=now)
    if page is None:
        raise Http404(f"C-{case_id}")
    opened = more.pop("open_dialog", request.GET.get("apri", ""))
    return {
        "now": now,
        "page": page,
        "case": page.case,
        "organised": organised(page.case, colleague, page.around),
        "likenesses": proposed_for(page.records, colleague, page.around),
        "mine": page.records,
        "follows": any(one.colleague_id == colleague.pk for one in page.followers),
        "lines": drawn(page.history.rows, now=now),
        "queue": queue_of(request),
        "open_dialog": opened,
        "mode": request.GET.get("scrivi", "risposta"),
        **_people_for(opened, colleague),
        **more,
    }


def _people_for(dialog: str, colleague: Colleague) -> dict[str, Any]:
    """Whom the dialog that stands open lets him choose."""
    if dialog == "passa":
        return {"teams": mates()}
    return {"helpers": helpers_for(colleague)} if dialog == "aiuto" else {}


def _dialog(request: HttpRequest, case_id: int) -> HttpResponse:
    wanted = request.GET.get("apri", "")
    case = case_or_404(request, case_id)
    if wanted not in {"passa", "aiuto"}:
        raise Http404(wanted)
    context = {"case": case, **_people_for(wanted, colleague_of(request))}
    return render(request, f"desk/case/_{wanted}.html", context)


def done(request: HttpRequest, case: Case, *, status: int = 200, **more: Any) -> HttpResponse:
    """How a deed answers: the case redrawn, with what was left to say. Without script, a
    redirect if all went well, and the whole page with the same words if not."""
    if is_part(request):
        context = case_context(request, case.pk, **more)
        context["redraw_toasts"] = True
        context["leaving"] = leaving(colleague_of(request), now=context["now"])
        return render(request, "desk/case/_case.html", context, status=status)
    if status == 200:  # noqa: PLR2004 # all went well
        return redirect(place(case, request.GET.get("coda", "")))
    return _whole(request, case.pk, status=status, **more)


def queue_of(request: HttpRequest) -> str:
    """The queue beside the case. A deed that does not say it stays with the one on the screen."""
    said = (
        request.GET.get("coda", "") or _on_screen(request).partition("coda=")[2].partition("&")[0]
    )
    return said if said in QUEUES else "miei"


def is_on_screen(request: HttpRequest, case: Case) -> bool:
    """Whether the page that asks for a part is the one of this case."""
    return urlsplit(_on_screen(request)).path == place(case)


def _earlier(request: HttpRequest, case_id: int) -> HttpResponse:
    now = timezone.now()
    before = number_in(request.GET.get("prima", ""))
    page = earlier_in(case_id, colleague_of(request), before=before, now=now)
    if page is None:
        raise Http404(f"C-{case_id}")
    context = {
        "now": now,
        "page": page,
        "case": page.case,
        "lines": drawn(page.history.rows, now=now),
        "queue": queue_of(request),
    }
    return render(request, "desk/case/_earlier.html", context)


def _stretch_of(request: HttpRequest) -> Stretch:
    """Which messages are shown: the newest; for who has gone back, those since the one that stood
    first (`inizio`), when news or a deed draw it anew; or, without script, earlier ones (`prima`).
    """
    first = request.GET.get("inizio", "") or request.POST.get("inizio", "")
    before = "" if is_part(request) else request.GET.get("prima", "")
    return Stretch(since=number_in(first), before=number_in(before))


def _on_screen(request: HttpRequest) -> str:
    return request.headers.get("HX-Current-URL", "")


def place(case: Case, queue: str = "") -> str:
    address = reverse("desk:case", args=[case.pk])
    return f"{address}?coda={queue}" if queue.isalpha() else address


def _whole(request: HttpRequest, case_id: int, *, status: int = 200, **more: Any) -> HttpResponse:
    context = case_context(request, case_id, **more)
    me, queue = colleague_of(request), context["queue"]
    listed = list_context(me, queue, now=context["now"], asked=request.GET)
    listed["shell"] = frame(request, me, now=context["now"], counts=listed["listed"].counts)
    return render(request, "desk/inbox/inbox.html", {**listed, **context}, status=status)
