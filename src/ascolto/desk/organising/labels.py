"""Tags, priority, and what this company wants to know of its cases."""

from collections.abc import Collection, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascolto.cases import services
from ascolto.cases.models import Case, Tag
from ascolto.cases.queries.organised import asked
from ascolto.cases.queries.views import MOST_TAGS
from ascolto.cases.services import fields, labelling
from ascolto.desk.case import done
from ascolto.desk.guards import case_or_404, colleague_of, signed_in
from ascolto.desk.organising.sheets import sheet


@signed_in
@require_safe
def tags(request: HttpRequest, case_id: int) -> HttpResponse:
    """The sheet of tags and priority."""
    case = case_or_404(request, case_id)
    carried = list(case.tags.order_by("name").values_list("name", flat=True))
    return _tags_sheet(request, case, carried=carried, new="", priority=case.priority)


@signed_in
@require_POST
def label(request: HttpRequest, case_id: int) -> HttpResponse:
    """What stays of the tags, what is new, and the priority: as the sheet says them."""
    case = case_or_404(request, case_id)
    kept, new = request.POST.getlist("tiene"), request.POST.get("nuove", "")
    priority = _priority(request.POST.get("priorita", ""), case)
    try:
        labelling.label(
            case,
            tags=[*kept, *new.split(",")],
            priority=priority,
            by=colleague_of(request),
            now=timezone.now(),
        )
    except labelling.NoTag as problem:
        said = _("Un’etichetta ha al massimo 60 caratteri, e un caso al massimo 50 etichette.")
        if isinstance(problem, labelling.RetiredTag):
            said = _("«%(name)s» è stata tolta: scegline un’altra, o chiedi a chi dirige.") % {
                "name": problem.args[0]
            }
        return _tags_sheet(
            request, case, carried=kept, new=new, priority=priority, problem=said, status=422
        )
    return done(request, case)


@signed_in
@require_POST
def untag(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_or_404(request, case_id)
    names = [request.POST.get("etichetta", "")]
    labelling.untag(case, names, by=colleague_of(request), now=timezone.now())
    return done(request, case)


@signed_in
@require_safe
def facts(request: HttpRequest, case_id: int) -> HttpResponse:
    """The sheet of what is asked of a case."""
    return fields_sheet(request, case_or_404(request, case_id))


@signed_in
@require_POST
def set_facts(request: HttpRequest, case_id: int) -> HttpResponse:
    """Keep what was filled in; and with «risolvi», go on where resolving stopped."""
    case = case_or_404(request, case_id)
    me, now = colleague_of(request), timezone.now()
    said = {
        name.removeprefix("campo-"): value
        for name, value in request.POST.items()
        if name.startswith("campo-") and isinstance(value, str)
    }
    reason = request.POST.get("reason", "")
    try:
        fields.set_fields(case, said, by=me, now=now)
        if "risolvi" in request.POST:
            services.resolve(case, by=me, now=now, reason=reason)
    except fields.NotAValue as problem:
        return fields_sheet(request, case, said=said, wrong=problem.args[0], reason=reason)
    except fields.MissingFields as problem:
        return fields_sheet(request, case, said=said, lacking=problem.args[0], reason=reason)
    except services.NoReason:
        return done(request, case, status=422, open_dialog="risolvi")
    return done(request, case)


def fields_sheet(
    request: HttpRequest,
    case: Case,
    *,
    said: dict[str, str] | None = None,
    wrong: Collection[str] = (),
    lacking: Sequence[str] = (),
    reason: str = "",
) -> HttpResponse:
    """What is asked of this case. `lacking` stopped a case from being resolved."""
    rows = [
        (one, (said or {}).get(one.key, case.fields.get(one.key, "")), one.key in wrong)
        for one in asked()
    ]
    problem = ""
    if lacking:
        problem = _("Prima di risolverlo compila: %s.") % ", ".join(lacking)
    elif wrong:
        problem = _("Correggi i campi segnati: il valore non è del tipo giusto.")
    return sheet(
        request,
        case,
        "fields",
        status=422 if problem else 200,
        rows=rows,
        problem=problem,
        resolving=bool(lacking) or "risolvi" in request.POST,
        reason=reason,
    )


def _tags_sheet(  # noqa: PLR0913 # the sheet comes back with all that was on it
    request: HttpRequest,
    case: Case,
    *,
    carried: Sequence[str],
    new: str,
    priority: int,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    known = Tag.objects.filter(retired_at=None).exclude(name__in=carried).order_by("name")
    return sheet(
        request,
        case,
        "tags",
        status=status,
        carried=carried,
        new=new,
        known=known.values_list("name", flat=True)[:MOST_TAGS],
        priority=priority,
        priorities=list(reversed(Case.Priority.choices)),
        problem=problem,
    )


def _priority(written: str, case: Case) -> int:
    """The priority that was chosen; the one it has if none was."""
    return next((one for one in Case.Priority.values if str(one) == written), case.priority)
