"""Files of strangers, given out so that no browser runs anything in them."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from ascolto.channels.adapters.email.filenames import safe_name, served_type
from ascolto.kit import blobs


def given_out(digest: str, *, name: str, content_type: str) -> HttpResponse:
    """A file as a download: never shown in the page, whatever it says it is."""
    label = safe_name(name)
    kind, _inline = served_type(content_type, label)
    response = HttpResponse(blobs.load(digest), content_type=kind)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=label) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
