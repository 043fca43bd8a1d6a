"""The link is a key: looking uses nothing up, revoking ends it, and it is told to nobody."""

import logging

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ascolto.cases.models import MatterLink
from ascolto.channels.models import Outgoing
from ascolto.portal.discretion import NoKeys
from ascolto.timeline.queries import history_of
from tests import make
from tests.portal.pages import fresh_page, page_of, we_answer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("place", ["", "non-sono-io/"])
def test_opening_changes_nothing(client: Client, method: str, place: str) -> None:
    """T35: scanners open every link there is."""
    page = fresh_page()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = getattr(client, method)(f"{page.path}{place}")

    assert response.status_code == 200
    said = [query["sql"].lstrip().split()[0].upper() for query in queries.captured_queries]
    assert set(said) <= {"SELECT"}
    assert not MatterLink.objects.filter(revoked_at__isnull=False).exists()


def test_the_page_tells_no_third_party(client: Client) -> None:
    page = fresh_page()

    response = client.get(page.path)

    html = response.content.decode()
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"
    assert "http://" not in html
    assert "https://" not in html
    assert "<script" not in html


def test_not_me_ends_every_link_of_this_address_to_this_case(client: Client) -> None:
    page = fresh_page()
    second = page_of(page.case)

    response = client.post(f"{page.path}non-sono-io/")

    assert response.status_code == 200
    assert client.get(page.path).status_code == 404
    assert client.get(second.path).status_code == 404
    assert "portal.not_me" in [deed.kind for deed in history_of(page.case.reference)]


def test_who_said_it_is_not_him_gets_no_new_link(client: Client) -> None:
    page = fresh_page()
    client.post(f"{page.path}non-sono-io/")
    before = MatterLink.objects.count()

    we_answer(page.case, "Il tecnico viene giovedì.", leaves=False)

    assert bytes(Outgoing.objects.latest("pk").link) == b""
    assert MatterLink.objects.count() == before


def test_another_case_of_the_same_person_keeps_its_links(client: Client) -> None:
    page = fresh_page()
    client.post(f"{page.path}non-sono-io/")
    other = make.case(make.mail(message_id="<altra@example.org>"), now=timezone.now())

    we_answer(other, "Ci siamo.", leaves=False)

    assert bytes(Outgoing.objects.latest("pk").link) != b""


def test_an_unknown_link_and_a_revoked_one_look_the_same(client: Client) -> None:
    page = fresh_page()
    MatterLink.objects.update(revoked_at=timezone.now())

    revoked, unknown = client.get(page.path), client.get("/p/mai-esistito/")

    assert (revoked.status_code, unknown.status_code) == (404, 404)
    assert revoked.content == unknown.content
    assert "Che cosa può fare" in unknown.content.decode()


def test_a_revoked_link_takes_no_words(client: Client) -> None:
    page = fresh_page()
    MatterLink.objects.update(revoked_at=timezone.now())

    assert page.write(client).status_code == 404


def test_writing_needs_no_cookie() -> None:
    page = fresh_page()
    strict = Client(enforce_csrf_checks=True, headers={"origin": "null"})

    assert page.write(strict).status_code == 303


@pytest.mark.parametrize("place", ["/p/", "/p/entra/"])
def test_the_token_stands_in_no_log(place: str) -> None:
    record = logging.LogRecord(
        "django.request",
        logging.WARNING,
        "",
        0,
        "%s: %s",
        ("Not Found", f"{place}segreto123/file/"),
        None,
    )

    NoKeys().filter(record)

    assert record.getMessage() == f"Not Found: {place}…/file/"


def test_the_loggers_of_requests_keep_tokens_to_themselves(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get("/p/segreto123/")

    assert "segreto123" not in caplog.text
