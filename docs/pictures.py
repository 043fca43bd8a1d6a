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
    """One picture. `{case}` and `{link}` in `path` are filled in when they are known."""

    name: str
    path: str
    size: tuple[int, int] = DESK
    scheme: Literal["light", "dark"] = "light"
    signed_in: bool = True


BEFORE_THE_ANSWER = (
    Shot("sign-in", "/accesso/login/", signed_in=False),
    Shot("inbox", "/casella/squadra/"),
    Shot("inbox-phone", "/casella/squadra/", PHONE),
    Shot("case", "{case}"),
    Shot("case-dark", "{case}", scheme="dark"),
    Shot("case-phone", "{case}", PHONE),
    Shot("search", "/cerca/?q=appuntamento"),
    Shot("quarantine", "/quarantena/"),
)
AFTER_IT = (
    Shot("customer-phone", "{link}", PHONE, signed_in=False),
    Shot("customer-phone-dark", "{link}", PHONE, scheme="dark", signed_in=False),
)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with house() as one, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        case = _the_case(browser, one)
        for shot in BEFORE_THE_ANSWER:
            take(browser, one, shot, shot.path.format(case=case))
        link = _a_customers_link(browser, one, case)
        for shot in AFTER_IT:
            take(browser, one, shot, link)
        browser.close()


def take(browser: Browser, one: House, shot: Shot, path: str) -> None:
    """Take one picture once the page is drawn; refuse an error page and one that is too heavy."""
    with opened(browser, one, shot) as page:
        response = page.goto(f"{one.url}{path}")
        if response is None or not response.ok:
            raise RuntimeError(f"{path} does not answer as it should: {response}")
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(400)
        file = FOLDER / f"{shot.name}.png"
        page.screenshot(path=file)
    size = file.stat().st_size
    sys.stdout.write(f"{file.name}: {size // 1024} kB\n")
    if size > LARGEST:
        raise RuntimeError(f"{file.name} weighs {size} bytes, more than {LARGEST}")


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
def opened(browser: Browser, one: House, shot: Shot) -> Iterator[Page]:
    """A page, in a browser that nobody has used; past the front door if the shot is from inside."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=shot.scheme,
        locale="it-IT",
        timezone_id="Europe/Rome",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if shot.signed_in:
        page.goto(f"{one.url}/accesso/login/")
        page.locator("input[name=login]").fill(one.email)
        page.locator("input[name=password]").fill(one.password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url("**/casella/**")
    yield page
    context.close()


def _the_case(browser: Browser, one: House) -> str:
    """The path of the case the pictures tell of; the first one, should it be gone from the demo."""
    with opened(browser, one, Shot("", "")) as page:
        page.goto(f"{one.url}/casella/squadra/")
        wanted = page.locator("a.it", has_text=WHOSE)
        found = (wanted if wanted.count() else page.locator("a.it")).first.get_attribute("href")
    return str(found)


def _a_customers_link(browser: Browser, one: House, case: str) -> str:
    """Answer the case as the visitor does, and take the link out of the post that never leaves."""
    with opened(browser, one, Shot("", "")) as page:
        page.goto(f"{one.url}{case}")
        page.locator("textarea.txt").first.fill(ANSWER)
        page.locator("textarea.txt").first.press("Control+Enter")
        for _ in range(60):
            page.wait_for_timeout(1000)
            page.goto(f"{one.url}/demo/posta/")
            letter = page.locator("li", has_text=ANSWER[:40]).first
            if letter.count():
                link = letter.locator("a[href*='/p/']").first.get_attribute("href")
                return str(link).removeprefix(one.url)
    raise RuntimeError("the answer did not leave within a minute")


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
