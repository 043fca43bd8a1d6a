"""Addresses of imports and exports."""

from django.urls import URLPattern, path

from ascolto.desk.exchange import views

IMPORT = "impostazioni/importa/"
urlpatterns: list[URLPattern] = [
    path(IMPORT, views.show, name="settings_exchange"),
    path(f"{IMPORT}carica/", views.upload, name="import_upload"),
    path(f"{IMPORT}<int:run_id>/", views.one, name="import"),
    path(f"{IMPORT}<int:run_id>/ferma/", views.stop, name="import_stop"),
    path(f"{IMPORT}<int:run_id>/rifiutate.csv", views.refused, name="import_refused"),
    path("impostazioni/esporta/", views.export, name="export"),
]
