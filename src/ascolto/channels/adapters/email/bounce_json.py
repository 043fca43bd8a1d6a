"""Bounces told as JSON by mail services that forward their notices by mail."""

import json
from typing import Any

from ascolto.channels.adapters.email.dsn import MOST_RECIPIENTS, Group

LARGEST = 200_000


def groups_in_json(text: str) -> list[Group]:
    """The recipients of an Amazon SES notice; empty for any other text."""
    start = text.find("{")
    if start < 0 or "otificationType" not in text[:LARGEST]:
        return []
    notice = _object(text[start:LARGEST])
    if isinstance(notice.get("Message"), str):
        notice = _object(notice["Message"])
    bounce, delivery = notice.get("bounce"), notice.get("delivery")
    if isinstance(bounce, dict):
        return [_group(one, "failed") for one in _list(bounce, "bouncedRecipients")]
    if isinstance(delivery, dict):
        named = [one for one in _list(delivery, "recipients") if isinstance(one, str)]
        said = {"action": "delivered", "diagnosticCode": str(delivery.get("smtpResponse", ""))}
        return [_group({"emailAddress": one} | said, "delivered") for one in named]
    return []


def _object(text: str) -> dict[str, Any]:
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _list(holder: dict[str, Any], name: str) -> list[Any]:
    found = holder.get(name)
    return found[:MOST_RECIPIENTS] if isinstance(found, list) else []


def _group(one: object, action: str) -> Group:
    facts = one if isinstance(one, dict) else {}
    return Group({
        "final-recipient": f"rfc822; {facts.get('emailAddress', '')}"[:400],
        "action": str(facts.get("action", action))[:40],
        "status": str(facts.get("status", ""))[:40],
        "diagnostic-code": str(facts.get("diagnosticCode", ""))[:2000],
    })  # fmt: skip
