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

THREADS = 12


class Application:
    """The whole of one web process. Made after Django is set up, once a process."""

    def __init__(self) -> None:
        django = get_wsgi_application()
        wire()
        from ascolto.api.intake import IntakeLane
        from ascolto.desk.stream import StreamLane

        self._pages: Any = WSGIMiddleware(cast("Any", django), workers=THREADS)
        self._intake, self._stream = IntakeLane(), StreamLane()
        self.lanes: dict[str, Any] = {"/in/": self._intake, "/eventi/": self._stream}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        for prefix, lane in self.lanes.items():
            if scope["path"].startswith(prefix):
                await lane(scope, receive, send)
                return
        await self._pages(scope, receive, send)

    async def stop(self) -> None:
        """End what would stay open for ever; what is being kept is kept first."""
        await self._stream.stop()
        await self._intake.stop()
