"""Every page that can be opened is whole, dressed only by us, and kept by nobody."""

import re

import pytest
from django.http.response import HttpResponseBase
from selectolax.lexbor import LexborHTMLParser

from tests.threats.probes import body
from tests.threats.table_public import ACCOUNTS, FIRST_DAY, PUBLIC
from tests.threats.tables import DESK
from tests.threats.world import World

pytestmark = pytest.mark.django_db
GETS = {
    probe.address: probe
    for probes in {**DESK, **PUBLIC, **FIRST_DAY, **ACCOUNTS}.values()
    for probe in probes
    if probe.method == "GET"
}
FETCHING = "script[src], link[href], img[src], iframe[src], source[src], form[action]"
ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
# The frame with a stranger's page in it is no page of ours: tests/threats/test_hostile_pages.py.
FOREIGN = "/messaggi/{heard}/html/"
# Parts that only a script asks for: a line of the composer, numbers, what stands above a page.
PARTS = {"/casi/C-{case}/copie/", "/conteggi/", "/ascolto/allarmi/adesso/"}


@pytest.mark.parametrize("actor", ["lead", "anonymous"])
@pytest.mark.parametrize(
    "address", [address for address in GETS if address not in {FOREIGN, *PARTS}]
)
def test_a_page_is_whole_ours_and_not_kept(world: World, address: str, actor: str) -> None:
    response = GETS[address].ask(world, actor, {})
    if not is_a_page(response):
        assert "Content-Security-Policy" in response.headers
        return
    page = LexborHTMLParser(body(response).decode())

    assert wrong_with(page) == []
    assert response.headers["Cache-Control"].startswith(("no-store", "max-age=0"))
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "'unsafe-inline'" not in policy.replace("style-src-attr 'unsafe-inline'", "")


def is_a_page(response: HttpResponseBase) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html") and bool(body(response))


def wrong_with(page: LexborHTMLParser) -> list[str]:
    root = page.root
    wrong = [] if root is not None and root.attributes.get("lang") else ["no language"]
    wrong += [] if len(page.css("h1")) == 1 else [f"{len(page.css('h1'))} h1"]
    wrong += ["inline script" for one in page.css("script:not([src])") if _acts(one.attributes)]
    for one in page.css("*"):
        wrong += [f"{one.tag} {name}" for name in one.attributes if name.startswith("on")]
    for one in page.css(FETCHING):
        address = one.attributes.get("src") or one.attributes.get("href") or ""
        wrong += [address] if ELSEWHERE.match(address) else []
    return wrong


def _acts(attributes: dict[str, str | None]) -> bool:
    return attributes.get("type") != "application/json"


def test_a_page_that_is_none_of_this_is_noticed() -> None:
    bad = "<html><script>x()</script><p onclick=y()><img src=//example.org/x.png>"

    assert wrong_with(LexborHTMLParser(bad)) == [
        "no language",
        "0 h1",
        "inline script",
        "p onclick",
        "//example.org/x.png",
    ]
    assert len(GETS) > 40
