"""A colleague looks at a matter as its customer sees it. Nothing can be done there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case, Conversation, MatterLink
from ascolto.cases.queries.ways import outside_threads, way_to_answer
from ascolto.people.models import Identity
from ascolto.portal.door import LANGUAGES, Way, spoken
from ascolto.portal.drawing import drawn
from ascolto.staff.models import Colleague
from ascolto.timeline.services import record


@require_POST
def as_he_sees_it(request: HttpRequest, case_id: int) -> HttpResponse:
    """The customer's page, in his language, without anything to press. It is written down.

    A POST, because it leaves a line in the history. Only for who may see the case.
    """
    colleague = request.user
    if not isinstance(colleague, Colleague) or not colleague.is_active:
        return redirect("account_login")
    case = (
        visible_cases(colleague)
        .select_related("customer", "team", "assignee")
        .filter(pk=case_id, merged_into=None)
        .first()
    )
    identity = _reader(case) if case else None
    if case is None or identity is None:
        raise Http404
    record(
        "portal.looked_as",
        at=timezone.now(),
        subject=case.reference,
        customer_id=case.customer_id,
        by=colleague,
        team_id=case.team_id,
    )
    way = Way(MatterLink(case=case, identity=identity), "")
    language = case.customer.language
    language = language if language in LANGUAGES else LANGUAGES[0]
    return spoken(request, language, lambda asked: drawn(asked, way, read_only=True), origin=True)


def _reader(case: Case) -> Identity | None:
    """Whom an answer would reach; else whoever of his opened the case."""
    way = way_to_answer(case)
    if way is not None:
        return way.identity
    threads = Conversation.objects.filter(case=case).exclude(pk__in=outside_threads(case.pk))
    first = threads.select_related("identity__customer").order_by("opened_at", "pk").first()
    return first.identity if first else None
