"""What a page brings with it: its styles and its scripts, as they go over the wire."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests import make
from tests.desk.builders import case_of, page
from tests.desk.conftest import browser_of

pytestmark = pytest.mark.django_db
MOST = 60_000  # bytes, compressed
PAGES = [
    "/casi/C-{case}/",
    "/casella/miei/",
    "/promesse/",
    "/clienti/",
    "/clienti/{customer}/",
    "/cerca/?q=fibra",
    "/menzioni/",
    "/ascolto/",
    "/ascolto/post/",
    "/ascolto/allarmi/",
    "/analisi/",
    "/conoscenza/",
    "/quarantena/",
    "/impostazioni/",
    "/impostazioni/canali/",
    "/impostazioni/turni/",
    "/impostazioni/avvisi/",
    "/impostazioni/sicurezza/",
]
LINKED = re.compile(r'<(?:link rel="stylesheet" href|script[^>]* src)="/static/([^"?]+)')


@pytest.mark.parametrize("address", PAGES)
def test_a_page_brings_no_more_than_a_thin_wire_carries_in_a_second(address: str) -> None:
    """Measured with gzip, which every browser takes; over TLS brotli makes it less."""
    desk = browser_of(make.colleague("Marta Riva", role="OWNER", teams=(make.team(),)))
    case = case_of("Giulia Ferraris", subject="Fibra giù")

    shown = page(desk, address.format(case=case.pk, customer=case.customer_id))

    linked = LINKED.findall(shown)
    assert "css/base.css" in linked
    assert sum(map(weight, linked)) <= MOST, {one: weight(one) for one in linked}


def weight(name: str) -> int:
    found = finders.find(name)
    assert isinstance(found, str), name
    return len(gzip.compress(Path(found).read_bytes()))
