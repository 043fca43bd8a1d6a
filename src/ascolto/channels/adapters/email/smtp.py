"""The carrier of mail: one message, one conversation with the server (RFC 5321)."""

import contextlib
import re
import smtplib
from collections.abc import Iterator, Sequence

from ascolto.channels.adapters.email.compose import compose
from ascolto.channels.adapters.email.dkim import Signer
from ascolto.channels.adapters.email.outgoing_headers import wire_address
from ascolto.channels.adapters.email.settings import Server
from ascolto.channels.adapters.email.wires import at_most, safe_words, tls
from ascolto.channels.ports import NotNow, Parcel, Refused, Sent

STEP_SECONDS = 30.0
TOTAL_SECONDS = 120.0  # well below the outbox's lease
_READY = 220
_NOT_LOGGED_IN = {530, 534, 535, 538}
_OF_ONE_MESSAGE = {"RCPT TO", "messaggio"}
_CLOSING = 421  # RFC 5321 §3.8: the server as a whole goes away
_DOTS = re.compile(rb"^\.", re.MULTILINE)
_XTEXT = re.compile(r"[^!-*,-<>-~]")
_CUT_HEX = re.compile(r"\+[0-9A-F]?$")
_LONGEST_ENVID = 100


class Deferred(NotNow):
    """The server lives and does not take this one message now: grey-listed, a full mailbox."""

    of_the_channel = False


class MaybeDelivered(NotNow):
    """The line went dead after the last byte: it may have arrived, or not."""

    maybe_delivered = True


