"""The signature of a webhook, ours or another’s: HMAC-SHA256, by its secret, over "timestamp.body".

A sender adds three headers. The body is signed as the very bytes that travel: whoever parses the
JSON and writes it anew has another body. The identifier is what makes sending twice harmless;
when it also stands in the body (`"id"`) it is signed with it, and the two must be equal.
"""

import hashlib
import hmac
import re

TIMESTAMP = "Ascolto-Timestamp"  # seconds since 1970
SIGNATURE = "Ascolto-Signature"  # "v1=<64 hexadecimal digits>", several separated by commas
IDENTIFIER = "Ascolto-Id"  # the sender's own name of the event
TOLERANCE = 300  # seconds, both ways: clocks differ, and an old request may be a replay
_SIGNED = re.compile(r"v1=([0-9a-f]{64})")
_SECONDS = re.compile(r"[0-9]{1,12}")


class Signing:
    """Computes the signature of a body that arrives in pieces."""

    def __init__(self, secret: str, timestamp: str) -> None:
        if not secret:
            raise ValueError("an empty secret signs nothing")
        self._code = hmac.new(secret.encode(), f"{timestamp}.".encode(), hashlib.sha256)

    def update(self, piece: bytes) -> None:
        self._code.update(piece)

    def hexdigest(self) -> str:
        return self._code.hexdigest()


def sign(secret: str, body: bytes, *, timestamp: int) -> str:
    """The value of the `Ascolto-Signature` header."""
    signing = Signing(secret, str(timestamp))
    signing.update(body)
    return f"v1={signing.hexdigest()}"


def offered(header: str) -> list[str]:
    """The signatures in a header, at most four: two during a change of secret, and room."""
    found = (_SIGNED.fullmatch(part.strip()) for part in header.split(",", 4)[:4])
    return [match.group(1) for match in found if match]


def is_timely(timestamp: str, *, now: float) -> bool:
    """Whether the moment of signing is within `TOLERANCE` of `now` (seconds since 1970)."""
    return _SECONDS.fullmatch(timestamp) is not None and abs(now - int(timestamp)) <= TOLERANCE


def is_one_of(computed: str, signatures: list[str]) -> bool:
    """Whether the computed signature was offered, in a time that tells nothing."""
    good = [hmac.compare_digest(computed, one) for one in signatures]
    return any(good)


def verify(secret: str, body: bytes, *, timestamp: str, signature: str, now: float) -> bool:
    """Whether this body was signed with this secret, lately. An empty secret never verifies."""
    if not secret or not is_timely(timestamp, now=now):
        return False
    signing = Signing(secret, timestamp)
    signing.update(body)
    return is_one_of(signing.hexdigest(), offered(signature))
