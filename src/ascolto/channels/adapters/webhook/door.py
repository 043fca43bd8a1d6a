"""How a webhook of anybody is signed: see `kit.signing`. One body is one message."""

from collections.abc import Mapping, Sequence

from ascolto.channels.adapters.webhook.reader import identifier_in
from ascolto.channels.doors import Header, Misnamed, NotSigned
from ascolto.channels.ports import Caught
from ascolto.kit.blobs import digest_of
from ascolto.kit.signing import (
    IDENTIFIER,
    SIGNATURE,
    TIMESTAMP,
    Signing,
    is_one_of,
    is_timely,
    offered,
)

LONGEST_ID = 200
HOW = "Ascolto-Signature must be v1=HMAC-SHA256(secret, timestamp + '.' + body) in hexadecimal."
LATE = "Ascolto-Timestamp is more than five minutes from our clock; check yours, sign again."


class WebhookClaim:
    """A timestamp, signatures that may be meant, and the sender's name of the event."""

    def __init__(self, header: Header, secret: str, *, now: float) -> None:
        timestamp, self._signatures = header(TIMESTAMP), offered(header(SIGNATURE))
        if not self._signatures or not timestamp:
            raise NotSigned(HOW)
        if not is_timely(timestamp, now=now):
            raise NotSigned(LATE, code="not_timely")
        self._identifier = header(IDENTIFIER)
        if len(self._identifier) > LONGEST_ID:
            raise Misnamed(f"Ascolto-Id is longer than {LONGEST_ID} characters.", code="long_id")
        self._signed_at = int(timestamp)
        self._signing = Signing(secret, timestamp)

    def update(self, piece: bytes) -> None:
        self._signing.update(piece)

    def holds(self) -> bool:
        return is_one_of(self._signing.hexdigest(), self._signatures)

    def letters(self, body: bytes) -> Sequence[Caught]:
        """An identifier in the body is signed; one in the header alone is not, so the two may not
        differ. Without either, the body itself is the identifier.
        """
        signed = identifier_in(body)[:LONGEST_ID]
        if signed and self._identifier and signed != self._identifier:
            raise Misnamed("Ascolto-Id and the id in the body differ.", code="other_id")
        name = signed or self._identifier or f"sha256:{digest_of(body)}"
        return [Caught(body, name, {"signed_at": self._signed_at})]


class WebhookDoor:
    needs = frozenset({"secret"})

    def claim(self, header: Header, secrets: Mapping[str, str], *, now: float) -> WebhookClaim:
        return WebhookClaim(header, secrets["secret"], now=now)

    def greet(self, query: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """Nobody asks: who posts here was given the secret by hand."""
