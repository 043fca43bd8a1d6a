from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

from ascolto.api.urls import urlpatterns as api_urls


def home(request: HttpRequest) -> HttpResponse:
    return redirect("desk:inbox")


urlpatterns = [
    path("", home, name="home"),
    path("", include("ascolto.desk.urls")),
    path("", include("ascolto.portal.urls")),
    path("", include((api_urls, "api"))),
    path("accesso/", include("allauth.account.urls")),
]
handler403 = "ascolto.desk.errors.no_permission"
handler404 = "ascolto.desk.errors.not_found"
handler500 = "ascolto.desk.errors.our_error"
