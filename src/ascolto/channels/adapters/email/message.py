"""One mail, read. Total: any bytes give a `ReadMail`, the damaged ones say so."""

from ascolto.channels.adapters.email.addresses import only_sender, pairs
from ascolto.channels.adapters.email.body import Body, read_body
from ascolto.channels.adapters.email.bounces import find_bounce
from ascolto.channels.adapters.email.complaints import find_complaint
from ascolto.channels.adapters.email.headers import (
    message_id,
    message_ids,
    moment,
    raw_value,
    raw_values,
    text_of,
)
from ascolto.channels.adapters.email.machine import is_auto, is_bulk
from ascolto.channels.adapters.email.mime import Parts, take_apart
from ascolto.channels.adapters.email.pec import carried_mail, find_receipt
from ascolto.channels.adapters.email.replies import cut
from ascolto.channels.adapters.email.values import PecReceipt, ReadMail

LARGEST = 64 * 1024 * 1024

_KEPT = (
    "Return-Path", "Sender", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Precedence",
    "Auto-Submitted", "X-Auto-Response-Suppress", "X-Mailer", "User-Agent", "Delivered-To",
    "X-Original-To", "Envelope-To", "Authentication-Results", "Importance", "X-Priority",
    "Content-Language", "Thread-Topic", "Thread-Index", "Disposition-Notification-To",
    "X-Ricevuta", "X-Trasporto", "X-Riferimento-Message-ID", "X-Failed-Recipients",
)  # fmt: skip
_LONGEST_KEPT = 2000


def read_message(raw: bytes) -> ReadMail:
    """Read one mail. Never raises; what could not be read is named in `damaged`."""
    parts = take_apart(raw[:LARGEST])
    if len(raw) > LARGEST:
        parts.damaged["too_large"] = None
    body = read_body(parts)
    parts.damaged.update(body.damaged)
    receipt = find_receipt(parts)
    inner = carried_mail(parts) if receipt is not None else None
    if inner is None:
        return _mail(parts, parts, body, receipt)
    inner_parts = take_apart(inner)
    return _mail(parts, inner_parts, read_body(inner_parts), receipt)


def _mail(outer: Parts, parts: Parts, body: Body, receipt: PecReceipt | None) -> ReadMail:
    """`outer` is the envelope a PEC provider put round the mail; elsewhere both are the same."""
    headers = parts.root
    address, name, ambiguous = only_sender(raw_values(headers, "from"))
    references = message_ids(" ".join(raw_values(headers, "references")))
    bounce = find_bounce(outer, body) if receipt is None else None
    complaint = find_complaint(outer)
    reply = cut(body.marked)
    return ReadMail(
        from_address=address,
        from_name=name,
        sender_ambiguous=ambiguous,
        reply_to=pairs(raw_values(headers, "reply-to")),
        to=pairs(raw_values(headers, "to")),
        cc=pairs(raw_values(headers, "cc")),
        subject=text_of(headers, "subject"),
        message_id=message_id(raw_value(outer.root, "message-id")),
        in_reply_to=message_id(raw_value(headers, "in-reply-to")),
        references=references,
        date=moment(raw_value(headers, "date")),
        text=body.text,
        reply_text=reply.new,
        quoted_text=reply.quoted,
        html=body.html,
        attachments=tuple(body.attachments),
        auto=is_auto(outer, bounce=bounce, receipt=receipt, complaint=complaint),
        bulk=is_bulk(outer, bounce=bounce, receipt=receipt, complaint=complaint),
        bounce=bounce,
        pec=receipt,
        complaint=complaint,
        damaged=tuple(outer.damaged | parts.damaged | body.damaged),
        headers={
            one: text_of(outer.root, one, _LONGEST_KEPT) for one in _KEPT if one in outer.root
        },
    )
