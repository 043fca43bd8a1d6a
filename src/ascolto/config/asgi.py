"""One port: raw lanes for what must be fast or stays open, Django on threads for the pages.

A trivial Django view costs about a quarter as a WSGI call on a thread of what it costs as ASGI
(`docs/decisions/0004-pages-on-wsgi-threads.md`), so pages go through a2wsgi.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

from ascolto.config.wiring import wire

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Lane = Callable[[Scope, Receive, Send], Awaitable[None]]

THREADS = 12


def build() -> Lane:
    """The whole application. Django is set up here, once a process."""
    django = get_wsgi_application()
    wire()
    from ascolto.api.intake import IntakeLane
    from ascolto.desk.stream import StreamLane

    pages: Any = WSGIMiddleware(cast("Any", django), workers=THREADS)
    lanes: list[tuple[str, Lane]] = [("/in/", IntakeLane()), ("/eventi/", StreamLane())]

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        path = scope["path"]
        for prefix, lane in lanes:
            if path.startswith(prefix):
                await lane(scope, receive, send)
                return
        await pages(scope, receive, send)

    return application
