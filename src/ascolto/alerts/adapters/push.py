"""By web push (RFC 8030, 8291, 8292), to the browsers that a colleague allowed.

`webpush` (PyPI) encrypts and signs; what it makes leaves through the guarded fetcher, because the
address of a subscription is chosen by whoever sends it to us.
"""

import base64
import hashlib
import io
import json
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from http import HTTPStatus
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.conf import settings
from webpush import WebPush, WebPushSubscription
from webpush.types import WebPushMessage

from ascolto.alerts.adapters.ways import Blocked, Closed, Words, words_of
from ascolto.alerts.models import Notice, Subscription
from ascolto.channels.models import Channel
from ascolto.kit import keyring
from ascolto.kit.fetch import FetchFailed, Limits, Refused, fetch
from ascolto.kit.secrets import WrongKey, unseal
from ascolto.staff.models import Colleague

LIMITS = Limits(seconds=10, size=64 * 1024)
HOUR = 3600
MOST_FAILURES = 5  # in a row; then the browser has to ask again
# The order of the curve P-256 (SEC 2, section 2.4.2): a private key lies below it.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


def application_key() -> str:
    """Our public key, as browsers ask for it (base64url of the uncompressed point)."""
    point = _private_key(keyring.current()[0]).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def tell(notice: Notice, now: datetime) -> None:
    """Send it to every browser of his. It arrived if one took it. Raises `Blocked` or `Closed`."""
    if notice.colleague is None:
        raise Closed("nessun destinatario")
    alert = notice.alert
    words = words_of(alert, language=notice.colleague.language)
    push(notice.colleague, words, tag=alert.reference, urgent=alert.urgent, now=now)


def push(colleague: Colleague, words: Words, *, tag: str, urgent: bool, now: datetime) -> None:
    """A notice to every browser of a colleague. A newer one of the same `tag` takes its place."""
    said = {**asdict(words), "tag": tag, "urgent": urgent}
    body = json.dumps(said).encode()
    problems = []
    devices = list(Subscription.objects.filter(colleague=colleague, gone_at=None).order_by("pk"))
    for device in devices:
        problem = _send(device, body, tag=tag, urgent=urgent, now=now)
        problems += [problem] if problem else []
    if not devices:
        raise Closed("nessun browser ha chiesto di essere avvisato")
    if len(problems) == len(devices):
        raise Blocked("; ".join(problems))


def _send(device: Subscription, body: bytes, *, tag: str, urgent: bool, now: datetime) -> str:
    """What was wrong, or "". A browser that is gone is remembered as gone."""
    try:
        told = json.loads(unseal(bytes(device.secret)))
        message = _sealed(body, told)
        answer = fetch(
            told["endpoint"],
            method="POST",
            headers={
                **message.headers,
                "ttl": str(HOUR if urgent else 4 * HOUR),
                "urgency": "high" if urgent else "normal",
                "topic": _topic(tag),
                "content-type": "application/octet-stream",
            },
            content=message.encrypted,
            limits=LIMITS,
            private_ok_for=settings.WEBHOOK_PRIVATE_HOSTS,
        )
        status, problem = answer.status, f"HTTP {answer.status}"
    except (Refused, FetchFailed, WrongKey, ValueError, KeyError) as trouble:
        status, problem = 0, str(trouble)[:200]
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        device.well_at, device.failures = now, 0
        problem = ""
    else:
        device.failures += 1
        if status in GONE or device.failures >= MOST_FAILURES:
            device.gone_at = now
    device.save(update_fields=["well_at", "failures", "gone_at"])
    return problem


def _sealed(body: bytes, told: dict[str, object]) -> WebPushMessage:
    pusher = _pusher(keyring.current()[0])
    whom = WebPushSubscription.model_validate(told)
    return pusher.get(body, whom, subscriber=_contact())


def _contact() -> str:
    """Whom a push service writes to when we trouble it (RFC 8292, section 2.1)."""
    mailbox = Channel.objects.filter(kind=Channel.Kind.EMAIL, closed_at=None).order_by("pk").first()
    return mailbox.address if mailbox else f"postmaster@{urlsplit(settings.PUBLIC_URL).hostname}"


def _topic(tag: str) -> str:
    """A newer notice of one alert takes the place of one that was not delivered yet."""
    return base64.urlsafe_b64encode(hashlib.sha256(tag.encode()).digest())[:32].decode()


@lru_cache(maxsize=4)
def _private_key(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """Our key for web push, from the installation's secret: every host has the same one."""
    number = int.from_bytes(keyring.purpose_key(secret, "web push"), "big")
    return ec.derive_private_key(number % (ORDER - 1) + 1, ec.SECP256R1())


@lru_cache(maxsize=4)
def _pusher(secret: bytes) -> WebPush:
    key = _private_key(secret)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return WebPush(io.BytesIO(private), io.BytesIO(public))
