from allauth.account import urls as allauth_urls
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

from ascolto.api.urls import urlpatterns as api_urls
from ascolto.desk.setup_guard import is_untouched


def home(request: HttpRequest) -> HttpResponse:
    """The inbox; in an installation nobody has touched, the set-up."""
    return redirect("desk:setup" if is_untouched() else "desk:inbox")


# Of allauth's pages only these: the others (a second address, sign-up) are not ours to offer.
ACCOUNT_PAGES = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_reauthenticate",
}
account_urls = [page for page in allauth_urls.urlpatterns if page.name in ACCOUNT_PAGES]


urlpatterns = [
    path("", home, name="home"),
    path("", include("ascolto.desk.urls")),
    path("", include("ascolto.portal.urls")),
    path("", include((api_urls, "api"))),
    path("accesso/", include(account_urls)),
    path("accesso/fattori/", include("ascolto.config.factor_urls")),
]
handler403 = "ascolto.desk.errors.no_permission"
handler404 = "ascolto.desk.errors.not_found"
handler500 = "ascolto.config.away.error_page"