class SmtpCarrier:
    """Implements `ports.Carrier`. No state between messages; may be shared by threads."""

    def __init__(
        self,
        server: Server,
        *,
        signer: Signer | None = None,
        wants_reports: bool = True,
        step_seconds: float = STEP_SECONDS,
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        self._server = server
        self._signer = signer
        self._wants_reports = wants_reports
        self._step_seconds = step_seconds
        self._total_seconds = total_seconds

    def carry(self, parcel: Parcel) -> Sent:
        try:
            raw = compose(parcel)
            sender, to = wire_address(parcel.from_address), wire_address(parcel.to_address)
            copies = [wire_address(one) for one in parcel.cc]
        except ValueError as problem:
            raise Refused(str(problem)) from None
        signed = self._signer.signed(raw) if self._signer else raw
        with self.connected() as client:
            self._announce(client, sender, to, parcel.message_id, len(signed))
            refused = self._copy_to(client, copies)
            sent = self._hand_over(client, signed)
        return Sent(sent.kind, f"{refused} {sent.detail}".strip()) if refused else sent

    @contextlib.contextmanager
    def connected(self) -> Iterator[smtplib.SMTP]:
        """A conversation up to and including the login. Raises `NotNow`."""
        server = self._server
        with self._or_later("connessione"):
            client = _client(server, self._step_seconds)
        with at_most(self._total_seconds, lambda: client.sock):
            try:
                with self._or_later("connessione"):
                    greeting = client.connect(server.host, server.port)
                    self._welcome(greeting)
                    client.ehlo_or_helo_if_needed()
                if server.security == "starttls":
                    with self._or_later("STARTTLS"):
                        client.starttls(context=tls(server))
                        client.ehlo_or_helo_if_needed()
                if server.user:
                    self._login(client)
                yield client
            finally:
                _part(client)

    def _welcome(self, greeting: tuple[int, bytes]) -> None:
        code, said = greeting
        if code != _READY:  # whatever it says against us, the message can wait
            raise NotNow(f"saluto: {code} {safe_words(said, self._server)}")

    def _login(self, client: smtplib.SMTP) -> None:
        try:
            client.login(self._server.user, self._server.password)
        except smtplib.SMTPAuthenticationError as problem:
            # Not the message's fault: it waits until somebody has seen to the password.
            raise NotNow(f"accesso rifiutato ({problem.smtp_code})") from None
        except (OSError, UnicodeError) as problem:
            raise NotNow(f"accesso: {safe_words(problem, self._server)}") from None

    def _announce(
        self, client: smtplib.SMTP, sender: str, to: str, message_id: str, size: int
    ) -> None:
        options, notify = [], []
        if client.has_extn("size"):
            options.append(f"SIZE={size}")
        if self._wants_reports and client.has_extn("dsn"):
            # Cut to what RFC 3461 §4.4 allows, never within one of its `+XX`.
            envelope_id = _CUT_HEX.sub("", _xtext(message_id.strip("<>"))[:_LONGEST_ENVID])
            options += ["RET=HDRS", f"ENVID={envelope_id}"]
            notify = ["NOTIFY=SUCCESS,FAILURE,DELAY", f"ORCPT=rfc822;{_xtext(to)}"]
        with self._or_later("MAIL FROM"):
            answer = client.mail(sender, options)
        self._accepted(answer, "MAIL FROM")
        with self._or_later("RCPT TO"):
            answer = client.rcpt(to, notify)
        self._accepted(answer, "RCPT TO")

    def _copy_to(self, client: smtplib.SMTP, copies: Sequence[str]) -> str:
        """Name the others too. Who is refused is said: the letter still goes to its reader."""
        refused = []
        for address in copies:
            with self._or_later("RCPT TO"):
                code, _ = client.rcpt(address)
            if code // 100 != 2:  # noqa: PLR2004 - SMTP's "yes"
                refused.append(f"{address} ({code})")
        return f"copia rifiutata: {', '.join(refused)}." if refused else ""

    def _hand_over(self, client: smtplib.SMTP, raw: bytes) -> Sent:
        with self._or_later("DATA"):
            answer = client.docmd("DATA")
            self._accepted(answer, "DATA", good=3)
            client.send(_DOTS.sub(b"..", raw))
        # From here on silence does not mean no. A server must not keep what has no final dot.
        try:
            client.send(b".\r\n")
            answer = client.getreply()
        except OSError as problem:
            raise MaybeDelivered(
                f"nessuna risposta dopo l’invio: {safe_words(problem, self._server)}"
            ) from None
        self._accepted(answer, "messaggio")
        return Sent("SMTP_ACCEPTED", safe_words(answer[1], self._server))

    @contextlib.contextmanager
    def _or_later(self, step: str) -> Iterator[None]:
        try:
            yield
        except OSError as problem:  # smtplib's exceptions and those of TLS are OSErrors too
            raise NotNow(f"{step}: {safe_words(problem, self._server)}") from None

    def _accepted(self, answer: tuple[int, bytes], step: str, *, good: int = 2) -> None:
        code, said = answer
        if code // 100 == good:
            return
        words = f"{step}: {code} {safe_words(said, self._server)}"
        if code // 100 == 5 and code not in _NOT_LOGGED_IN:  # noqa: PLR2004 - SMTP's "for good"
            raise Refused(words)
        if step in _OF_ONE_MESSAGE and code != _CLOSING:
            raise Deferred(words)
        raise NotNow(words)


def _client(server: Server, seconds: float) -> smtplib.SMTP:
    if server.security == "tls":
        client: smtplib.SMTP = smtplib.SMTP_SSL(timeout=seconds, context=tls(server))
    else:
        client = smtplib.SMTP(timeout=seconds)
    # Against this name the certificate is checked; the library sets it only when it connects
    # while it is made, and then nobody could break a connection that drips.
    client._host = server.host  # type: ignore[attr-defined] # noqa: SLF001 - as said above
    return client


def _part(client: smtplib.SMTP) -> None:
    with contextlib.suppress(OSError):
        if client.sock is not None:
            client.sock.settimeout(2)
            client.quit()
    with contextlib.suppress(OSError):
        client.close()


def _xtext(text: str) -> str:
    """RFC 3461 §4: printable ASCII, the rest and `+` and `=` as `+XX`."""
    ascii_only = text.encode("ascii", "replace").decode()
    return _XTEXT.sub(lambda found: f"+{ord(found[0]):02X}", ascii_only)
