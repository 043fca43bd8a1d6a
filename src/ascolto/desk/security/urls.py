"""Addresses of sessions, tokens and webhooks."""

from django.urls import URLPattern, path

from ascolto.desk.security import access, asked, recovery, rule, tokens, webhooks

HOOK = "impostazioni/webhook/<int:webhook_id>/"

urlpatterns: list[URLPattern] = [
    path("impostazioni/accesso/", access.show, name="access"),
    path("impostazioni/accesso/secondo-passo/", asked.show, name="second_step"),
    path("impostazioni/sicurezza/", rule.show, name="settings_security"),
    path("impostazioni/sicurezza/salva/", rule.save, name="settings_security_save"),
    path("recupero/<str:token>/", recovery.show, name="recovery"),
    path("impostazioni/accesso/altre/termina/", access.end_others, name="end_sessions"),
    path("impostazioni/accesso/<int:session_id>/termina/", access.end_one, name="end_session"),
    path(
        "impostazioni/accesso/colleghi/<int:colleague_id>/togli/",
        access.lift_factors,
        name="lift_factors",
    ),
    path("impostazioni/chiavi/", tokens.show, name="tokens"),
    path("impostazioni/chiavi/<int:token_id>/revoca/", tokens.revoke, name="revoke_token"),
    path("impostazioni/webhook/", webhooks.show_all, name="webhooks"),
    path(HOOK, webhooks.show, name="webhook"),
    path(f"{HOOK}fatti/", webhooks.change, name="webhook_kinds"),
    path(f"{HOOK}pausa/", webhooks.pause, name="pause_webhook"),
    path(f"{HOOK}riprendi/", webhooks.resume, name="resume_webhook"),
    path(f"{HOOK}prova/", webhooks.send_test, name="test_webhook"),
    path(f"{HOOK}chiudi/", webhooks.close, name="close_webhook"),
    path(
        "impostazioni/webhook/consegne/<int:delivery_id>/rimanda/",
        webhooks.send_again,
        name="send_again",
    ),
]
