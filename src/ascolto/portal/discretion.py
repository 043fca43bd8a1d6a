"""Links are keys: they may not stand in a log."""

import logging
import re

_KEY = re.compile(r"(/p/(?:entra/)?|/invito/|/password/reset/key/)[^/\s\"'?]+")


class NoKeys(logging.Filter):
    """Writes `/p/…` where a log line would have told the key of a page."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if _KEY.search(message):
            record.msg, record.args = _KEY.sub(r"\1…", message), ()
        return True


def keep_keys_out_of_logs() -> None:
    """Every logger that writes the addresses of requests. Saying it twice changes nothing."""
    for name in ("django.request", "django.server", "django.security.csrf", "uvicorn.access"):
        logger = logging.getLogger(name)
        if not any(isinstance(known, NoKeys) for known in logger.filters):
            logger.addFilter(NoKeys())
