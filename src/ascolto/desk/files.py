"""Files, raw mail and foreign HTML. Each comes out only to who may see its case, and inert."""

from base64 import b64encode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ascolto.cases.access import visible_cases
from ascolto.cases.models import DraftFile, Message
from ascolto.channels.adapters.email.filenames import safe_name
from ascolto.channels.adapters.email.sanitize import clean_html
from ascolto.channels.models import Attachment, Enclosure
from ascolto.desk.guards import colleague_of, signed_in
from ascolto.kit import blobs

# A picture is shown in its place only if its own first bytes say that it is one.
_PICTURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
_INERT = "default-src 'none'; sandbox"
_FOREIGN = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "sandbox allow-popups; frame-ancestors 'self'"
)
_LARGEST_PICTURE = 400_000  # in a message's HTML, where pictures travel inside the page
_PICTURES_TOGETHER = 3_000_000


@signed_in
@require_safe
def attachment(request: HttpRequest, attachment_id: int) -> HttpResponse:
    cases = visible_cases(colleague_of(request))
    seen = Attachment.objects.filter(item__message__case__in=cases)
    file = seen.filter(pk=attachment_id).first()
    if file is None:
        raise Http404
    return _handed_out(file.blob_id, file.name)


@signed_in
@require_safe
def enclosure(request: HttpRequest, enclosure_id: int) -> HttpResponse:
    """A file of ours that left, or is leaving, with an answer."""
    cases = visible_cases(colleague_of(request))
    seen = Enclosure.objects.filter(outgoing__message__case__in=cases)
    file = seen.filter(pk=enclosure_id).first()
    if file is None:
        raise Http404
    return _handed_out(file.blob_id, file.name)


@signed_in
@require_safe
def draft_file(request: HttpRequest, token: str) -> HttpResponse:
    """A file of one's own draft, in a case one may still see."""
    colleague = colleague_of(request)
    mine = DraftFile.objects.filter(
        draft__author=colleague, draft__case__in=visible_cases(colleague)
    )
    file = mine.filter(token=token).first()
    if file is None:
        raise Http404
    return _handed_out(file.blob_id, file.name)


@signed_in
@require_safe
def raw(request: HttpRequest, message_id: int) -> HttpResponse:
    """The message exactly as it arrived."""
    message = _heard(request, message_id)
    arrival = message.item.arrival if message.item else None
    if arrival is None:
        raise Http404
    response = HttpResponse(blobs.load(arrival.raw_id), content_type="application/octet-stream")
    return _inert(response, f"C-{message.case_id}-{message.pk}.eml", download=True)


@signed_in
@require_safe
def html(request: HttpRequest, message_id: int) -> HttpResponse:
    """The message as its author laid it out, cleaned, for a frame that can do nothing.

    The frame has no origin of its own and so no session: its pictures travel inside the page.
    Nothing is fetched from other sites.
    """
    message = _heard(request, message_id)
    if message.item is None or not message.item.html:
        raise Http404
    cleaned = clean_html(message.item.html, _pictures(message.item_id or 0))
    response = render(request, "desk/case/foreign.html", {"cleaned": cleaned})
    response["Content-Security-Policy"] = _FOREIGN
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _heard(request: HttpRequest, message_id: int) -> Message:
    cases = visible_cases(colleague_of(request))
    found = (
        Message.objects.select_related("item__arrival")
        .filter(pk=message_id, case__in=cases, item__isnull=False)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _pictures(item_id: int) -> dict[str, str]:
    """The pictures of a message by content id, as addresses that need no request."""
    named = Attachment.objects.filter(item=item_id, size__lte=_LARGEST_PICTURE)
    found: dict[str, str] = {}
    spent = 0
    for file in named.exclude(content_id="").order_by("id")[:60]:
        spent += file.size
        if spent > _PICTURES_TOGETHER:
            break
        data = blobs.load(file.blob_id)
        if kind := _picture(data):
            found[file.content_id] = f"data:{kind};base64,{b64encode(data).decode()}"
    return found


def _picture(data: bytes) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _PICTURES.items() if data.startswith(start)), None)


def _handed_out(digest: str, name: str) -> HttpResponse:
    data = blobs.load(digest)
    kind = _picture(data)
    response = HttpResponse(data, content_type=kind or "application/octet-stream")
    return _inert(response, name, download=kind is None)


def _inert(response: HttpResponse, name: str, *, download: bool) -> HttpResponse:
    """Whatever it is, the browser neither guesses its kind nor runs anything in it."""
    response["Content-Disposition"] = content_disposition_header(download, safe_name(name)) or ""
    response["Content-Security-Policy"] = _INERT
    response["X-Content-Type-Options"] = "nosniff"
    return response
