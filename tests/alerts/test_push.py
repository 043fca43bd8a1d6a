"""What a browser would receive, and what becomes of a notice that cannot be pushed."""

import base64
from collections.abc import Iterator

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_django.fixtures import Settings

from ascolto.alerts import services
from ascolto.alerts.adapters.push import application_key
from ascolto.alerts.models import Alert, Notice, Subscription
from tests import make
from tests.alerts.builders import raised, rule
from tests.alerts.telephone import Telephone
from tests.integrations.receiver import Receiver, receiver, status

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(settings: Settings) -> Iterator[Receiver]:
    """A push service that takes everything."""
    settings.WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1"]
    with receiver(status(201)) as opened:
        yield opened


def notice_to(browser: Telephone, service: Receiver) -> Notice:
    elena = make.colleague(teams=(make.team(),))
    told = browser.subscription(service.url)
    services.subscribe(elena, told, device="Firefox", now=make.NOON)
    rule(ways=("PUSH",), urgent=True)
    return raised().notices.get()


def test_a_browser_reads_what_was_pushed(service: Receiver) -> None:
    browser = Telephone()
    notice = notice_to(browser, service)

    arrived = services.tell([notice.pk], clock=lambda: make.NOON)

    came = service.told[0]
    told = browser.read(came.body)
    assert arrived == 1
    assert told["title"] == "Giulia chiede aiuto"
    assert told["path"] == f"/ascolto/allarmi/{notice.alert_id}/"
    assert (came.headers["content-encoding"], came.headers["urgency"]) == ("aes128gcm", "high")
    assert Alert.objects.get().shown_at == make.NOON


def test_the_push_service_can_tell_that_it_is_us(service: Receiver) -> None:
    services.tell([notice_to(Telephone(), service).pk], clock=lambda: make.NOON)

    said = service.told[0].headers["authorization"].removeprefix("vapid ")
    parts = dict(part.strip().split("=", 1) for part in said.split(","))
    point = base64.urlsafe_b64decode(parts["k"] + "==")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    claims = jwt.decode(parts["t"], key, algorithms=["ES256"], options={"verify_aud": False})
    assert parts["k"] == application_key()
    assert claims["aud"] == "http://127.0.0.1"
    assert claims["sub"].startswith("mailto:")


def test_a_browser_that_is_gone_is_not_asked_again(service: Receiver) -> None:
    service.answer = status(410)
    notice = notice_to(Telephone(), service)

    services.tell([notice.pk], clock=lambda: make.NOON)

    assert Subscription.objects.get().gone_at == make.NOON
    notice.refresh_from_db()
    assert (notice.sent_at, notice.error) == (None, "HTTP 410")


def test_an_address_inside_the_house_is_not_reached(service: Receiver, settings: Settings) -> None:
    settings.WEBHOOK_PRIVATE_HOSTS = []

    arrived = services.tell([notice_to(Telephone(), service).pk], clock=lambda: make.NOON)

    assert arrived == 0
    assert service.told == []


def test_an_alert_that_somebody_took_is_pushed_to_nobody_else(service: Receiver) -> None:
    notice = notice_to(Telephone(), service)
    services.take(notice.alert_id, by=make.colleague("Marco Riva"), now=make.NOON)

    assert services.tell([notice.pk], clock=lambda: make.NOON) == 0
    assert service.told == []


def test_the_endpoint_is_not_stored_in_the_clear(service: Receiver) -> None:
    notice_to(Telephone(), service)

    assert b"127.0.0.1" not in bytes(Subscription.objects.get().secret)


@pytest.mark.parametrize(
    "told",
    [{}, {"endpoint": "https://x"}, {"endpoint": "ftp://x", "keys": {"p256dh": "a", "auth": "b"}}],
)
def test_what_is_no_subscription_is_refused(told: dict[str, object]) -> None:
    with pytest.raises(services.BadSubscription):
        services.subscribe(make.colleague(), told, device="", now=make.NOON)
