"""F4: without a database a page is not waited for, says so, and says when to come back."""

import time
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import Client

from ascolto.config.away import is_away
from ascolto.config.database import django_database
from tests import make


@pytest.fixture
def away(transactional_db: None) -> Iterator[None]:
    connection.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connections.databases["default"], "HOST", "/nowhere/at/all")
        yield
        connection.close()


@pytest.mark.parametrize("path", ["/", "/casella/", "/accesso/login/", "/p/qualunque/"])
@pytest.mark.usefixtures("away")
def test_every_page_says_when_to_come_back(path: str) -> None:
    response = Client(raise_request_exception=False).get(path)

    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert response["Cache-Control"] == "no-store"
    text = response.content.decode()
    assert "Torniamo subito." in text
    assert "We will be right back." in text


@pytest.mark.usefixtures("away")
def test_nobody_is_signed_out_by_it() -> None:
    client = Client(raise_request_exception=False)
    client.cookies["ascolto"] = "una-sessione-di-prima"

    response = client.get("/casella/")

    assert response.status_code == 503
    assert "ascolto" not in response.cookies


@pytest.mark.django_db
def test_a_bug_of_ours_is_still_told_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    make.company()
    monkeypatch.setattr("ascolto.portal.door.link_for", lambda *_, **__: 1 / 0)

    response = Client(raise_request_exception=False).get("/p/qualunque/")

    assert response.status_code == 500
    assert "Retry-After" not in response


@pytest.mark.django_db
def test_a_statement_that_took_too_long_is_not_a_missing_database() -> None:
    with pytest.raises(OperationalError) as slow, connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 1; select pg_sleep(1)")

    assert not is_away(slow.value)


@pytest.mark.django_db
def test_a_connection_is_waited_for_two_seconds() -> None:
    entry = django_database("postgresql:///nobody?host=/nowhere/at/all", pool_size=2)
    assert entry["OPTIONS"]["pool"]["timeout"] <= 2
    missing = DatabaseWrapper({**connections["default"].settings_dict, **entry}, alias="missing")
    began = time.monotonic()
    try:
        with pytest.raises(OperationalError) as problem:
            missing.ensure_connection()
    finally:
        missing.close_pool()

    assert time.monotonic() - began < 15  # of itself a pool waits for half a minute
    assert is_away(problem.value)
