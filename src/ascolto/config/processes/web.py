"""`ascolto web`: pages, API and webhooks on one port."""

import logging
from socket import socket

import uvicorn
from django.conf import settings

from ascolto.config import boot
from ascolto.config.asgi import Application


class Server(uvicorn.Server):
    """Ends the open streams before it waits for the rest: they would never end by themselves."""

    def __init__(self, config: uvicorn.Config, application: Application) -> None:
        super().__init__(config)
        self._application = application

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        await self._application.stop()
        await super().shutdown(sockets)


def web() -> int:
    """Serve until told to stop; requests under way are finished first."""
    application = Application()
    boot.keep_loaded()
    config = uvicorn.Config(
        application,
        host=settings.HOST,
        port=settings.PORT,
        lifespan="off",
        timeout_graceful_shutdown=5,
        server_header=False,
        proxy_headers=False,
        log_config=None,
        access_log=False,  # addresses carry tokens: they are not written down
    )
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    Server(config, application).run()
    return 0
