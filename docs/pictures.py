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
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from docs.shots import ANSWERED, AT_THE_DOOR, HEARD, IN_ENGLISH, KNOWN, WORK, Shot

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "pictures"
STARTS_WITHIN = 600.0  # seconds, the loading of the demo company included
LARGEST = 300 * 1024  # bytes; a picture is downloaded by everybody who clones
WHOSE, HERS = "Giulia Ferraris", "g.ferraris@posta.example"
FORM = "modulo"
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
    surroundings: dict[str, str]
    state: dict[str, StorageState] = field(default_factory=dict)  # the cookies of who looks

    def furnish(self, *what: str) -> None:
        subprocess.run(  # noqa: S603 # our own command, no shell
            [sys.executable, "-m", "docs.furnished", *what], env=self.surroundings, check=True
        )


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with house() as one, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        one.furnish()
        one.state["colleague"] = _signed_in(browser, one)
        known = _known(browser, one)
        for shot in (*AT_THE_DOOR, *WORK, *HEARD, *KNOWN):
            take(browser, one, shot, known)
        known["link"] = _a_customers_link(browser, one, known["case"])
        one.state["customer"] = _as_the_customer(browser, one)
        for shot in ANSWERED:
            take(browser, one, shot, known)
        one.furnish("en")
        for shot in IN_ENGLISH:
            take(browser, one, shot, known)
        browser.close()


def take(browser: Browser, one: House, shot: Shot, known: dict[str, str]) -> None:
    """Take one picture once the page is drawn; refuse an error page and one that is too heavy."""
    path = shot.path.format(**known)
    with opened(browser, one, shot) as page:
        response = page.goto(f"{one.url}{path}")
        if response is None or not response.ok:
            raise RuntimeError(f"{path} does not answer as it should: {response}")
        for deed, what in (words.split(" ", 1) for words in shot.does):
            page.keyboard.press(what) if deed == "press" else page.locator(what).first.click()
        page.evaluate("document.activeElement?.blur(); document.fonts.ready")
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
        surroundings = _environment(Path(folder), port)
        process = subprocess.Popen(  # our own command, no shell
            [sys.executable, "-m", "ascolto.config.cli", "serve"],
            env=surroundings,
            stdout=subprocess.PIPE,
            text=True,
        )
        alarm = threading.Timer(STARTS_WITHIN, process.terminate)
        alarm.start()
        try:
            email, password = _welcome(process)
            alarm.cancel()
            yield House(f"http://127.0.0.1:{port}", email, password, surroundings)
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
        "PYTHONPATH": f"{HERE.parent / 'src'}{os.pathsep}{HERE.parent}",
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
        storage_state=one.state.get(shot.who),
    )
    yield context.new_page()
    context.close()


def _signed_in(browser: Browser, one: House) -> StorageState:
    with opened(browser, one, Shot("", "", who="nobody")) as page:
        page.goto(f"{one.url}/accesso/login/")
        page.locator("input[name=login]").fill(one.email)
        page.locator("input[name=password]").fill(one.password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url("**/casella/**")
        return page.context.storage_state()


def _as_the_customer(browser: Browser, one: House) -> StorageState:
    """Ask for a link as she would, and take it out of the post that never leaves."""
    with opened(browser, one, Shot("", "", who="nobody")) as page:
        page.goto(f"{one.url}/p/entra/")
        page.locator("input[name=indirizzo]").fill(HERS)
        page.locator("input[name=indirizzo]").press("Enter")
        page.wait_for_load_state()
        page.goto(one.url + _posted(browser, one, "a[href*='/p/entra/']"))
        page.locator("main form button").first.click()
        page.wait_for_url("**/p/miei/**")
        return page.context.storage_state()


def _known(browser: Browser, one: House) -> dict[str, str]:
    """The addresses that differ in every installation."""
    with opened(browser, one, Shot("", "")) as page:
        page.goto(f"{one.url}/casella/squadra/")
        wanted = page.locator("a.it", has_text=WHOSE)
        case = (wanted if wanted.count() else page.locator("a.it")).first.get_attribute("href")
        rows = page.locator("a.it").evaluate_all("all => all.map((one) => one.pathname)")
        page.goto(f"{one.url}{case}")
        customer = page.locator("#cliente .nm a").get_attribute("href")
    chosen = [f"scelti={row.strip('/').rpartition('-')[2]}" for row in rows[1:6]]
    return {
        "case": str(case).partition("?")[0],
        "customer": str(customer),
        "chosen": "&".join(chosen),
        "form": FORM,
    }


def _a_customers_link(browser: Browser, one: House, case: str) -> str:
    """Answer the case as the visitor does, and take the link out of the post that never leaves."""
    with opened(browser, one, Shot("", "")) as page:
        page.goto(f"{one.url}{case}")
        page.locator("textarea.txt").first.fill(ANSWER)
        page.locator("textarea.txt").first.press("Control+Enter")
        page.wait_for_timeout(1000)
    return _posted(browser, one, "a[href*='/p/']", ANSWER[:40])


def _posted(browser: Browser, one: House, link: str, words: str = "") -> str:
    """The path behind a link in the newest letter that says so, once it has left."""
    with opened(browser, one, Shot("", "")) as page:
        for _ in range(60):
            page.goto(f"{one.url}/demo/posta/")
            letter = page.locator("li", has_text=words, has=page.locator(link)).first
            if letter.count():
                found = letter.locator(link).first.get_attribute("href")
                return str(found).removeprefix(one.url)
            page.wait_for_timeout(1000)
    raise RuntimeError("the letter did not leave within a minute")


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
