"""What every answer carries, and in which language and look it is drawn."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from ascolto.desk.guards import remember_company
from ascolto.staff.models import Colleague
from ascolto.staff.queries import company

# Nobody reads these in a language, and they must answer while the database does not.
WITHOUT_PREFERENCES = ("/static/", "/healthz", "/readyz", "/metrics", "/api/")

Next = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(  # noqa: FLY002 # one directive a line reads better than one long string
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",  # --p of a clock's ring, nothing else is drawn so
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


class SecurityHeaders:
    """A strict policy on everything that has not chosen a stricter one itself."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        if settings.HSTS:
            response.headers.setdefault("Strict-Transport-Security", settings.HSTS)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class Preferences:
    """Pages for staff in the colleague's language, all pages in the company's time zone."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(WITHOUT_PREFERENCES):
            return self.get_response(request)
        user = request.user
        chosen = request.COOKIES.get("ascolto-lingua")
        language = user.language if isinstance(user, Colleague) else chosen
        house = remember_company(request, company())
        with (
            translation.override(language if language in {"it", "en"} else "it"),
            timezone.override(house.zone),
        ):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "it")
        return response
