"""From a key to what it paints: a Chromium without a window, on the desk of the big company.

Measured inside of the page: from the moment the browser gave the key to the first task after the
next frame; where the server is asked (a case is opened, the palette finds), to the frame that shows
its answer. The limit beside them is the same key on a page on which nothing happens.
"""

import os
import shutil
import statistics
import subprocess
import sys
from typing import Any

from bench.pages import BIG, the_company
from bench.served import web
from tests.e2e.browser import DESKTOP, chromium
from tests.live.listening import signed_in

from ascolto.staff.models import Colleague

KEYS = int(os.environ.get("ASCOLTO_BENCH_KEYS", "40"))
WITHIN = 100.0  # ms at p95
PATIENCE = 30_000  # ms, for a page
WARM = 12  # cases opened before anything is measured: a server seldom has just been started
READING = 700  # ms that somebody looks at a case before he opens the next: the least there is
COLLECT = "from ascolto.config import boot; boot.set_up(); boot.collect_static()"
# Each painted thing once, by what it was: a "key" by itself, a "case" that came, what was "found".
SCRIPT = """
window.painted = [];
let pressed = 0;
const paint = (what, since) => requestAnimationFrame(() => {
  const after = new MessageChannel();
  after.port1.onmessage = () => window.painted.push([what, performance.now() - since]);
  after.port2.postMessage(null);
});
addEventListener("keydown", ({ timeStamp }) => paint("key", pressed = timeStamp), true);
addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target.id === "caso") paint("case", pressed);
});
addEventListener("DOMContentLoaded", () => {
  const list = document.getElementById("comandi-lista");
  if (list) new MutationObserver(() => {
    const rows = [...list.querySelectorAll("[role=option]")];
    if (rows.some((row) => row.textContent.startsWith("C-"))) paint("found", pressed);
  }).observe(list, { childList: true });
});
"""
WAIT = """
async (what) => {
  for (let waited = 0; waited < 30_000; waited += 5) {
    const seen = window.painted.find(([one]) => one === what);
    if (seen) return seen[1];
    await new Promise((done) => setTimeout(done, 5));
  }
  throw new Error(`${what} was never painted`);
}
"""


def run() -> None:
    if (
        not any(map(shutil.which, ("chromium", "chromium-browser")))
        and "CHROMIUM" not in os.environ
    ):
        print("Not measured: Chromium is not installed.")
        return
    with the_company(BIG):
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "ascolto.config.settings"}
        subprocess.run([sys.executable, "-c", COLLECT], env=environment, check=True)  # noqa: S603 # ours
        elena = Colleague.objects.get(email="elena.sala@alba.example")
        name, _, value = signed_in(elena).partition("=")
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        with web() as server, chromium() as browser:
            url = f"http://127.0.0.1:{server.port}"
            context = browser.new_context(viewport=DESKTOP)
            context.add_cookies([{"name": name, "value": value, "url": url}])
            context.add_init_script(SCRIPT)
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            report(measured(page, url))
        print(f"load {os.getloadavg()[0]:.1f}")


def measured(page: Any, url: str) -> dict[str, list[float]]:
    _opened(page, url, number=WARM)
    page.goto(f"{url}/senza-rete/")
    limit = [pressed(page, "j", "key") for _ in range(KEYS)]
    page.goto(f"{url}/casella/squadra/")
    page.wait_for_selector("#righe .it")
    step = [pressed(page, "j", "key") for _ in range(KEYS)]
    opened = _opened(page, url, reading=READING)
    at_once = _opened(page, url)
    palette, typed, found = [], [], []
    for _ in range(KEYS):
        palette.append(pressed(page, "Control+k", "key"))
        typed += [pressed(page, letter, "key") for letter in "fattu"[:-1]]
        found.append(pressed(page, "u", "found"))
        page.keyboard.press("Escape")
    return {
        "limit: a key on a page that does nothing": limit,
        "j, the next line": step,
        "Enter, the case is there": opened,
        "the same, one case right after the other": at_once,
        "Ctrl K, the palette": palette,
        "a letter in the palette": typed,
        "what the palette finds": found,
    }


def _opened(page: Any, url: str, *, number: int = KEYS, reading: int = 0) -> list[float]:
    """One case after the other, each looked at for so many ms."""
    page.goto(f"{url}/casella/squadra/")
    page.wait_for_selector("#righe .it")
    times = []
    for _ in range(number):
        pressed(page, "j", "key")
        times.append(pressed(page, "Enter", "case"))
        page.wait_for_timeout(reading)
    return times


def pressed(page: Any, key: str, what: str) -> float:
    """ms from this key to the first paint of that kind."""
    page.evaluate("() => { window.painted.length = 0; }")
    page.keyboard.press(key)
    return float(page.evaluate(WAIT, what))


def report(times: dict[str, list[float]]) -> None:
    print(f"{'from key to paint, ms':44} {'p50':>8} {'p95':>8} {'limit':>8}")
    for name, several in times.items():
        p95 = statistics.quantiles(several, n=20)[-1]
        mark = " over" if p95 > WITHIN else ""
        print(f"{name:44} {statistics.median(several):8.1f} {p95:8.1f} {WITHIN:8.0f}{mark}")
