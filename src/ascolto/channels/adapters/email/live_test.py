"""Trying out a mailbox while it is set up: each step with its time, and a sentence that helps."""

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ascolto.channels.adapters.email.identity_key import fingerprint
from ascolto.channels.adapters.email.imap import ImapMailbox, MailboxTrouble, NotLetIn
from ascolto.channels.adapters.email.settings import MailboxSettings
from ascolto.channels.adapters.email.smtp import SmtpCarrier
from ascolto.channels.ports import NotNow, Parcel, Refused

Verdict = Literal["ok", "warn", "bad"]
PATIENCE = 60.0  # seconds for our own message to come back


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    """`imap`, `count`, `idle`, `smtp`, `round`, `dkim`."""
    verdict: Verdict
    sentence: str | Promise
    seconds: float = 0.0
    detail: str = ""
    """Something to be copied as it is: a line for the DNS, or the server's own words."""


def check(settings: MailboxSettings, *, patience: float = PATIENCE) -> Iterator[Check]:
    """Every step as soon as it is done. Marks nothing, and deletes only the message it wrote."""
    # Without reports: one of success would stay behind in the mailbox.
    carrier = (
        SmtpCarrier(settings.smtp, signer=settings.signer, wants_reports=False)
        if settings.smtp
        else None
    )
    watch = _Watch()
    can_read = can_send = False
    for one in _reading(settings, watch):
        can_read = can_read or one.name == "count"
        yield one
    if carrier is None:
        sentence = _("Manca il server SMTP: da questa casella non si potrà rispondere.")
        yield Check("smtp", "warn", sentence)
    else:
        sending = _sending(carrier, watch)
        can_send = sending.verdict == "ok"
        yield sending
    if carrier is not None and can_read and can_send:
        yield _round(settings, carrier, watch, patience)
    yield _dkim(settings)


def _reading(settings: MailboxSettings, watch: "_Watch") -> Iterator[Check]:
    if settings.imap is None:
        yield Check("imap", "bad", _("Manca il server IMAP: non arriverebbe nulla."))
        return
    try:
        with ImapMailbox(settings.imap, folder=settings.folder) as box:
            yield Check("imap", "ok", _("Connessione e accesso alla casella riusciti."), watch())
            count = box.count()
            sentence = format_lazy(
                _("Messaggi nella casella: {count}. Nessuno è stato segnato."), count=count
            )
            yield Check("count", "ok", sentence, watch())
            yield _idle(can_idle=box.can_idle, wanted=settings.idle)
    except NotLetIn as problem:
        sentence = _("Il server non accetta l’utente o la password. Alcuni fornitori vogliono una "
                     "password per le app.")  # fmt: skip
        yield Check("imap", "bad", sentence, watch(), str(problem))
    except MailboxTrouble as problem:
        sentence = _("La casella non si lascia leggere: controlla server, porta e sicurezza.")
        yield Check("imap", "bad", sentence, watch(), str(problem))


def _idle(*, can_idle: bool, wanted: bool) -> Check:
    if can_idle and wanted:
        return Check("idle", "ok", _("Il server avvisa subito dei nuovi messaggi (IDLE)."))
    sentence = _("I nuovi messaggi si cercano ogni 20 secondi: il server non avvisa da sé.")
    return Check("idle", "warn", sentence)


def _sending(carrier: SmtpCarrier, watch: "_Watch") -> Check:
    try:
        with carrier.connected():
            return Check("smtp", "ok", _("Il server SMTP ci fa entrare."), watch())
    except NotNow as problem:
        sentence = _("Il server SMTP non ci fa entrare: controlla server, porta e password.")
        return Check("smtp", "bad", sentence, watch(), str(problem))


def _round(
    settings: MailboxSettings, carrier: SmtpCarrier, watch: "_Watch", patience: float
) -> Check:
    """A message from the mailbox to itself, seen coming in."""
    if settings.imap is None:
        raise ValueError("a round needs a mailbox to come back to")
    token = secrets.token_hex(16)
    try:
        with ImapMailbox(settings.imap, folder=settings.folder, writable=True) as box:
            before = max(box.uids_after(0), default=0)
            watch()
            carrier.carry(_letter(settings.address, token))
            uid = _came_back(box, before, token, patience)
            if uid is None:
                sentence = _("Il messaggio di prova è partito ma non è ancora arrivato.")
                return Check("round", "warn", sentence, watch())
            seconds = watch()
            removed = box.remove(uid)
    except (MailboxTrouble, NotNow, Refused) as problem:
        sentence = _("Il messaggio di prova non è arrivato.")
        return Check("round", "bad", sentence, watch(), str(problem))
    if removed:
        sentence = _("Il messaggio di prova è arrivato, ed è stato tolto.")
    else:
        sentence = _(
            "Il messaggio di prova è arrivato; questo server lo lascia togliere solo a te."
        )
    return Check("round", "ok", sentence, seconds)


def _letter(address: str, token: str) -> Parcel:
    message_id = f"<prova.{token}@{address.rpartition('@')[2]}>"
    return Parcel(
        message_id=message_id,
        from_address=address,
        from_name="Ascolto",
        to_address=address,
        to_name="",
        subject="Prova di Ascolto",
        text=f"Messaggio di prova, si toglie da sé.\n{token}\n",
        # A machine's answer, to itself: should a listener see it first, it opens no case.
        automatic=True,
        in_reply_to=message_id,
    )


def _came_back(box: ImapMailbox, before: int, token: str, patience: float) -> int | None:
    deadline = time.monotonic() + patience
    never = threading.Event()
    while True:
        for uid in box.uids_after(before):
            raw = box.piece(uid, 0, 64 * 1024) or b""
            message_id, _digest = fingerprint(raw)
            if (message_id or "").startswith(f"prova.{token}@") and token.encode() in raw:
                return uid
        left = deadline - time.monotonic()
        if left <= 0:
            return None
        if box.can_idle:
            box.wait(min(left, 5.0), never)
        else:
            never.wait(min(left, 1.0))


def _dkim(settings: MailboxSettings) -> Check:
    if settings.signer is None:
        sentence = _("Senza firma DKIM molti fornitori metteranno la nostra posta fra quella "
                     "indesiderata, se non firma già il server SMTP.")  # fmt: skip
        return Check("dkim", "warn", sentence)
    sentence = _("La posta parte firmata. Nel DNS del dominio deve esserci questa riga.")
    return Check("dkim", "warn", sentence, detail=settings.signer.dns_line())


class _Watch:
    """Seconds since it was last asked."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = clock()

    def __call__(self) -> float:
        last, self._last = self._last, self._clock()
        return round(self._last - last, 3)
