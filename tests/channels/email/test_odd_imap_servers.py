import pytest

from ascolto.channels.adapters.email.imap import (
    ImapMailbox,
    MailboxTrouble,
    NotGiven,
    NotLetIn,
)
from ascolto.channels.adapters.email.settings import Server
from tests.mailservers.scripted_imap import ScriptedImap


def opened(imap: ScriptedImap) -> ImapMailbox:
    return ImapMailbox(Server("127.0.0.1", imap.port, "plain", "anna", "canarino"), step_seconds=2)


@pytest.mark.parametrize("code", [b"UNAVAILABLE", b"LIMIT", b"SERVERBUG", b"INUSE"])
def test_a_server_that_is_busy_says_nothing_about_the_password(code: bytes) -> None:
    with (
        ScriptedImap({"LOGIN": b"%s NO [" + code + b"] canarino, later\r\n"}) as imap,
        pytest.raises(MailboxTrouble) as trouble,
    ):
        opened(imap)

    assert not isinstance(trouble.value, NotLetIn)
    assert "canarino" not in str(trouble.value)


def test_a_plain_no_to_the_password_is_one() -> None:
    with ScriptedImap({"LOGIN": b"%s NO wrong\r\n"}) as imap, pytest.raises(NotLetIn):
        opened(imap)


@pytest.mark.parametrize(
    "answer",
    [
        b"%s NO [SERVERBUG] broken\r\n",
        b"%s BAD no\r\n",
        b"* 1 FETCH (BODY[] {2}\r\nxx)\r\n%s OK done\r\n",
    ],
)
def test_a_message_that_is_not_given_is_not_taken_for_gone(answer: bytes) -> None:
    with (
        ScriptedImap({"UID FETCH": answer}) as imap,
        opened(imap) as box,
        pytest.raises(MailboxTrouble),
    ):
        box.fetch(1)


def test_a_refusal_names_its_message() -> None:
    with (
        ScriptedImap({"UID FETCH": b"%s NO broken\r\n"}) as imap,
        opened(imap) as box,
        pytest.raises(NotGiven) as refusal,
    ):
        box.fetch(4)

    assert refusal.value.uid == 4


@pytest.mark.parametrize(
    ("line", "raw"),
    [
        (b"* 1 FETCH (UID 1 RFC822.SIZE 9 BODY[] {4}\r\nciao)\r\n%s OK done\r\n", b"ciao"),
        (b"* 1 FETCH (BODY[] {4}\r\nciao UID 1)\r\n%s OK done\r\n", b"ciao"),
        (b'* 1 FETCH (UID 1 RFC822.SIZE 0 BODY[] "")\r\n%s OK done\r\n', b""),
        (b"* 9 FETCH (FLAGS (\\Seen))\r\n%s OK done\r\n", None),
        (b"%s OK done\r\n", None),
    ],
)
def test_what_a_server_may_answer_is_understood(line: bytes, raw: bytes | None) -> None:
    with ScriptedImap({"UID FETCH": line}) as imap, opened(imap) as box:
        assert box.fetch(1) == raw


@pytest.mark.parametrize(
    "answer", [b"* SEARCH uno due\r\n%s OK done\r\n", b"%s NO\r\n", b"garbage\r\n"]
)
def test_nonsense_is_trouble_and_not_a_crash(answer: bytes) -> None:
    with (
        ScriptedImap({"UID SEARCH": answer}) as imap,
        opened(imap) as box,
        pytest.raises(MailboxTrouble),
    ):
        box.uids_after(0)


def test_a_folder_without_a_validity_cannot_be_followed() -> None:
    with ScriptedImap({"EXAMINE": b"%s OK done\r\n"}) as imap, pytest.raises(MailboxTrouble):
        opened(imap)
