"""How Meta signs what it posts: HMAC-SHA256 with the app's secret over the raw bytes.

One body may bring many things; each becomes a letter of its own, named so that Meta may bring it
again. Meta signs no time: a replay is harmless because of those names.
Source: Meta, "Graph API: Webhooks, Getting started" (validation requests, event notifications).
"""

import hashlib
import hmac
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ascolto.channels.doors import Header, NotSigned
from ascolto.channels.ports import Caught
from ascolto.kit.blobs import digest_of

SIGNATURE = "X-Hub-Signature-256"
_SIGNED = re.compile(r"sha256=([0-9a-f]{64})")
_CHALLENGE = re.compile(r"[A-Za-z0-9._-]{1,200}")
MOST = 5000  # things in one body; Meta promises at most a thousand
Json = Mapping[str, Any]


class MetaClaim:
    def __init__(self, header: Header, secret: str) -> None:
        signed = _SIGNED.fullmatch(header(SIGNATURE))
        if signed is None:
            raise NotSigned(f"{SIGNATURE} is missing, or is not sha256=<64 hexadecimal digits>.")
        self._signature = signed.group(1)
        self._code = hmac.new(secret.encode(), digestmod=hashlib.sha256)

    def update(self, piece: bytes) -> None:
        self._code.update(piece)

    def holds(self) -> bool:
        return hmac.compare_digest(self._code.hexdigest(), self._signature)

    def letters(self, body: bytes) -> Sequence[Caught]:
        """What is not understood is kept whole, for a person to look at: it was signed."""
        try:
            told = json.loads(body)
            things = list(_things(told))
        except (ValueError, RecursionError, AttributeError, TypeError, KeyError):
            return [Caught(body, f"sha256:{digest_of(body)}")]
        return [Caught(_raw(thing), _name(thing)) for thing in things[:MOST]]


class MetaDoor:
    needs = frozenset({"app_secret", "verify_token"})

    def claim(
        self,
        header: Header,
        secrets: Mapping[str, str],
        *,
        now: float,  # noqa: ARG002 # no time is signed
    ) -> MetaClaim:
        return MetaClaim(header, secrets["app_secret"])

    def greet(self, query: Mapping[str, str], secrets: Mapping[str, str]) -> tuple[str, str] | None:
        token = query.get("hub.verify_token", "")
        challenge = query.get("hub.challenge", "")
        ours = hmac.compare_digest(token.encode(), secrets["verify_token"].encode())
        if query.get("hub.mode") != "subscribe" or not ours or not _CHALLENGE.fullmatch(challenge):
            return None
        return "text/plain", challenge


def _things(told: Json) -> Iterator[dict[str, Any]]:
    """Each comment, message and receipt by itself, with what it needs of what stood around it."""
    for entry in told["entry"]:
        around = {"object": told["object"], "account": str(entry["id"])}
        for message in entry.get("messaging", ()):
            yield {**around, "message": message}
        for change in entry.get("changes", ()):
            if told["object"] == "whatsapp_business_account":
                yield from _whatsapp(around, change["value"])
            else:
                yield {**around, "field": change["field"], "value": change["value"]}


def _whatsapp(around: Json, value: Json) -> Iterator[dict[str, Any]]:
    names = {
        contact.get("wa_id"): contact.get("profile", {}).get("name", "")
        for contact in value.get("contacts", ())
    }
    for message in value.get("messages", ()):
        yield {**around, "said": message, "name": names.get(message["from"], "")}
    for status in value.get("statuses", ()):
        yield {**around, "status": status}


def _name(thing: Json) -> str:
    """What makes bringing it twice harmless: its network's id, and what happened to it."""
    if "said" in thing:
        return f"said:{thing['said']['id']}"
    if "status" in thing:
        return f"status:{thing['status']['id']}:{thing['status']['status']}"
    message = thing.get("message", {})
    if "message" in message:
        return f"message:{message['message']['mid']}"
    return f"sha256:{digest_of(_raw(thing))}"


def _raw(thing: Json) -> bytes:
    return json.dumps(thing, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
