"""A bad wire in front of a real Dovecot: nothing is lost, nothing half is taken for whole."""

import threading
import time

import pytest

from ascolto.channels.adapters.email.imap import (
    STEP_SECONDS,
    ImapMailbox,
    MailboxTrouble,
    NotLetIn,
)
from ascolto.channels.adapters.email.settings import Server
from tests.mailservers.proxy import Proxy
from tests.mailservers.world import PASSWORD, MailWorld

pytestmark = pytest.mark.mailserver
LETTER = b"Subject: lunga\r\nMessage-ID: <1@casa.example>\r\n\r\n" + b"ciao ciao\r\n" * 3000


def server(address: str, port: int, *, password: str = PASSWORD) -> Server:
    return Server("127.0.0.1", port, "plain", address, password)


def in_a_hurry(to: Server) -> ImapMailbox:
    """Patient while the connection is made, and from then on for half a second."""
    mailbox = ImapMailbox(to)
    mailbox._box.client.sock.settimeout(0.5)  # noqa: SLF001 # a wire of this test
    return mailbox


def test_a_message_cut_in_the_middle_is_never_taken_for_whole(mail_world: MailWorld) -> None:
    box = mail_world.add_user("taglio@azienda.example")
    box.put(LETTER)

    with Proxy(mail_world.dovecot.imap_port) as proxy:
        for cut in (2000, 9000, 33_500):
            proxy.weather.cut_after = cut
            with (
                pytest.raises(MailboxTrouble),
                ImapMailbox(server(box.address, proxy.port), step_seconds=10) as cut_off,
            ):
                cut_off.fetch(1)
        proxy.weather.cut_after = None
        with ImapMailbox(server(box.address, proxy.port)) as whole:
            assert whole.fetch(1) == LETTER


def test_a_wire_that_is_slow_is_only_slow(mail_world: MailWorld) -> None:
    box = mail_world.add_user("lenta@azienda.example")
    box.put(LETTER)

    with Proxy(mail_world.dovecot.imap_port) as proxy:
        proxy.weather.delay = 0.05
        with ImapMailbox(server(box.address, proxy.port), step_seconds=10) as mailbox:
            assert mailbox.fetch(1) == LETTER


def test_a_server_that_falls_silent_is_left_in_time(mail_world: MailWorld) -> None:
    box = mail_world.add_user("muta@azienda.example")

    with Proxy(mail_world.dovecot.imap_port) as proxy:
        mailbox = in_a_hurry(server(box.address, proxy.port))
        proxy.weather.swallow = True
        start = time.monotonic()

        with pytest.raises(MailboxTrouble), mailbox:
            mailbox.uids_after(0)

        assert time.monotonic() - start < STEP_SECONDS


def test_idle_that_has_gone_deaf_ends_by_itself(mail_world: MailWorld) -> None:
    box = mail_world.add_user("sorda@azienda.example")

    with Proxy(mail_world.dovecot.imap_port) as proxy:
        mailbox = in_a_hurry(server(box.address, proxy.port))
        deaf = threading.Timer(0.3, setattr, [proxy.weather, "swallow", True])
        deaf.start()
        start = time.monotonic()

        with pytest.raises(MailboxTrouble), mailbox:
            mailbox.wait(1.0, threading.Event())

        deaf.join()
        assert time.monotonic() - start < STEP_SECONDS


def test_a_broken_line_is_noticed_while_waiting(mail_world: MailWorld) -> None:
    box = mail_world.add_user("rotta@azienda.example")

    with Proxy(mail_world.dovecot.imap_port) as proxy:
        mailbox = ImapMailbox(server(box.address, proxy.port))
        cut = threading.Timer(0.4, proxy.break_all)
        cut.start()
        start = time.monotonic()

        with pytest.raises(MailboxTrouble), mailbox:
            mailbox.wait(120, threading.Event())

        cut.join()
        assert time.monotonic() - start < 60


def test_a_wrong_password_is_told_apart_and_never_shown(mail_world: MailWorld) -> None:
    box = mail_world.add_user("porta@azienda.example")

    with pytest.raises(NotLetIn) as refusal:
        ImapMailbox(server(box.address, mail_world.dovecot.imap_port, password="canarino"))  # noqa: S106 - a wrong one

    assert "canarino" not in str(refusal.value)


@pytest.mark.parametrize(
    "password", ['virgo"lette', "back\\slash", "perché-sì", "spazio qui", "{4}"]
)
def test_any_password_a_person_may_choose_works(mail_world: MailWorld, password: str) -> None:
    box = mail_world.add_user("parole@azienda.example", password)

    with ImapMailbox(
        server(box.address, mail_world.dovecot.imap_port, password=password)
    ) as mailbox:
        assert mailbox.count() == 0


def test_a_server_nobody_vouches_for_gets_no_password(mail_world: MailWorld) -> None:
    untrusted = Server("127.0.0.1", mail_world.dovecot.imaps_port, "tls", "anna", "canarino")

    with pytest.raises(MailboxTrouble, match="CERTIFICATE_VERIFY_FAILED"):
        ImapMailbox(untrusted)


def test_the_log_of_a_moved_mailbox_has_another_validity(mail_world: MailWorld) -> None:
    box = mail_world.add_user("trasloco@azienda.example")
    box.put(LETTER)
    with ImapMailbox(server(box.address, mail_world.dovecot.imap_port)) as before:
        known = before.uidvalidity

    mail_world.dovecot.forget_uids(box.address)

    with ImapMailbox(server(box.address, mail_world.dovecot.imap_port)) as after:
        assert after.uidvalidity != known
        assert after.fetch(after.uids_after(0)[0]) == LETTER
