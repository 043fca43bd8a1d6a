"""When a page cannot be shown: what happened, what is safe, what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import get_random_string


def no_permission(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    named = str(exception.args[0]) if exception and exception.args else ""
    return render(request, "404.html", {"case": named if named[:2] == "C-" else ""}, status=404)


def our_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the database, which may be what broke. The code is easy to read aloud."""
    letters = "ACDEFHJKLMNPRTUVWXY34679"
    code = f"{get_random_string(4, letters)}-{timezone.localtime():%H%M}"
    request.META["ascolto.code"] = code
    return HttpResponse(render_to_string("500.html", {"code": code}), status=500)
