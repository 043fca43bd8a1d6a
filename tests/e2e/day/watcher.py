"""What no page may do the whole day: complain, ask another host, or be loaded anew unasked."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

OUT = {"http", "https", "ws", "wss"}  # what else a browser opens stays in it
REMEMBERED = 30  # requests and answers, for whoever wonders why a page does not show something


@dataclass
class Watcher:
    """Looks at every page of one browser context. `harm` is empty at the end of a good day."""

    site: str
    who: str
    harm: list[str] = field(default_factory=list)
    lately: deque[str] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    _may_load: int = 0
    _refusals: tuple[str, ...] = ()

    def watch(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("requestfailed", lambda one: self.lately.append(f"✗ {one.failure} {one.url}"))
        context.on("page", self._page)

    @contextmanager
    def loads(self) -> Iterator[None]:
        """What happens within may open a page of its own."""
        self._may_load += 1
        try:
            yield
        finally:
            self._may_load -= 1

    @contextmanager
    def refused(self, *statuses: int) -> Iterator[None]:
        """What happens within is refused on purpose, and Chromium writes that down."""
        self._refusals = tuple(f"status of {status} " for status in statuses)
        try:
            yield
        finally:
            self._refusals = ()

    def _page(self, page: Page) -> None:
        page.on("console", self._said)
        page.on("pageerror", lambda error: self._note(f"error in the page: {error}"))
        page.on("crash", lambda _: self._note("the page died"))

    def _said(self, message: ConsoleMessage) -> None:
        expected = any(one in message.text for one in self._refusals)
        if message.type in {"error", "warning"} and not expected:
            place = message.location.get("url", "")
            self._note(f"console: {message.text} ({place})")

    def _request(self, request: Request) -> None:
        asked = urlsplit(request.url)
        self.lately.append(f"→ {request.method} {asked.path}?{asked.query}")
        if asked.scheme in OUT and not request.url.startswith(f"{self.site}/"):
            self._note(f"another host: {request.url}")
        if not self._may_load and request.is_navigation_request():
            frame = request.frame
            if frame.parent_frame is None:
                self._note(f"a whole page: {request.method} {asked.path}?{asked.query}")

    def _response(self, response: Response) -> None:
        self.lately.append(f"← {response.status} {urlsplit(response.url).path}")

    def _note(self, what: str) -> None:
        self.harm.append(f"{self.who}: {what}")
