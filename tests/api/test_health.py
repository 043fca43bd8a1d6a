import threading
import time

import pytest
from django.db import connections
from django.test import Client, RequestFactory, override_settings
from prometheus_client.parser import text_string_to_metric_families

from ascolto.api import health
from ascolto.desk.stream import STREAMS
from tests import make

pytestmark = pytest.mark.django_db
LONG = 30  # seconds


def test_the_process_lives() -> None:
    assert Client().get("/healthz").content == b"ok\n"


@pytest.mark.django_db(transaction=True)
def test_it_is_ready_when_the_database_is_there_and_migrated() -> None:
    response = Client().get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"ready": True, "database": True, "migrated": True, "worker": False}


@pytest.mark.django_db(transaction=True)
def test_it_is_not_ready_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connections.databases["default"], "HOST", "/nowhere/at/all")
    began = time.monotonic()

    response = health.readyz(RequestFactory().get("/readyz"))

    assert response.status_code == 503
    assert time.monotonic() - began < LONG / 2


def test_a_database_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert health.ANSWERS_WITHIN <= 1
    monkeypatch.setattr(health, "ANSWERS_WITHIN", 0.1)
    over = threading.Event()
    monkeypatch.setattr(health, "look", lambda: over.wait(LONG))
    began = time.monotonic()

    assert Client().get("/readyz").status_code == 503
    assert time.monotonic() - began < LONG / 2
    over.set()


def numbers(response: bytes) -> dict[str, float]:
    families = text_string_to_metric_families(response.decode())
    return {sample.name: sample.value for family in families for sample in family.samples}


def test_the_numbers_are_those_of_the_database() -> None:
    make.case()

    found = numbers(Client().get("/metrics").content)

    assert found["ascolto_cases_open"] == found["ascolto_cases_waiting"] == 1
    assert found["ascolto_arrivals_unread"] == 0
    assert found["ascolto_outbox_waiting"] == 1  # the receipt
    assert found["ascolto_live_streams"] == STREAMS._value.get()  # noqa: SLF001 # has no other way
    assert found["ascolto_jobs"] >= 1


@pytest.mark.parametrize(
    "headers", [{"X-Forwarded-For": "192.0.2.1"}, {"Forwarded": "for=192.0.2.1"}]
)
def test_the_numbers_are_not_shown_through_a_proxy(headers: dict[str, str]) -> None:
    assert Client().get("/metrics", headers=headers).status_code == 403


def test_the_numbers_are_not_shown_to_others() -> None:
    assert Client(REMOTE_ADDR="192.0.2.1").get("/metrics").status_code == 403


@override_settings(METRICS_TOKEN="un segreto per le misure")  # noqa: S106 # of the tests alone
def test_with_a_token_only_the_token_counts() -> None:
    right = {"Authorization": "Bearer un segreto per le misure"}

    assert Client(REMOTE_ADDR="192.0.2.1").get("/metrics", headers=right).status_code == 200
    assert Client().get("/metrics").status_code == 403
