"""Addresses of what puts the queue in order: snooze, tags, fields, merges, bulk deeds, views."""

from django.urls import URLPattern, path

from ascolto.desk.organising import (
    bulk,
    labels,
    levelling,
    links,
    matters,
    moves,
    readings,
    snoozing,
    views,
)

CASE = "casi/C-<int:case_id>/"
urlpatterns: list[URLPattern] = [
    path(f"{CASE}fogli/rimanda/", snoozing.choose, name="snooze_sheet"),
    path(f"{CASE}rimanda/", snoozing.snooze, name="snooze"),
    path(f"{CASE}riprendi/", snoozing.wake, name="wake"),
    path(f"{CASE}fogli/etichette/", labels.tags, name="tags_sheet"),
    path(f"{CASE}etichette/", labels.label, name="label"),
    path(f"{CASE}etichette/togli/", labels.untag, name="untag"),
    path(f"{CASE}fogli/dati/", labels.facts, name="fields_sheet"),
    path(f"{CASE}dati/", labels.set_facts, name="set_fields"),
    path(f"{CASE}fogli/collega/", links.choose, name="link_sheet"),
    path(f"{CASE}collega/", links.link, name="link_case"),
    path(f"{CASE}scollega/", links.unlink, name="unlink_case"),
    path(f"{CASE}segui/", links.follow, name="follow"),
    path(f"{CASE}fogli/unisci/", moves.choose_other, name="merge_sheet"),
    path(f"{CASE}unisci/", moves.merge, name="merge_case"),
    path(f"{CASE}fogli/dividi/", moves.choose_messages, name="split_sheet"),
    path(f"{CASE}dividi/", moves.split, name="split_case"),
    path("spostamenti/<int:moving_id>/annulla/", moves.undo, name="undo_move"),
    path("cose/<int:matter_id>/apri/", matters.open_case, name="open_matter"),
    path("cose/<int:matter_id>/riunisci/", matters.reunite, name="reunite_matter"),
    path("cose/<int:matter_id>/una-sola/", matters.keep, name="keep_matter"),
    path("cose/<int:matter_id>/chiedi/", matters.ask, name="ask_matter"),
    path("messaggi/<int:message_id>/lettura/", readings.choose, name="reading_sheet"),
    path("messaggi/<int:message_id>/lettura/correggi/", readings.correct, name="correct_reading"),
    path("messaggi/<int:message_id>/lettura/annulla/", readings.undo, name="undo_reading"),
    path("messaggi/<int:message_id>/mostra/", readings.unfold, name="unfold"),
    path("squadra/", levelling.show, name="levelling"),
    path("squadra/pareggia/", levelling.preview, name="level_preview"),
    path("squadra/pareggia/fai/", levelling.start, name="level"),
    path("insieme/", bulk.choose, name="bulk_choose"),
    path("insieme/fai/", bulk.start, name="bulk_start"),
    path("insieme/<int:bulk_id>/", bulk.show, name="bulk"),
    path("insieme/<int:bulk_id>/annulla/", bulk.undo, name="bulk_undo"),
    path("viste/", views.save, name="views"),
    path("viste/<int:view_id>/", views.change, name="view"),
]
