"""How X signs what it posts: HMAC-SHA256 with the app's consumer secret, in base64.

Source: X, "Account Activity API: securing webhooks" (CRC and signature header). Not verified live.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ascolto.channels.doors import Header, NotSigned
from ascolto.channels.ports import Caught
from ascolto.kit.blobs import digest_of

SIGNATURE = "x-twitter-webhooks-signature"
PREFIX = "sha256="
LONGEST_TOKEN = 500
Json = Mapping[str, Any]


class XClaim:
    def __init__(self, header: Header, secret: str) -> None:
        offered = header(SIGNATURE)
        if not offered.startswith(PREFIX):
            raise NotSigned(f"{SIGNATURE} is missing, or is not {PREFIX}<base64>.")
        self._signature = offered.removeprefix(PREFIX)
        self._code = hmac.new(secret.encode(), digestmod=hashlib.sha256)

    def update(self, piece: bytes) -> None:
        self._code.update(piece)

    def holds(self) -> bool:
        computed = base64.b64encode(self._code.digest())
        return hmac.compare_digest(computed, self._signature.encode())

    def letters(self, body: bytes) -> Sequence[Caught]:
        """What is not understood is kept whole, for a person to look at: it was signed."""
        try:
            return list(_things(json.loads(body)))
        except (ValueError, RecursionError, AttributeError, TypeError, KeyError):
            return [Caught(body, f"sha256:{digest_of(body)}")]


class XDoor:
    needs = frozenset({"consumer_secret"})

    def claim(
        self,
        header: Header,
        secrets: Mapping[str, str],
        *,
        now: float,  # noqa: ARG002 # no time is signed
    ) -> XClaim:
        return XClaim(header, secrets["consumer_secret"])

    def greet(self, query: Mapping[str, str], secrets: Mapping[str, str]) -> tuple[str, str] | None:
        """The challenge-response check, which X repeats every hour."""
        token = query.get("crc_token", "")
        if not token or len(token) > LONGEST_TOKEN:
            return None
        code = hmac.new(secrets["consumer_secret"].encode(), token.encode(), hashlib.sha256)
        said = {"response_token": PREFIX + base64.b64encode(code.digest()).decode()}
        return "application/json", json.dumps(said)


def _things(told: Json) -> Iterator[Caught]:
    us = str(told["for_user_id"])
    for post in told.get("tweet_create_events", ()):
        yield _caught({"us": us, "post": post}, f"post:{post['id_str']}")
    for gone in told.get("tweet_delete_events", ()):
        yield _caught({"us": us, "gone": gone}, f"gone:{gone['status']['id']}")
    users = told.get("users", {})
    for event in told.get("direct_message_events", ()):
        who = event.get("message_create", {}).get("sender_id", "")
        yield _caught({"us": us, "said": event, "who": users.get(who, {})}, f"said:{event['id']}")


def _caught(thing: Json, name: str) -> Caught:
    raw = json.dumps(thing, ensure_ascii=False, sort_keys=True)
    return Caught(raw.encode("utf-8", "surrogatepass"), name)
