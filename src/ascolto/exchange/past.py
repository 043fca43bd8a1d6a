"""The words of a case's past, as messages: heard without a mail, said without leaving again."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ascolto.cases.models import Case, Conversation, Message
from ascolto.channels.models import Arrival, Channel, Item, Outgoing
from ascolto.exchange.case_rows import Said
from ascolto.kit import blobs
from ascolto.pressure.models import Decision


@dataclass(frozen=True, slots=True)
class Past:
    """What was said in one case, oldest first, and the name it is known by."""

    case: Case
    thread: Conversation
    said: Sequence[Said]
    external_id: str


@dataclass(frozen=True, slots=True)
class _Word:
    past: Past
    said: Said
    external_id: str


def keep_past(pasts: Sequence[Past], *, channel: Channel, now: datetime) -> list[Message]:
    """Store it all, in the order it was said. What we said counts as sent when it was said."""
    words = [
        _Word(past, said, past.external_id if number == 0 else f"{past.external_id}#{number}")
        for past in pasts
        for number, said in enumerate(past.said)
    ]
    heard = _heard([word for word in words if not word.said.by_us], channel=channel, now=now)
    said = _said([word for word in words if word.said.by_us])
    messages = []
    for word in words:
        past = word.past
        ours = word.said.by_us
        opens = word.external_id == past.external_id
        messages.append(
            Message(
                case=past.case,
                conversation=past.thread,
                item=heard.get(word.external_id),
                outgoing=said.get(word.external_id),
                proof=_proof(ours=ours, opens=opens),
                at=word.said.at,
                subject=past.case.subject if opens else "",
                text=word.said.text,
            )
        )
    return Message.objects.bulk_create(messages)


def _proof(*, ours: bool, opens: bool) -> str:
    """Nothing proves who wrote what another program tells us."""
    if ours:
        return Message.Proof.OURS
    return Message.Proof.OPENED if opens else Message.Proof.SAME_ADDRESS


def _heard(words: Sequence[_Word], *, channel: Channel, now: datetime) -> dict[str, Item]:
    raws = [_raw(word) for word in words]
    arrivals = Arrival.objects.bulk_create(
        Arrival(
            channel=channel,
            external_id=word.external_id,
            raw_id=digest,
            received_at=now,
            envelope={"imported": True},
            read_at=now,
        )
        for word, digest in zip(words, blobs.store_many(raws), strict=True)
    )
    items = Item.objects.bulk_create(
        Item(
            arrival=arrival,
            channel=channel,
            identity=word.past.thread.identity,
            heard_at=word.said.at,
            subject=word.past.case.subject,
            text=word.said.text,
        )
        for word, arrival in zip(words, arrivals, strict=True)
    )
    return {word.external_id: item for word, item in zip(words, items, strict=True)}


def _said(words: Sequence[_Word]) -> dict[str, Outgoing]:
    """They left long ago, by other ways: the outbox never sees them, and no proof of delivery is
    claimed."""
    decisions = Decision.objects.bulk_create(
        Decision(
            customer_id=word.past.case.customer_id,
            purpose=Decision.Purpose.CARE,
            verdict=Decision.Verdict.SEND,
            reasons=["imported"],
            decided_at=word.said.at,
        )
        for word in words
    )
    several = Outgoing.objects.bulk_create(
        _left(word, decision) for word, decision in zip(words, decisions, strict=True)
    )
    return {word.external_id: one for word, one in zip(words, several, strict=True)}


def _left(word: _Word, decision: Decision) -> Outgoing:
    name = hashlib.sha256(word.external_id.encode()).hexdigest()
    at = word.said.at
    return Outgoing(
        key=f"imported-{name}",
        channel=word.past.thread.channel,
        identity=word.past.thread.identity,
        decision=decision,
        verdict=decision.verdict,
        subject_ref=word.past.case.reference,
        subject=word.past.case.subject,
        text=word.said.text,
        message_id=f"<imported-{name}@ascolto.invalid>",
        queued_at=at,
        not_before=at,
        sent_at=at,
    )


def _raw(word: _Word) -> bytes:
    said = {"at": word.said.at.isoformat(), "text": word.said.text, "as": word.external_id}
    return json.dumps(said).encode()
