"""The product's addresses, and one page with nothing on it: what every page costs at least."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from ascolto.desk.guards import colleague_of, signed_in


@signed_in
def bare(request: HttpRequest) -> HttpResponse:
    """Session, colleague and every middleware; no query and no template of its own."""
    return HttpResponse(f"<!doctype html><title>{colleague_of(request).pk}</title>")


urlpatterns = [path("bare/", bare), path("", include("ascolto.config.urls"))]
