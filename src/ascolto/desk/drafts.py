"""What is being written: kept while it is typed, with its files. Nothing typed is ever lost."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ascolto.cases import services
from ascolto.cases.models import Case, Draft, DraftFile
from ascolto.desk.case import place
from ascolto.desk.guards import case_or_404, colleague_of, is_part, signed_in
from ascolto.desk.words import size
from ascolto.staff.models import Colleague


@signed_in
@require_POST
def save(request: HttpRequest, case_id: int) -> HttpResponse:
    """Keep the text typed so far. Called by the script after a pause, and by its own button."""
    case = case_or_404(request, case_id)
    kind = request.POST.get("kind", Draft.Kind.REPLY)
    if kind not in Draft.Kind.values:
        raise Http404
    text, to, cc = (request.POST.get(name) for name in ("text", "to", "cc"))
    author = colleague_of(request)
    existing = Draft.objects.filter(case=case, author=author, kind=kind, conversation=None)
    typed = any(part and part.strip() for part in (text, to, cc))
    if typed or existing.filter(files__isnull=False).exists():
        now = timezone.now()
        services.save_draft(case, author=author, kind=kind, text=text or "", to=to, cc=cc, now=now)
    else:
        services.discard_draft(case, author=author, kind=kind)
    return redirect(place(case)) if "bottone" in request.POST else HttpResponse(status=204)


@signed_in
@require_POST
def attach(request: HttpRequest, case_id: int) -> HttpResponse:
    """Files for the answer: put on as soon as they are chosen."""
    case = case_or_404(request, case_id)
    author = colleague_of(request)
    uploads = [file for file in request.FILES.getlist("files") if file]
    problem = attach_all(case, author, Draft.Kind.REPLY, uploads, now=timezone.now())
    return _files(request, case, author, problem=problem)


@signed_in
@require_POST
def detach(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_or_404(request, case_id)
    author = colleague_of(request)
    services.detach_file(request.POST.get("token", ""), author=author)
    return _files(request, case, author)


def attach_all(
    case: Case,
    author: Colleague,
    kind: str,
    uploads: Sequence["UploadedFile[bytes]"],
    *,
    now: datetime,
) -> str:
    """Attach every file; the sentence to show if one would not go on, else nothing."""
    for upload in uploads:
        try:
            services.attach_file(
                case,
                author=author,
                kind=kind,
                name=upload.name or _("senza nome"),
                content_type=upload.content_type or "application/octet-stream",
                data=upload.read(),
                now=now,
            )
        except services.TooLarge as error:
            given, limit = error.args
            return _("«%(name)s» pesa %(size)s e se ne possono mandare al massimo %(limit)s.") % {
                "name": upload.name,
                "size": size(given),
                "limit": size(limit),
            }
    return ""


def _files(
    request: HttpRequest, case: Case, author: Colleague, *, problem: str = ""
) -> HttpResponse:
    if not is_part(request):
        return redirect(place(case))
    files = DraftFile.objects.filter(
        draft__case=case, draft__author=author, draft__kind=Draft.Kind.REPLY
    ).order_by("id")
    context = {"case": case, "files": files, "problem": problem}
    return render(request, "desk/case/_files.html", context, status=422 if problem else 200)
