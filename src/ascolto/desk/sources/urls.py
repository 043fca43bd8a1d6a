"""Addresses of the places where customers speak."""

from django.urls import URLPattern, path

from ascolto.desk.sources import pages

urlpatterns: list[URLPattern] = [
    path("impostazioni/fonti/nuova/", pages.choose, name="settings_source_choose"),
    path("impostazioni/fonti/nuova/<slug:kind>/", pages.new, name="settings_source_new"),
    path("impostazioni/fonti/<int:channel_id>/", pages.one, name="settings_source"),
    path("impostazioni/fonti/<int:channel_id>/prova/", pages.try_again, name="settings_source_try"),
]
