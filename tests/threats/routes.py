"""Every address Ascolto answers at, taken from where it is wired and not from a list."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from ascolto.api.v1.api import api
from ascolto.config.asgi import Application

API = "api/v1/"


def routes() -> set[str]:
    """The patterns of all pages, and "METHOD pattern" of every operation of the API."""
    patterns = set(_walk(get_resolver().url_patterns))
    described = {pattern for pattern in patterns if pattern.startswith(API)}
    return (patterns - described) | operations() | {f"{API}openapi.json", API}


def operations() -> set[str]:
    """From the API's own description, which its framework makes of the code."""
    paths: dict[str, dict[str, Any]] = api.get_openapi_schema(path_prefix=f"/{API}")["paths"]
    return {
        f"{method.upper()} {path.lstrip('/')}"
        for path, methods in paths.items()
        for method in methods
    }


def lanes() -> set[str]:
    """The prefixes that never reach Django."""
    return set(Application().lanes)


def _walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here)
        else:
            yield here
