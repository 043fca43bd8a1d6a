"""A well-behaved sender of webhooks, for tests, benchmarks and trying a channel out."""

import json
from dataclasses import dataclass
from typing import Any

from ascolto.kit.signing import IDENTIFIER, SIGNATURE, TIMESTAMP, sign


@dataclass(frozen=True, slots=True)
class SignedPost:
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class FakeSender:
    """Signs posts as the documentation tells other people to."""

    secret: str

    def post(self, identifier: str, *, at: float, **fields: Any) -> SignedPost:
        """A signed message from Giulia; `fields` are laid over it. `at` in seconds since 1970."""
        message = {
            "id": identifier,
            "from": {"kind": "EMAIL", "value": "giulia@example.org", "name": "Giulia Ferraris"},
            "subject": "Fibra giù",
            "text": "Buonasera, da stasera la fibra non funziona.",
            **fields,
        }
        return self.raw(json.dumps(message).encode(), identifier=identifier, at=at)

    def raw(self, body: bytes, *, identifier: str, at: float) -> SignedPost:
        """Any body at all, rightly signed."""
        timestamp = int(at)
        return SignedPost(
            body,
            {
                "Content-Type": "application/json",
                TIMESTAMP: str(timestamp),
                SIGNATURE: sign(self.secret, body, timestamp=timestamp),
                IDENTIFIER: identifier,
            },
        )
