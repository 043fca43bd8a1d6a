"""What lets a telephone keep Ascolto among its apps, and the page it shows without a network."""

from importlib.resources import files

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

WORKER = files("ascolto.desk") / "static" / "js" / "worker.js"


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Where a browser looks for it by itself beside what is no page: a letter as it came, say."""
    return redirect(static("icon.svg"))


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """The same for everybody: who has not signed in learns nothing from it."""
    said = {
        "name": "Ascolto",
        "short_name": "Ascolto",
        "start_url": "/casella/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#F5F3EE",  # as --bg of tokens.css by day: a manifest knows no tokens
        "theme_color": "#F5F3EE",
        "icons": [
            {
                "src": static("app-icon.svg"),
                "sizes": "any",
                "type": "image/svg+xml",
                "purpose": "any maskable",
            }
        ],
        "shortcuts": [
            {"name": _("Miei"), "url": "/casella/miei/"},
            {"name": _("Cerca"), "url": "/cerca/"},
        ],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, from the root: it may then look after every page."""
    response = HttpResponse(WORKER.read_bytes(), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def away(request: HttpRequest) -> HttpResponse:
    """Kept on the device beforehand. It knows nobody: a lost telephone tells nothing."""
    return render(request, "desk/away.html")
