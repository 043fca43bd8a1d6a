"""A small world of mail: our desk, some customers, and the servers between them."""

import imaplib
import os
import shutil
import smtplib
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.mailservers.certificates import make_certificates
from tests.mailservers.dovecot import Dovecot
from tests.mailservers.postfix import Postfix

DOMAINS = ("azienda.example", "casa.example", "studio.example")
PASSWORD = "parola-di-prova"  # noqa: S105 - of mailboxes that live for a minute
HOST = "127.0.0.1"
PATIENCE = 30  # seconds a server may be silent


@dataclass(frozen=True, slots=True)
class UserBox:
    """A person's mailbox as he would see it, read over IMAP by the plainest client there is."""

    port: int
    address: str
    password: str

    def opens(self) -> bool:
        """Whether the server knows this user and his password."""
        with imaplib.IMAP4(HOST, self.port, timeout=PATIENCE) as client:
            try:
                self._log_in(client)
            except imaplib.IMAP4.error:
                return False
            return True

    def messages(self) -> list[bytes]:
        """Every message in INBOX, oldest first, as stored."""
        with imaplib.IMAP4(HOST, self.port, timeout=PATIENCE) as client:
            self._log_in(client)
            client.select("INBOX", readonly=True)
            _, found = client.search(None, "ALL")
            return [self._raw(client, number) for number in found[0].split()]

    def flags(self) -> list[str]:
        with imaplib.IMAP4(HOST, self.port, timeout=PATIENCE) as client:
            self._log_in(client)
            client.select("INBOX", readonly=True)
            _, found = client.fetch("1:*", "(FLAGS)")
            return [line.decode() for line in found if isinstance(line, bytes)]

    def put(self, raw: bytes) -> None:
        """Put a message there, without any delivery."""
        with imaplib.IMAP4(HOST, self.port, timeout=PATIENCE) as client:
            self._log_in(client)
            client.append("INBOX", "", "", raw)

    def wait_for(self, count: int, *, seconds: float = 60) -> list[bytes]:
        """The messages, once there are at least `count`."""
        found: list[bytes] = []

        def arrived() -> bool:
            found[:] = self.messages()
            return len(found) >= count

        until(arrived, seconds=seconds)
        return found

    def _log_in(self, client: imaplib.IMAP4) -> None:
        said = f"\0{self.address}\0{self.password}".encode()
        client.authenticate("PLAIN", lambda _: said)

    @staticmethod
    def _raw(client: imaplib.IMAP4, number: bytes) -> bytes:
        _, answer = client.fetch(number.decode(), "(BODY.PEEK[])")
        part = answer[0]
        assert isinstance(part, tuple)
        return part[1]


class MailWorld:
    """Postfix and Dovecot of our own. Start and stop it as a context."""

    def __init__(self) -> None:
        # Unix sockets have room for a hundred characters: the folder must be near the root.
        self.folder = Path(tempfile.mkdtemp(prefix="am-"))
        self.folder.chmod(0o755)
        self.certificates = make_certificates(self.folder / "tls")
        self.dovecot = Dovecot(self.folder / "d", self.certificates)
        self.postfix = Postfix(
            self.folder / "p",
            self.certificates,
            lmtp_port=self.dovecot.lmtp_port,
            sasl=self.dovecot.folder / "run" / "sasl",
            domains=DOMAINS,
        )

    def __enter__(self) -> Self:
        try:
            self.dovecot.start()
            self.postfix.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def stop(self) -> None:
        self.postfix.stop()
        self.dovecot.stop()

        shutil.rmtree(self.folder, ignore_errors=True)

    def add_user(self, address: str, password: str = PASSWORD, *, quota: str = "") -> UserBox:
        """A mailbox that can be read and written from at once; a known one gets the password."""
        self.dovecot.add_user(address, password, quota=quota or "*:storage=1G")
        box = self.mailbox(address)
        until(box.opens)  # Dovecot looks at its list of users once a second
        return box

    def mailbox(self, address: str) -> UserBox:
        return UserBox(self.dovecot.imap_port, address, self.dovecot.users[address])

    def send(self, sender: str, to: str, raw: bytes) -> None:
        """Hand a message to Postfix as some mail program on the net would."""
        with smtplib.SMTP(HOST, self.postfix.plain_port, timeout=PATIENCE) as client:
            client.sendmail(sender, [to], raw)


def until(happened: Callable[[], bool], *, seconds: float = 60) -> None:
    """Wait until something has happened. Raises TimeoutError when it did not."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError(f"nothing in {seconds} s")
        time.sleep(0.05)


def why_not() -> str:
    """Why no mail servers can be started here, or nothing."""
    missing = [
        path for path in ("/usr/sbin/dovecot", "/usr/sbin/postfix") if not shutil.which(path)
    ]
    if missing:
        return f"{' and '.join(missing)} not installed"
    return "" if os.geteuid() == 0 else "Postfix can only be started by root"
