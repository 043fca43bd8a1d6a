"""What a browser would receive: decrypted here by the words of RFC 8291, not by the library."""

import base64
import json
import struct
from collections.abc import Iterator

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pytest_django.fixtures import Settings

from ascolto.alerts import services
from ascolto.alerts.adapters.push import application_key
from ascolto.alerts.models import Alert, Notice, Subscription
from tests import make
from tests.alerts.builders import raised, rule
from tests.integrations.receiver import Receiver, receiver, status

pytestmark = pytest.mark.django_db


class Browser:
    """Its keys, and how it reads what came."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._auth = b"sixteen bytes ok"
        self.point = self._key.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )

    def subscription(self, endpoint: str) -> dict[str, object]:
        keys = {"p256dh": _text(self.point), "auth": _text(self._auth)}
        return {"endpoint": endpoint, "expirationTime": None, "keys": keys}

    def read(self, body: bytes) -> dict[str, object]:
        salt, length = body[:16], body[20]
        (size,) = struct.unpack("!L", body[16:20])
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size
        shared = self._key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        )
        info = b"WebPush: info\0" + self.point + theirs
        seed = HKDF(SHA256(), 32, salt=self._auth, info=info).derive(shared)
        key = HKDF(SHA256(), 16, salt=salt, info=b"Content-Encoding: aes128gcm\0").derive(seed)
        nonce = HKDF(SHA256(), 12, salt=salt, info=b"Content-Encoding: nonce\0").derive(seed)
        plain = AESGCM(key).decrypt(nonce, sealed, None)
        told: dict[str, object] = json.loads(plain.rstrip(b"\x02"))
        return told


@pytest.fixture
def service(settings: Settings) -> Iterator[Receiver]:
    """A push service that takes everything."""
    settings.WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1"]
    with receiver(status(201)) as opened:
        yield opened


def notice_to(browser: Browser, service: Receiver) -> Notice:
    elena = make.colleague(teams=(make.team(),))
    told = browser.subscription(service.url)
    services.subscribe(elena, told, device="Firefox", now=make.NOON)
    rule(ways=("PUSH",), urgent=True)
    return raised().notices.get()


def test_a_browser_reads_what_was_pushed(service: Receiver) -> None:
    browser = Browser()
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
    services.tell([notice_to(Browser(), service).pk], clock=lambda: make.NOON)

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
    notice = notice_to(Browser(), service)

    services.tell([notice.pk], clock=lambda: make.NOON)

    assert Subscription.objects.get().gone_at == make.NOON
    notice.refresh_from_db()
    assert (notice.sent_at, notice.error) == (None, "HTTP 410")


def test_an_address_inside_the_house_is_not_reached(service: Receiver, settings: Settings) -> None:
    settings.WEBHOOK_PRIVATE_HOSTS = []

    arrived = services.tell([notice_to(Browser(), service).pk], clock=lambda: make.NOON)

    assert arrived == 0
    assert service.told == []


def test_an_alert_that_somebody_took_is_pushed_to_nobody_else(service: Receiver) -> None:
    notice = notice_to(Browser(), service)
    services.take(notice.alert_id, by=make.colleague("Marco Riva"), now=make.NOON)

    assert services.tell([notice.pk], clock=lambda: make.NOON) == 0
    assert service.told == []


def test_the_endpoint_is_not_stored_in_the_clear(service: Receiver) -> None:
    notice_to(Browser(), service)

    assert b"127.0.0.1" not in bytes(Subscription.objects.get().secret)


@pytest.mark.parametrize(
    "told",
    [{}, {"endpoint": "https://x"}, {"endpoint": "ftp://x", "keys": {"p256dh": "a", "auth": "b"}}],
)
def test_what_is_no_subscription_is_refused(told: dict[str, object]) -> None:
    with pytest.raises(services.BadSubscription):
        services.subscribe(make.colleague(), told, device="", now=make.NOON)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
