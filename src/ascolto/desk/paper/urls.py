from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from ascolto.cases.queries.case_page import case_page
from ascolto.cases.queries.message_rows import ALL_OF_IT
from ascolto.desk.guards import colleague_of, signed_in
from ascolto.desk.paper.case import Paper
from ascolto.desk.paper.typeset import pdf
from ascolto.staff.queries import company


@signed_in
@require_safe
def show(request: HttpRequest, case_id: int) -> HttpResponse:
    """The case as a PDF; `?per=cliente` leaves out what is between colleagues."""
    now = timezone.now()
    page = case_page(case_id, colleague_of(request), ALL_OF_IT, now=now)
    if page is None:
        raise Http404(f"C-{case_id}")
    paper = Paper(page, company(), for_customer=request.GET.get("per") == "cliente", now=now)
    response = HttpResponse(pdf("case.typ", paper.data()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{page.case.number}.pdf"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


urlpatterns = [path("casi/C-<int:case_id>/pdf/", show, name="paper")]
