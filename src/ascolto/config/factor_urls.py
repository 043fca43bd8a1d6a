"""Addresses of the second factor: allauth's views at our own places."""

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from django.urls import path
from django.views.generic import RedirectView

# allauth's own lists stand together on the desk's page of access.
to_access = RedirectView.as_view(pattern_name="desk:access")

urlpatterns = [
    path("", to_access, name="mfa_index"),
    path("codice/", base.authenticate, name="mfa_authenticate"),
    path("codice/ancora/", base.reauthenticate, name="mfa_reauthenticate"),
    path("app/", app.activate_totp, name="mfa_activate_totp"),
    path("app/togli/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("riserva/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("riserva/rifai/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("riserva/scarica/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("chiavi/", to_access, name="mfa_list_webauthn"),
    path("chiavi/aggiungi/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("chiavi/entra/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("chiavi/ancora/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("chiavi/<int:pk>/nome/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("chiavi/<int:pk>/togli/", keys.remove_webauthn, name="mfa_remove_webauthn"),
]
