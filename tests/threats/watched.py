"""A browser that notes every dialog and every request, and an address that must stay silent."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import BrowserContext, Dialog, Page, Request

from ascolto.staff.models import Colleague
from tests.e2e.browser import DESKTOP, chromium
from tests.mailservers.world import until

INSIDE = {"data", "about", "blob"}  # schemes that leave no browser


@dataclass
class Watched:
    """A signed-in browser, the site it belongs to, and what it did that it should not have."""

    site: str
    context: BrowserContext
    page: Page
    canary: str
    hits: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.site}{path}")

    def watch(self, page: Page) -> None:
        page.on("dialog", self._dialog)

    def note(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme not in INSIDE and not request.url.startswith(f"{self.site}/"):
            self.strays.append(request.url)

    @property
    def harm(self) -> list[str]:
        return [*self.hits, *self.dialogs, *self.strays]

    def _dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


@contextmanager
def watched(site: str, colleague: Colleague | None) -> Iterator[Watched]:
    with canary() as (address, hits), nobody_stays(), chromium() as browser:
        context = browser.new_context(viewport=DESKTOP, locale="it-IT")
        if colleague is not None:
            client = Client()
            client.force_login(colleague)
            name = settings.SESSION_COOKIE_NAME
            cookie = {"name": name, "value": client.cookies[name].value, "url": site}
            context.add_cookies([cookie])  # type: ignore[list-item] # a plain dict will do
        one = Watched(site, context, context.new_page(), address, hits)
        context.on("request", one.note)
        context.on("page", one.watch)
        one.watch(one.page)
        try:
            yield one
        finally:
            connection.close()  # the one of this loop: outside of it Django has another


@contextmanager
def nobody_stays() -> Iterator[None]:
    """The server's threads hold their connections a moment longer than the browser its own."""
    before = sessions()
    yield
    until(lambda: sessions() <= before)


def sessions() -> set[int]:
    """The other connections to this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pid from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
        return {pid for (pid,) in cursor.fetchall()}


@contextmanager
def canary() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine that writes down whoever asks it anything."""
    hits: list[str] = []

    class Cage(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(f"{self.path} from {self.headers.get('Referer')}")
            self.send_response(204)
            self.end_headers()

        do_POST = do_HEAD = do_OPTIONS = do_GET  # noqa: N815 # the names are the library's

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Cage)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", hits
    finally:
        server.shutdown()
        server.server_close()
