"""The thread of the worker that carries webhooks: one slow receiver delays nobody."""

import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from types import SimpleNamespace

import pytest
from django.utils import timezone

from ascolto.config.processes import courier as processes_courier
from ascolto.config.processes.courier import Courier
from ascolto.integrations import services
from ascolto.integrations.models import Delivery
from ascolto.staff.models import Colleague
from ascolto.timeline.services import record
from tests.integrations.receiver import HERE, Receiver, let_pass, receiver, status

pytestmark = pytest.mark.django_db(transaction=True)


def webhook(anna: Colleague, url: str) -> None:
    wish = services.Wish("Negozio", url, ["cases.*"])
    services.create_webhook(wish, by=anna, now=timezone.now())


def happened(times: int) -> None:
    for _ in range(times):
        record("cases.resolved", at=timezone.now(), subject="case:12")
    let_pass()


def until(true: Callable[[], bool], *, within: float = 60) -> bool:
    end = time.monotonic() + within
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def test_a_slow_receiver_delays_nobody(anna: Colleague, shop: Receiver) -> None:
    let_go = threading.Event()

    def slow(handler: BaseHTTPRequestHandler) -> None:
        let_go.wait(60)
        status(200)(handler)

    courier = Courier(HERE)
    with receiver(slow) as other:
        webhook(anna, other.url)
        webhook(anna, shop.url)
        happened(30)

        courier.round()

        try:
            assert until(lambda: len(shop.told) == 30)
            assert len(other.told) == 1
        finally:
            let_go.set()
            courier.stop()
    assert Delivery.objects.exclude(delivered_at=None).count() >= 31


def test_a_receiver_that_fails_is_left_alone_for_a_while(
    anna: Colleague, shop: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes_courier, "time", SimpleNamespace(monotonic=lambda: 0.0))
    shop.answer = status(500)
    webhook(anna, shop.url)
    happened(3)
    courier = Courier(HERE)

    for _ in range(5):
        courier.round()
        until(lambda: not courier._busy)  # noqa: SLF001 # nobody else is to know
    courier.stop()

    assert len(shop.told) == 1
