"""One connection to one folder of a mailbox (RFC 9051)."""

import contextlib
import imaplib
import re
import select
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import date
from io import BufferedReader
from typing import Any, Self, cast

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError

from ascolto.channels.adapters.email.settings import Server
from ascolto.channels.adapters.email.wires import at_most, safe_words, tls

STEP_SECONDS = 20.0  # from byte to byte
COMMAND_SECONDS = 60.0
MESSAGE_SECONDS = 300.0  # for one whole message
LISTENING_STEP = 0.5  # how soon a listener that is told to stop notices
# Answers to a login that say nothing about the password (RFC 5530).
_BUSY = re.compile(r"\[(?:UNAVAILABLE|SERVERBUG|LIMIT|INUSE)\]")
_LITERAL = re.compile(rb"\{(\d+)\}$")
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class MailboxTrouble(Exception):
    """The mailbox cannot be read now. Says why in one line, without credentials."""


class NotLetIn(MailboxTrouble):
    """The server knows us not, or the password is wrong: trying often would lock us out."""


class NotGiven(MailboxTrouble):
    """The server answers that it will not give this one message."""

    def __init__(self, uid: int) -> None:
        super().__init__(f"il server non consegna il messaggio {uid}")
        self.uid = uid


class CutOff(MailboxTrouble):
    """Bytes are missing. What came is thrown away and fetched again."""


