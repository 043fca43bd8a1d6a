import json
from typing import Any

import pytest

from ascolto.channels.adapters.email.dkim import new_key
from ascolto.channels.adapters.email.settings import BadSettings, Server, parse

IMAP = {"host": "imap.azienda.example", "user": "assistenza"}
SMTP = {"host": "smtp.azienda.example", "user": "assistenza", "security": "starttls"}
SECRET = {"imap_password": "una", "smtp_password": "due"}


def parsed(settings: dict[str, Any], **secret: str) -> Any:
    return parse("assistenza@azienda.example", settings, json.dumps(secret or SECRET).encode())


def test_a_mailbox_with_the_usual_ports() -> None:
    told = parsed({"imap": IMAP, "smtp": SMTP})

    assert told.imap == Server("imap.azienda.example", 993, "tls", "assistenza", "una")
    assert told.smtp == Server("smtp.azienda.example", 587, "starttls", "assistenza", "due")
    assert (told.idle, told.mark_seen, told.start, told.folder) == (True, False, "ALL", "INBOX")


def test_a_channel_may_have_no_servers_yet() -> None:
    assert parse("a@b.example", {"demo": True}, b"").imap is None


def test_a_key_signs_for_its_domain() -> None:
    told = parsed(
        {"dkim": {"domain": "azienda.example", "selector": "ascolto"}}, dkim_key=new_key("ed25519")
    )

    assert told.signer.dns_name() == "ascolto._domainkey.azienda.example"


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"imap": IMAP, "imapp": {}}, "imapp"),
        ({"imap": IMAP | {"hots": "x"}}, "imap.hots"),
        ({"imap": IMAP | {"host": ""}}, "imap.host"),
        ({"imap": IMAP | {"host": "a b"}}, "imap.host"),
        ({"imap": IMAP | {"host": "x\r\ny"}}, "imap.host"),
        ({"imap": IMAP | {"port": 0}}, "imap.port"),
        ({"imap": IMAP | {"port": "993"}}, "imap.port"),
        ({"imap": IMAP | {"port": True}}, "imap.port"),
        ({"imap": IMAP | {"security": "none"}}, "imap.security"),
        ({"imap": IMAP | {"security": "plain"}}, "plain"),
        ({"imap": IMAP | {"user": "a\nb"}}, "imap.user"),
        ({"imap": {"host": "imap.azienda.example"}}, "user and a password"),
        ({"smtp": {"host": "smtp.azienda.example"}}, "user and a password"),
        ({"imap": "imap.azienda.example"}, "imap must be"),
        ({"idle": "yes"}, "idle"),
        ({"start": "SOME"}, "start"),
        ({"dkim": {"domain": "azienda.example"}}, "key"),
    ],
)
def test_nonsense_is_named(settings: dict[str, Any], says: str) -> None:
    with pytest.raises(BadSettings, match=says):
        parsed(settings)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_without_encryption_only_on_this_machine_or_when_it_is_said_twice(host: str) -> None:
    assert parsed({"imap": IMAP | {"host": host, "security": "plain"}}).imap.security == "plain"
    assert parsed({"imap": IMAP | {"security": "plain", "allow_plain": True}}).imap.port == 143


@pytest.mark.parametrize(
    "secret", [b"canarino", b"[1]", b'{"imap_password": 7}', b'{"imap_pasword": "canarino"}']
)
def test_a_secret_is_never_quoted(secret: bytes) -> None:
    with pytest.raises(BadSettings) as refusal:
        parse("a@b.example", {}, secret)

    assert "canarino" not in str(refusal.value)


def test_settings_do_not_show_their_passwords() -> None:
    secret = {"imap_password": "canarino1", "smtp_password": "canarino2"}

    told = parsed({"imap": IMAP, "smtp": SMTP}, **secret)

    assert "canarino" not in repr(told)
