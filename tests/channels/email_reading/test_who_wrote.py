import pytest

from ascolto.channels.adapters.email.message import read_message
from tests.channels.email_reading.letters import raw


@pytest.mark.parametrize(
    "header",
    [
        "From: alice@ok.example<bob@evil.example>",
        "From: alice@ok.example <bob@evil.example>",
        "From: alice@ok.example, bob@evil.example",
        "From: <alice@ok.example><bob@evil.example>",
        "From: alice@ok.example)<bob@evil.example>",
        "From: <bob@evil.example> alice@ok.example",
        "From: alice@ok.example\r\nFrom: bob@evil.example",
        "From: Alice (<alice@ok.example>) alice@ok.example <bob@evil.example",
        "From: =?utf-8?q?x?=alice@ok.example<bob@evil.example>",
    ],
)
def test_a_sender_that_can_be_read_two_ways_is_not_guessed(header: str) -> None:
    mail = read_message(raw(header))

    assert mail.from_address is None
    assert mail.sender_ambiguous


@pytest.mark.parametrize(
    ("header", "name", "address"),
    [
        ("From: giulia@posta.example", "", "giulia@posta.example"),
        ("From: <giulia@posta.example>", "", "giulia@posta.example"),
        ("From: giulia@posta.example (Giulia Neri)", "Giulia Neri", "giulia@posta.example"),
        ('From: "Neri, Giulia" <giulia@posta.example>', "Neri, Giulia", "giulia@posta.example"),
        ("From: Neri, Giulia <giulia@posta.example>", "Neri Giulia", "giulia@posta.example"),
        ("From: giulia@posta.example <giulia@posta.example>", "giulia@posta.example",
         "giulia@posta.example"),
        ('From: "giulia@posta.example" <g.neri@lavoro.example>', "giulia@posta.example",
         "g.neri@lavoro.example"),
        ("From: =?utf-8?b?R2l1bGlhIE5lcsOs?= <g@posta.example>", "Giulia Nerì", "g@posta.example"),
        ('From: "detta \\"Giù\\"" <g@posta.example>', 'detta "Giù"', "g@posta.example"),
    ],
)  # fmt: skip
def test_a_clear_sender_is_read(header: str, name: str, address: str) -> None:
    mail = read_message(raw(header))

    assert (mail.from_name, mail.from_address) == (name, address)
    assert not mail.sender_ambiguous


def test_a_mail_without_a_sender_has_none_and_is_not_ambiguous() -> None:
    mail = read_message(raw("Subject: Chi sono?"))

    assert mail.from_address is None
    assert not mail.sender_ambiguous


def test_groups_and_many_recipients_are_read() -> None:
    mail = read_message(
        raw("To: Amici: marta@posta.example, Ugo <ugo@posta.example>;, zia@posta.example")
    )

    assert [address for _, address in mail.to] == [
        "marta@posta.example",
        "ugo@posta.example",
        "zia@posta.example",
    ]
