"""Addresses of sessions, tokens and webhooks."""

from django.urls import URLPattern, URLResolver, include, path

from ascolto.desk.security import access, asked, recovery, tokens, webhooks

HOOK = "webhook/<int:webhook_id>/"

_places: list[URLPattern] = [
    path("accesso/", access.show, name="access"),
    path("accesso/secondo-passo/", asked.show, name="second_step"),
    path("accesso/altre/termina/", access.end_others, name="end_sessions"),
    path("accesso/<int:session_id>/termina/", access.end_one, name="end_session"),
    path(
        "accesso/colleghi/<int:colleague_id>/togli/",
        access.lift_factors,
        name="lift_factors",
    ),
    path("chiavi/", tokens.show, name="tokens"),
    path("chiavi/<int:token_id>/revoca/", tokens.revoke, name="revoke_token"),
    path("webhook/", webhooks.show_all, name="webhooks"),
    path(HOOK, webhooks.show, name="webhook"),
    path(f"{HOOK}fatti/", webhooks.change, name="webhook_kinds"),
    path(f"{HOOK}pausa/", webhooks.pause, name="pause_webhook"),
    path(f"{HOOK}riprendi/", webhooks.resume, name="resume_webhook"),
    path(f"{HOOK}prova/", webhooks.send_test, name="test_webhook"),
    path(f"{HOOK}chiudi/", webhooks.close, name="close_webhook"),
    path(
        "webhook/consegne/<int:delivery_id>/rimanda/",
        webhooks.send_again,
        name="send_again",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("impostazioni/", include(_places)),
    path("recupero/<str:token>/", recovery.show, name="recovery"),
]
