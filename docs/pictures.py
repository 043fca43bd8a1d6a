"""Takes the pictures of the README and the guide again: `make pictures`.

Starts an Ascolto of its own in a temporary folder, signs in to the demo company as its visitor
would, and looks at it with Chromium (`CHROMIUM`, or the one that the system has).
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "pictures"
STARTS_WITHIN = 180.0  # seconds, the loading of the demo company included
LARGEST = 300 * 1024  # bytes; a picture is downloaded by everybody who clones
DESK, PHONE = (1440, 900), (390, 844)
WHOSE = "Giulia Ferraris"
WELCOME = re.compile(r"Sign in as\s+(\S+)\s+with\s+(\S+)")
ANSWER = (
    "Buongiorno, ho guardato adesso: il tecnico passa domani fra le 9 e le 11 e la chiama mezz’ora "
    "prima. Se la linea torna da sola glielo scrivo stasera, e l’appuntamento si disdice da sé."
)


@dataclass(frozen=True, slots=True)
class House:
    """A running Ascolto, and how to get in."""

    url: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class Shot:
    name: str
    size: tuple[int, int]
    scheme: Literal["light", "dark"] = "light"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with house() as one, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        for shot in (Shot("sign-in", DESK),):
            with opened(browser, one, shot, signed_in=False) as page:
                keep(page, shot.name)
        for shot in (
            Shot("inbox", DESK),
            Shot("inbox-dark", DESK, "dark"),
            Shot("inbox-phone", PHONE),
        ):
            with opened(browser, one, shot) as page:
                page.goto(f"{one.url}/casella/squadra/")
                keep(page, shot.name)
        for shot in (
            Shot("case", DESK),
            Shot("case-dark", DESK, "dark"),
            Shot("case-phone", PHONE),
        ):
            with opened(browser, one, shot) as page:
                _open_case(page, one)
                keep(page, shot.name)
        with opened(browser, one, Shot("search", DESK)) as page:
            page.goto(f"{one.url}/cerca/?q=fibra")
            keep(page, "search")
        with opened(browser, one, Shot("quarantine", DESK)) as page:
            page.goto(f"{one.url}/quarantena/")
            keep(page, "quarantine")
        link = _a_customers_link(browser, one)
        for shot in (Shot("customer-phone", PHONE), Shot("customer-phone-dark", PHONE, "dark")):
            with opened(browser, one, shot, signed_in=False) as page:
                page.goto(link)
                keep(page, shot.name)
        browser.close()


@contextmanager
def house() -> Iterator[House]:
    """Start an Ascolto in a temporary folder, wait for its welcome, and stop it in order."""
    with tempfile.TemporaryDirectory(prefix="ascolto-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # as root, the database runs under an account of its own
        port = free_port()
        process = subprocess.Popen(  # our own command, no shell
            [sys.executable, "-m", "ascolto.config.cli", "serve"],
            env=_environment(Path(folder), port),
            stdout=subprocess.PIPE,
            text=True,
        )
        alarm = threading.Timer(STARTS_WITHIN, process.terminate)
        alarm.start()
        try:
            email, password = _welcome(process)
            alarm.cancel()
            yield House(f"http://127.0.0.1:{port}", email, password)
        finally:
            alarm.cancel()
            process.terminate()
            process.wait(60)


def _environment(home: Path, port: int) -> dict[str, str]:
    """Nothing of an installation that may be near: above all not its database."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("ASCOLTO_") and name != "DATABASE_URL"
    }
    return {
        **kept,
        "ASCOLTO_HOME": str(home),
        "ASCOLTO_LOG": "WARNING",
        "PORT": str(port),
        "PYTHONPATH": str(HERE.parent / "src"),
    }


def _welcome(process: "subprocess.Popen[str]") -> tuple[str, str]:
    said = []
    for line in process.stdout or ():
        said.append(line)
        found = WELCOME.search(line)
        if found:
            return found[1], found[2]
    raise RuntimeError(f"Ascolto ended without a welcome; it said: {''.join(said)}")


@contextmanager
def opened(browser: Browser, one: House, shot: Shot, *, signed_in: bool = True) -> Iterator[Page]:
    """A page at the front door, in a browser that nobody has used."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=shot.scheme,
        locale="it-IT",
        timezone_id="Europe/Rome",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{one.url}/accesso/login/")
    if signed_in:
        page.locator("input[name=login]").fill(one.email)
        page.locator("input[name=password]").fill(one.password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url("**/casella/**")
    yield page
    context.close()


def _open_case(page: Page, one: House) -> None:
    """The case that the pictures tell of; the first one, should it be gone from the demo."""
    page.goto(f"{one.url}/casella/squadra/")
    wanted = page.locator("a.it", has_text=WHOSE)
    address = (wanted if wanted.count() else page.locator("a.it")).first.get_attribute("href")
    page.goto(f"{one.url}{address}")


def _a_customers_link(browser: Browser, one: House) -> str:
    """Answer a case as the visitor does, and take the link out of the post that never leaves."""
    with opened(browser, one, Shot("", DESK)) as page:
        _open_case(page, one)
        page.locator("textarea.txt").first.fill(ANSWER)
        page.locator("textarea.txt").first.press("Control+Enter")
        for _ in range(60):
            page.wait_for_timeout(1000)
            page.goto(f"{one.url}/demo/posta/")
            letter = page.locator("li", has_text=ANSWER[:40]).first
            if letter.count():
                return str(letter.locator("a[href*='/p/']").first.get_attribute("href"))
    raise RuntimeError("the answer did not leave within a minute")


def keep(page: Page, name: str) -> None:
    """Take the picture once the page is drawn, and refuse one that is too heavy."""
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(400)
    file = FOLDER / f"{name}.png"
    page.screenshot(path=file)
    size = file.stat().st_size
    sys.stdout.write(f"{file.name}: {size // 1024} kB\n")
    if size > LARGEST:
        raise RuntimeError(f"{file.name} weighs {size} bytes, more than {LARGEST}")


def chromium() -> str:
    found = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if not found:
        raise RuntimeError("no Chromium here: install it, or name one with CHROMIUM")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
