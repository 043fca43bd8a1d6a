"""`ascolto web`: pages, API and webhooks on one port."""

import logging

import uvicorn
from django.conf import settings


def web() -> int:
    """Serve until told to stop; requests under way are finished first."""
    config = uvicorn.Config(
        "ascolto.config.asgi:build",
        factory=True,
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
    uvicorn.Server(config).run()
    return 0
