"""Addresses of the figures."""

from django.urls import URLPattern, path

from ascolto.desk.insight import pages

urlpatterns: list[URLPattern] = [
    path("analisi/", pages.show, name="insight"),
    path("analisi/casi/<str:figure>/", pages.cases, name="insight_cases"),
    path("analisi/in-pubblico/", pages.public, name="insight_public"),
    path("analisi/definizioni/", pages.definitions, name="insight_definitions"),
    path("analisi/<slug:table>.csv", pages.file, name="insight_file"),
]
