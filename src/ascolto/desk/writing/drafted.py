"""A draft out of the suggested sources, asked for by a person and put in by a person."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ascolto.cases.models import Case
from ascolto.cases.queries.earlier_answers import last_question
from ascolto.desk.guards import case_or_404, colleague_of, is_part, signed_in
from ascolto.desk.knowledge.drafter import WHY
from ascolto.desk.writing.suggesting import Suggestion, suggested
from ascolto.knowledge.drafting import Draft, DraftFailed, Ground
from ascolto.knowledge.services.drafting import ask_for_draft, door
from ascolto.staff.models import Colleague


@signed_in
@require_POST
def ask(request: HttpRequest, case_id: int) -> HttpResponse:
    """The draft with its sources, or one sentence that says why there is none."""
    case, me = case_or_404(request, case_id), colleague_of(request)
    found = suggested(case, me)
    context = {"case": case, "suggestions": found, "section": "inbox", "draft": None}
    try:
        draft = _asked(case, found, me)
    except DraftFailed as problem:
        context["problem"] = WHY[problem.why]
    else:
        used = [one for one in found if one.source in draft.cited]
        context |= {
            "draft": draft,
            "used": used,
            "sources": " ".join(f"{one.source}:draft" for one in used),
        }
    template = "_drafted.html" if is_part(request) else "suggested.html"
    return render(request, f"desk/writing/{template}", context)


def _asked(case: Case, found: list[Suggestion], me: Colleague) -> Draft:
    if not found:
        raise DraftFailed("no_answer")
    asked = last_question(case)
    sender = asked.item.author_name if asked and asked.item else ""
    return ask_for_draft(
        f"{case.subject}\n\n{asked.text if asked else ''}",
        [Ground(one.source, one.title, one.text) for one in found],
        names=[name for name in (case.customer.name, sender, me.name) if name],
        language=case.customer.language,
        case_id=case.pk,
        through=door(private_ok_for=settings.SOURCE_PRIVATE_HOSTS),
        by=me,
        now=timezone.now(),
    )