class ImapMailbox:
    """Use as a context. Every method raises `MailboxTrouble`."""

    def __init__(
        self,
        server: Server,
        *,
        folder: str = "INBOX",
        writable: bool = False,
        step_seconds: float = STEP_SECONDS,
    ) -> None:
        """Connects, logs in, and opens the folder; read-only unless flags are to be set."""
        self._server = server
        with _translated(server, "connessione"):
            self._box = _connect(server, step_seconds)
        try:
            self._login()
            with self._command("SELECT", COMMAND_SECONDS):
                self._box.folder.set(folder, readonly=not writable)
            self.uidvalidity = self._said("UIDVALIDITY")
            self._abilities = self._asked_abilities()
            self.can_idle = "IDLE" in self._abilities
        except BaseException:
            self._hang_up()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        with contextlib.suppress(OSError, ValueError, imaplib.IMAP4.error, ImapToolsError):
            self._box.client.sock.settimeout(2)
            self._box.logout()
        self._hang_up()

    def count(self) -> int:
        """How many messages there are. Marks nothing."""
        return len(self.uids_after(0))

    def uids_after(self, uid: int, *, since: date | None = None) -> list[int]:
        """UIDs above `uid`, ascending; with `since`, only of what arrived on that day or later."""
        criteria = [f"UID {uid + 1}:*"]
        if since is not None:
            criteria.append(f"SINCE {since.day}-{_MONTHS[since.month - 1]}-{since.year}")
        with self._command("SEARCH", COMMAND_SECONDS):
            found = _checked(self._box.client.uid("SEARCH", *criteria))
            lines = [line for line in found if isinstance(line, bytes)]
            numbers = {int(one) for line in lines for one in line.split()}
        # "n:*" names the last message also when its UID is below n.
        return sorted(number for number in numbers if number > uid)

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """UID -> bytes, of those that are still there."""
        if not uids:
            return {}
        with self._command("FETCH", COMMAND_SECONDS):
            lines = _checked(
                self._box.client.uid("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)")
            )
        found = {}
        for line in lines:
            uid, size = (_number(pattern, line) for pattern in (_UID, _SIZE))
            if uid is not None and size is not None:
                found[uid] = size
        return {uid: found[uid] for uid in uids if uid in found}

    def fetch(self, uid: int) -> bytes | None:
        """The whole message, marked by nothing; None if it has gone. Raises `CutOff`."""
        raw, size = self._body(uid, "BODY.PEEK[]")
        if raw is not None and size not in {None, len(raw)}:
            # Twice the same whole literal: then it is the server that cannot count (some can't).
            raw, _ = self._body(uid, "BODY.PEEK[]")
        return raw

    def piece(self, uid: int, start: int, most: int) -> bytes | None:
        """At most `most` bytes of a message from `start` on; fewer only at its end."""
        return self._body(uid, f"BODY.PEEK[]<{start}.{most}>")[0]

    def mark_seen(self, uids: Sequence[int]) -> None:
        if uids:
            with self._command("STORE", COMMAND_SECONDS):
                _checked(
                    self._box.client.uid(
                        "STORE", ",".join(map(str, uids)), "+FLAGS.SILENT", r"(\Seen)"
                    )
                )

    def remove(self, uid: int) -> bool:
        """Delete one message of our own making; False where the server could not delete just it."""
        if "UIDPLUS" not in self._abilities:
            return False  # EXPUNGE would take along whatever others have marked
        with self._command("EXPUNGE", COMMAND_SECONDS):
            _checked(self._box.client.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Deleted)"))
            _checked(self._box.client.uid("EXPUNGE", str(uid)))
        return True

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Wait with IDLE until the server says something; False when `seconds` went by.

        Call it with less than 29 minutes: servers hang up on those who idle longer.
        """
        client = self._box.client
        with self._command("IDLE", COMMAND_SECONDS):
            self._box.idle.start()  # type: ignore[no-untyped-call] # theirs
        deadline = time.monotonic() + seconds
        poll = select.poll()
        poll.register(client.sock, select.POLLIN | select.POLLHUP | select.POLLERR)
        spoke = _has_read_ahead(client)
        while not spoke and not stop.is_set() and time.monotonic() < deadline:
            spoke = bool(poll.poll(LISTENING_STEP * 1000))
        with self._command("DONE", COMMAND_SECONDS):
            self._box.idle.stop()  # type: ignore[no-untyped-call] # theirs
        return spoke

    def _login(self) -> None:
        server, client = self._server, self._box.client
        try:
            with at_most(COMMAND_SECONDS, lambda: client.sock):
                if "AUTH=PLAIN" in client.capabilities:  # takes any characters; LOGIN does not
                    self._box.login_utf8(server.user, server.password, initial_folder=None)
                else:
                    self._box.login(server.user, server.password, initial_folder=None)
        except (MailboxLoginError, imaplib.IMAP4.error) as problem:
            if isinstance(problem, imaplib.IMAP4.abort) or _BUSY.search(str(problem)):
                raise MailboxTrouble(f"accesso: {safe_words(problem, server)}") from None
            raise NotLetIn("il server non accetta utente o password") from None
        except (OSError, ValueError) as problem:
            raise MailboxTrouble(f"accesso: {safe_words(problem, server)}") from None

    def _asked_abilities(self) -> frozenset[str]:
        """Asked again: what a server can do before the login is less than after it."""
        with self._command("CAPABILITY", COMMAND_SECONDS):
            lines = _checked(self._box.client.capability())
        return frozenset(word for line in lines for word in line.decode().upper().split())

    def _body(self, uid: int, what: str) -> tuple[bytes | None, int | None]:
        """(bytes or None if gone, the size the server tells)."""
        with self._command("FETCH", MESSAGE_SECONDS):
            status, answer = self._box.client.uid("FETCH", str(uid), f"(UID RFC822.SIZE {what})")
        if status != "OK":
            raise NotGiven(uid)
        for at, part in enumerate(answer):
            if not isinstance(part, tuple):
                continue
            line, raw = part[0], part[1]
            rest = answer[at + 1] if at + 1 < len(answer) else b""
            around = line + b" " + (rest if isinstance(rest, bytes) else b"")
            if _number(_UID, around) != uid:
                raise NotGiven(uid)
            announced = _number(_LITERAL, line)
            if announced != len(raw):
                raise CutOff(f"messaggio interrotto: {len(raw)} byte su {announced}")
            return raw, _number(_SIZE, around)
        # An empty message comes as an empty string and not as a literal.
        empty = any(_number(_UID, part) == uid and b"BODY[]" in part for part in answer if part)
        return (b"", None) if empty else (None, None)

    def _said(self, name: str) -> int:
        _, values = self._box.client.response(name)
        if not values or not isinstance(values[-1], bytes) or not values[-1].isdigit():
            raise MailboxTrouble(f"il server non dice il suo {name}")
        return int(values[-1])

    @contextlib.contextmanager
    def _command(self, name: str, seconds: float) -> Iterator[None]:
        with at_most(seconds, lambda: self._box.client.sock), _translated(self._server, name):
            yield

    def _hang_up(self) -> None:
        with contextlib.suppress(OSError):
            self._box.client.shutdown()


def _connect(server: Server, seconds: float) -> BaseMailBox:
    if server.security == "tls":
        return MailBox(server.host, server.port, timeout=seconds, ssl_context=tls(server))
    if server.security == "starttls":
        return MailBoxStartTls(server.host, server.port, timeout=seconds, ssl_context=tls(server))
    return MailBoxUnencrypted(server.host, server.port, timeout=seconds)


@contextlib.contextmanager
def _translated(server: Server, step: str) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, ValueError, imaplib.IMAP4.error, ImapToolsError) as problem:
        # ValueError: the library trips over an answer no server should give.
        raise MailboxTrouble(f"{step}: {safe_words(problem, server)}") from None


def _checked(answer: tuple[str, list[Any]]) -> list[Any]:
    status, lines = answer
    if status != "OK":
        raise imaplib.IMAP4.error(f"il server risponde {status}")
    return [line for line in lines if line is not None]


def _number(pattern: re.Pattern[bytes], line: object) -> int | None:
    found = pattern.search(line) if isinstance(line, bytes) else None
    return int(found[1]) if found else None


def _has_read_ahead(client: imaplib.IMAP4) -> bool:
    """Whether news came in one piece with the answer to IDLE, where no poll can see it."""
    usual = client.sock.gettimeout()
    client.sock.settimeout(0)
    try:
        return bool(cast("BufferedReader", client.file).peek(1))
    except OSError:
        return False
    finally:
        client.sock.settimeout(usual)
