from collections.abc import Callable
from dataclasses import replace

import pytest

from ascolto.channels.adapters.email.dkim import Signer, new_key
from ascolto.channels.adapters.email.live_test import Check, check
from ascolto.channels.adapters.email.settings import MailboxSettings, Server
from tests.mailservers.world import PASSWORD, MailWorld, UserBox

Told = Callable[[UserBox], MailboxSettings]
OLD = b"Subject: di prima\r\nMessage-ID: <prima@casa.example>\r\n\r\nciao\r\n"


@pytest.fixture
def told(mail_world: MailWorld) -> Told:
    def settings(box: UserBox) -> MailboxSettings:
        trusted = str(mail_world.certificates.authority)
        imap = Server(
            "127.0.0.1", mail_world.dovecot.imaps_port, "tls", box.address, PASSWORD, trusted
        )
        smtp = replace(imap, port=mail_world.postfix.submission_port, security="starttls")
        return MailboxSettings(box.address, imap, smtp)

    return settings


def by_name(settings: MailboxSettings) -> dict[str, Check]:
    return {one.name: one for one in check(settings, patience=15)}


@pytest.mark.mailserver
def test_a_sound_mailbox_passes_and_is_left_as_it_was(mail_world: MailWorld, told: Told) -> None:
    box = mail_world.add_user("prova@azienda.example")
    box.put(OLD)
    signer = Signer.from_pem(domain="azienda.example", selector="a", pem=new_key("ed25519"))

    found = by_name(replace(told(box), signer=signer))

    verdicts = {name: one.verdict for name, one in found.items()}
    assert verdicts == {
        "imap": "ok", "count": "ok", "idle": "ok", "smtp": "ok", "round": "ok", "dkim": "warn"
    }  # fmt: skip
    assert "1" in str(found["count"].sentence)
    assert 0 < found["round"].seconds < 15
    assert found["dkim"].detail == signer.dns_line()
    remaining = [raw for raw in box.messages() if b"Message-ID: <prova." in raw]
    assert remaining == []
    assert OLD in box.messages()
    assert not any("\\Seen" in line for line in box.flags())


@pytest.mark.mailserver
def test_a_wrong_password_is_said_in_words_that_help(mail_world: MailWorld, told: Told) -> None:
    box = mail_world.add_user("prova-chiave@azienda.example")
    right = told(box)
    assert right.imap is not None
    assert right.smtp is not None
    wrong = replace(
        right,
        imap=replace(right.imap, password="canarino"),  # noqa: S106 - a wrong one
        smtp=replace(right.smtp, password="canarino"),  # noqa: S106 - a wrong one
    )

    found = by_name(wrong)

    assert (found["imap"].verdict, found["smtp"].verdict) == ("bad", "bad")
    assert "password" in str(found["imap"].sentence)
    assert "canarino" not in repr(found)
    assert "round" not in found


def test_nothing_told_is_nothing_tried() -> None:
    found = by_name(MailboxSettings("assistenza@azienda.example"))

    assert {name: one.verdict for name, one in found.items()} == {
        "imap": "bad",
        "smtp": "warn",
        "dkim": "warn",
    }
