"""Is a machine writing? Two answers, for two uses.

`auto` is narrow: such a mail must not open or reopen a case, so no person may be caught by it.
`bulk` is wide: such a mail must not be answered automatically, so no loop may slip through it.
"""

import re

from ascolto.channels.adapters.email.addresses import only_sender
from ascolto.channels.adapters.email.headers import raw_value, raw_values, text_of
from ascolto.channels.adapters.email.mime import Parts
from ascolto.channels.adapters.email.values import Bounce, Complaint, PecReceipt

_AUTO_REPLY_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply-From",
                       "X-AutoReply-From", "X-Mail-Autoreply", "X-Vacation")  # fmt: skip
# "X-Auto-Response-Suppress" is no sign: Outlook puts it on what people write.
_LIST_HEADERS = ("List-Id", "List-Unsubscribe", "List-Post", "List-Help", "Mailing-List",
                 "X-Mailing-List", "X-Campaign", "X-CampaignId", "Feedback-ID", "X-Loop",
                 "X-BeenThere", "X-Ricevuta")  # fmt: skip
_DAEMONS = frozenset({"mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon", "daemon"})
_NO_REPLY = re.compile(
    r"(?:no|not|non|nicht|ne|nessuna|do[-_.]?not|donot|nao)[-_.]?"
    r"(?:reply|replay|rispondere|risposta|antworten|repondre|responder|responda)|"
    r"mailer-daemon|postmaster|bounces?|listserv|majordomo|.{1,64}-(?:bounces?|request|owner)|"
    r"owner-.{1,64}|root|cron|daemon",
    re.IGNORECASE,
)
_AUTO_REPLY_SUBJECT = re.compile(
    r"(?:re: ?|r: ?|aw: ?)?\[?(?:"
    r"auto(?:matic|matische|matisch)?[- ]?(?:re(?:ply|sponse|ponder)|respuesta|antwort|risposta)|"
    r"automated (?:re(?:ply|sponse))|risposta automatica|messaggio automatico|"
    r"automatische antwort|abwesenheit(?:snotiz|sassistent|sagent|smeldung)?|"
    r"r[ée]ponse automatique|absence du bureau|respuesta autom[áa]tica|resposta autom[áa]tica|"
    r"fuera de (?:la )?oficina|out[- ]of[- ](?:the[- ])?office|fuori (?:sede|ufficio)|"
    r"assen(?:te|za) dall['’ ]ufficio|vacation (?:reply|message|notice)|"
    r"(?:im )?urlaub(?:svertretung)?\b|en vacances\b|autosvar|automatisch antwoord"
    r")",
    re.IGNORECASE,
)


def is_auto(
    parts: Parts,
    *,
    bounce: Bounce | None,
    receipt: PecReceipt | None,
    complaint: Complaint | None,
) -> bool:
    """Auto-replies, bounces and receipts. Never a list, never a person."""
    if bounce is not None or complaint is not None:
        return True
    if receipt is not None:
        return receipt.type not in {"posta-certificata", "errore"}
    headers = parts.root
    said = text_of(headers, "auto-submitted", 60).lower()
    marked = (
        # "auto-generated" alone is also what shops and forms put on what concerns a customer.
        said.startswith(("auto-replied", "auto-notified"))
        or any(name in headers for name in _AUTO_REPLY_HEADERS)
        or text_of(headers, "precedence", 60).lower() in {"auto_reply", "auto-reply"}
        or parts.root_type == "multipart/report"
    )
    return marked or _by_evidence(parts, generated=said.startswith("auto-generated"))


def is_bulk(
    parts: Parts,
    *,
    bounce: Bounce | None,
    receipt: PecReceipt | None,
    complaint: Complaint | None,
) -> bool:
    headers = parts.root
    if is_auto(parts, bounce=bounce, receipt=receipt, complaint=complaint):
        return True
    if text_of(headers, "auto-submitted", 60).lower() not in {"", "no"}:
        return True
    if any(name in headers for name in _LIST_HEADERS):
        return True
    if text_of(headers, "precedence", 60).lower() in {"bulk", "list", "junk", "auto_reply"}:
        return True
    return _null_path(parts) or _no_reply_sender(parts)


def _by_evidence(parts: Parts, *, generated: bool) -> bool:
    """The subject only supports: with a null return path or a generated mark it decides."""
    subject = text_of(parts.root, "subject", 200)
    if not _AUTO_REPLY_SUBJECT.match(subject):
        return False
    if generated or _null_path(parts):
        return True
    precedence = text_of(parts.root, "precedence", 60).lower()
    answers = "in-reply-to" in parts.root or "references" in parts.root
    return precedence in {"bulk", "junk"} or answers


def _null_path(parts: Parts) -> bool:
    return raw_value(parts.root, "return-path").strip() == "<>"


def _no_reply_sender(parts: Parts) -> bool:
    address, _, _ = only_sender(raw_values(parts.root, "from"))
    local = (address or "").partition("@")[0]
    return local.lower() in _DAEMONS or _NO_REPLY.fullmatch(local) is not None
