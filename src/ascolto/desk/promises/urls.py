"""Addresses of promises and clocks."""

from django.urls import URLPattern, path

from ascolto.desk.promises import board, clocks, making

CASE = "casi/C-<int:case_id>/"
urlpatterns: list[URLPattern] = [
    path("promesse/", board.show, name="promises"),
    path(f"{CASE}fogli/prometti/", making.choose, name="promise_sheet"),
    path(f"{CASE}promessa/", making.make, name="promise"),
    path(f"{CASE}promessa/riconosci/", making.recognise, name="notice_promise"),
    path(f"{CASE}promessa/<int:promise_id>/mantenuta/", clocks.keep, name="keep_promise"),
    path(f"{CASE}promessa/<int:promise_id>/sciogli/", clocks.waive, name="waive_promise"),
    path(f"{CASE}orologi/<int:promise_id>/pausa/", clocks.pause, name="pause_clock"),
    path(f"{CASE}orologi/<int:promise_id>/riprendi/", clocks.resume, name="resume_clock"),
]
