"""What is answered while the database is away: at once, in words, and with when to come back."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from ascolto.desk.errors import our_error

RETRY_AFTER = "5"  # seconds: a database that is started again needs about as long
# Of the states PostgreSQL gives: connection lost, out of connections or room, shutting down.
AWAY = ("08", "53", "57P")

# Both languages, no template and no file: drawing it asks nobody for anything.
PAGE = """<!DOCTYPE html>
<html lang="it"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Torniamo subito · Ascolto</title></head>
<body style="font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto 0; \
padding: 0 1rem">
<main>
<h1>Torniamo subito.</h1>
<p>In questo momento non riusciamo a leggere i nostri dati. Quello che ci avete scritto è al
sicuro. Se stava scrivendo, torni indietro: il testo è nella pagina di prima.</p>
<p><a href="">Riprova</a></p>
<hr>
<section lang="en">
<h2>We will be right back.</h2>
<p>At the moment we cannot read our data. What you have written to us is safe. If you were writing,
go back: your text is on the page before.</p>
<p><a href="">Try again</a></p>
</section>
</main></body></html>
"""

logger = logging.getLogger("ascolto.database")


def error_page(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`: called while the exception that nobody caught is being handled.

    A middleware could not do this: Django makes a response of an exception at each of them, so
    an outer one never sees what an inner one raised.
    """
    problem = sys.exc_info()[1]
    if not is_away(problem):
        return our_error(request)
    logger.warning("the database did not answer: %s", problem)
    return HttpResponse(PAGE, status=503, headers={"Retry-After": RETRY_AFTER})


def is_away(problem: BaseException | None) -> bool:
    """Whether it is the database itself that is missing, not one statement that went wrong."""
    if isinstance(problem, InterfaceError):
        return True
    if not isinstance(problem, OperationalError):
        return False
    state = getattr(problem.__cause__, "sqlstate", None)
    return state is None or state.startswith(AWAY)  # none: nobody was there to give one
