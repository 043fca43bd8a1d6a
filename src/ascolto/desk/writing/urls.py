"""Addresses of what colleagues write: calls, forwards, macros, presence, other drafts."""

from django.urls import URLPattern, path

from ascolto.desk.writing import (
    calls,
    copies,
    drafted,
    forward,
    macros,
    mentions,
    presence,
    suggestions,
    vouching,
)

urlpatterns: list[URLPattern] = [
    path("casi/C-<int:case_id>/presenza/", presence.beat, name="presence"),
    path("casi/C-<int:case_id>/telefonata/", calls.note_call, name="call"),
    path("casi/C-<int:case_id>/copie/", copies.reply_to_all, name="copies"),
    path("casi/C-<int:case_id>/colleghi/", mentions.callable_colleagues, name="callable"),
    path("casi/C-<int:case_id>/macro/<int:macro_id>/", macros.expanded, name="macro"),
    path("casi/C-<int:case_id>/proposte/", suggestions.show, name="suggested"),
    path("casi/C-<int:case_id>/proposte/bozza/", drafted.ask, name="draft_suggested"),
    path(
        "casi/C-<int:case_id>/articolo/<int:article_id>/",
        suggestions.article,
        name="article_words",
    ),
    path("messaggi/<int:message_id>/inoltra/", forward.show, name="forward"),
    path("messaggi/<int:message_id>/inoltra/invia/", forward.send, name="send_forward"),
    path("macro/", macros.listed, name="macros"),
    path("conteggi/", mentions.counts, name="counts"),
    path("messaggi/<int:message_id>/conferma/", vouching.confirm, name="confirm_writer"),
    path("casi/C-<int:case_id>/non-conferma/", vouching.doubt, name="doubt_writer"),
    path("casi/C-<int:case_id>/ricollega/", vouching.welcome, name="welcome_again"),
    path("menzioni/", mentions.show, name="mentions"),
    path("menzioni/viste/", mentions.see_all, name="mentions_seen"),
]
