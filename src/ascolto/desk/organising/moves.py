"""Two cases into one, one into two, and back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case, Moving
from ascolto.cases.queries.views import other_cases
from ascolto.cases.services import moves
from ascolto.desk.case import done
from ascolto.desk.guards import case_or_404, colleague_of, number_in, signed_in
from ascolto.desk.organising.links import case_named
from ascolto.desk.organising.sheets import sheet

SHOWN = 200  # messages to choose from: the newest ones


@signed_in
@require_safe
def choose_other(request: HttpRequest, case_id: int) -> HttpResponse:
    """The sheet that asks which case it becomes part of."""
    return _merge_sheet(request, case_or_404(request, case_id))


@signed_in
@require_POST
def merge(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_or_404(request, case_id)
    other = case_named(request)
    if other is None:
        return _merge_sheet(request, case, _("Non c’è un caso con questo numero."))
    try:
        moving = moves.merge(case, into=other, by=colleague_of(request), now=timezone.now())
    except moves.SameCase:
        return _merge_sheet(request, case, _("È questo stesso caso: scrivine un altro."))
    except moves.AlreadyMerged:
        return _merge_sheet(request, case, _("Uno dei due è già unito a un altro caso."))
    except moves.OtherCustomer:
        said = _("Sono di due clienti diversi. Se sono la stessa persona, unisci prima le schede.")
        return _merge_sheet(request, case, said)
    said = _("%(case)s è unito a %(other)s.")
    return done(request, case, undo=_undo(moving, said % _names(case, other)))


@signed_in
@require_safe
def choose_messages(request: HttpRequest, case_id: int) -> HttpResponse:
    """The sheet that asks which messages go into a case of their own."""
    return _split_sheet(request, case_or_404(request, case_id))


@signed_in
@require_POST
def split(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_or_404(request, case_id)
    chosen = [number for one in request.POST.getlist("messaggi") if (number := number_in(one))]
    subject = request.POST.get("oggetto", "")
    try:
        moving = moves.split(
            case, chosen, subject=subject, by=colleague_of(request), now=timezone.now()
        )
    except moves.NothingToSplit:
        said = _("Scegli i messaggi da portare via, e lasciane almeno uno.")
        return _split_sheet(request, case, said, chosen=chosen)
    said = _("I messaggi scelti sono in %(other)s.")
    return done(request, case, undo=_undo(moving, said % _names(case, moving.target)))


@signed_in
@require_POST
def undo(request: HttpRequest, moving_id: int) -> HttpResponse:
    """Take a merge or a split back: for who may see both cases."""
    seen = visible_cases(colleague_of(request)).values("pk")
    found = Moving.objects.filter(origin__in=seen, target__in=seen)
    moving = get_object_or_404(found.select_related("origin", "target"), pk=moving_id)
    try:
        origin = moves.undo_move(moving, by=colleague_of(request), now=timezone.now())
    except moves.GrewMeanwhile:
        said = _("Nel nuovo caso è arrivato altro: unisci i due casi, così non si perde niente.")
        return done(request, moving.target, status=422, move_error=said)
    except moves.AlreadyMerged:
        said = _("Nel frattempo il caso è stato unito a un altro: annulla prima quello.")
        return done(request, moving.origin, status=422, move_error=said)
    return done(request, origin)


def _undo(moving: Moving, words: str) -> dict[str, str]:
    address = reverse("desk:undo_move", args=[moving.pk])
    return {"words": words, "address": address, "label": _("Annulla")}


def _names(case: Case, other: Case) -> dict[str, str]:
    return {"case": case.number, "other": other.number}


def _merge_sheet(request: HttpRequest, case: Case, problem: str = "") -> HttpResponse:
    return sheet(
        request,
        case,
        "merge",
        status=422 if problem else 200,
        others=other_cases(case, visible_cases(colleague_of(request))),
        problem=problem,
        number=request.POST.get("numero", ""),
    )


def _split_sheet(
    request: HttpRequest, case: Case, problem: str = "", *, chosen: list[int] | None = None
) -> HttpResponse:
    newest = case.messages.select_related("author", "conversation__identity").defer("search")
    return sheet(
        request,
        case,
        "split",
        status=422 if problem else 200,
        lines=list(newest.order_by("-at", "-pk")[:SHOWN]),
        chosen=chosen or [],
        subject=request.POST.get("oggetto", ""),
        problem=problem,
    )
