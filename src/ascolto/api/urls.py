from django.urls import URLPattern, URLResolver, include, path, re_path

from ascolto.api import form, health
from ascolto.api.door import door, nothing_here
from ascolto.api.v1.api import api

app_name = "api"


def through_the_door(
    patterns: list[URLPattern | URLResolver],
) -> list[URLPattern | URLResolver]:
    """The patterns, each view behind the door."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = door(pattern.callback)
    return patterns


_patterns, _app, _namespace = api.urls
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include((through_the_door(_patterns), _app), namespace=_namespace)),
    re_path(r"^api/(?P<rest>.*)$", nothing_here),
    path("modulo/<slug:name>/", form.fill_in, name="form"),
    path("modulo/<slug:name>/ricevuto/", form.received, name="form_received"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]
