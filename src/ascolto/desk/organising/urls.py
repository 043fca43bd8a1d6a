"""Addresses of what puts the queue in order: snooze, tags, fields, merges, bulk deeds, views."""

from django.urls import URLPattern, path

from ascolto.desk.organising import snoozing

CASE = "casi/C-<int:case_id>/"
urlpatterns: list[URLPattern] = [
    path(f"{CASE}fogli/rimanda/", snoozing.choose, name="snooze_sheet"),
    path(f"{CASE}rimanda/", snoozing.snooze, name="snooze"),
    path(f"{CASE}riprendi/", snoozing.wake, name="wake"),
]
