import random
import time

import pytest
from hypothesis import given, settings, strategies

from ascolto.channels.adapters.email.identity_key import fingerprint
from ascolto.channels.adapters.email.message import read_message
from tests.channels.email_reading.letters import letter, multipart, raw

LONGEST_SECONDS = 2


@settings(max_examples=200, deadline=None, database=None)
@given(strategies.binary(max_size=3000))
def test_any_bytes_are_read_without_an_exception(data: bytes) -> None:
    read_message(data)
    fingerprint(data)


@settings(max_examples=200, deadline=None, database=None)
@given(strategies.integers(min_value=0), strategies.binary(min_size=1, max_size=8))
def test_a_mail_with_a_wound_anywhere_is_read(where: int, wound: bytes) -> None:
    whole = multipart(
        "multipart/mixed",
        "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Ciao<blockquote>prima",
        "Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a@b.example",
        headers=(
            "From: =?utf-8?b?R2l1?= <g@posta.example>",
            "Date: Thu, 12 Mar 2026 10:30:00 +0100",
        ),
    )
    at = where % len(whole)

    read_message(whole[:at] + wound + whole[at + len(wound) :])


def _nested(levels: int) -> bytes:
    heads = "".join(
        f'Content-Type: multipart/mixed; boundary="b{at}"\r\n\r\n--b{at}\r\n'
        for at in range(levels)
    )
    return f"From: a@b.example\r\n{heads}Content-Type: text/plain\r\n\r\nin fondo".encode()


def _many_parts(parts: int) -> bytes:
    return multipart("multipart/mixed", *["Content-Type: text/plain\r\n\r\nx"] * parts)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a thousand levels", _nested(1000)),
        ("ten thousand parts", _many_parts(10_000)),
        ("one endless header", b"X: " + b"a" * 3_000_000),
        ("a hundred thousand headers", b"X: y\r\n" * 100_000),
        ("endless recipients", b"To: " + b"a@b.example, " * 100_000 + b"\r\n\r\nx"),
        ("endless open quotes", b'From: "' + b'\\"<(' * 100_000 + b"\r\n\r\nx"),
        ("encoded words", b"Subject: " + b"=?utf-8?q?=?= " * 100_000 + b"\r\n\r\nx"),
        ("parameters", b"Content-Type: text/plain" + b"; a*0*=x" * 50_000 + b"\r\n\r\nx"),
        ("a base64 line", b"Content-Transfer-Encoding: base64\r\n\r\n" + b"QUJD" * 2_000_000),
        ("null bytes", b"From: a@b.example\r\n\r\n" + b"\x00" * 1_000_000),
        ("quote marks", b"From: a@b.example\r\n\r\n" + b"> " * 500_000),
        ("dashes", b"From: a@b.example\r\n\r\n" + b"--\n" * 300_000),
        ("attributions", b"From: a@b.example\r\n\r\n" + b"Il 12/03/2026 10:30 <\n" * 50_000),
        ("headers below", b"From: a@b.example\r\n\r\n" + b"Da: x\nInviato: y\n" * 50_000),
        ("daemon", b"From: MAILER-DAEMON@x.example\r\n\r\n" + b"550 user <a@" * 80_000),
    ],
)
def test_hostile_mails_take_bounded_time(name: str, data: bytes) -> None:
    started = time.process_time()

    read_message(data)

    assert time.process_time() - started < LONGEST_SECONDS, name


def test_a_thousand_levels_are_said_to_be_too_deep() -> None:
    assert "too_deep" in read_message(_nested(1000)).damaged


def test_ten_thousand_parts_are_said_to_be_too_many() -> None:
    assert "too_many_parts" in read_message(_many_parts(10_000)).damaged


def test_a_cut_mail_keeps_what_arrived_and_is_said_to_be_damaged() -> None:
    whole = multipart(
        "multipart/mixed",
        "Content-Type: text/plain\r\n\r\nEcco la ricevuta.",
        "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + "QUJD" * 99,
    )

    mail = read_message(whole[:-150])

    assert mail.text == "Ecco la ricevuta."
    assert len(mail.attachments) == 1
    assert "unclosed_parts" in mail.damaged


def test_broken_base64_is_decoded_as_far_as_it_goes() -> None:
    mail = read_message(
        multipart(
            "multipart/mixed",
            "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD!!!QUJ",
        )
    )

    assert mail.attachments[0].data.startswith(b"ABC")
    assert "broken_attachment" in mail.damaged


def test_a_mail_with_lone_carriage_returns_is_read() -> None:
    mail = read_message(letter().replace(b"\n", b"\r"))

    assert mail.subject == "Bolletta di marzo"


def test_a_boundary_lost_from_the_header_is_found_in_the_body() -> None:
    mail = read_message(
        raw(
            "Content-Type: multipart/mixed",
            body="--abc123\nContent-Type: text/plain\n\nCiao\n--abc123--\n",
        )
    )

    assert mail.text == "Ciao"
    assert "no_boundary" in mail.damaged


def test_noise_between_sound_mails_changes_nothing_for_the_next() -> None:
    sound = read_message(letter())

    noise = random.Random(7).randbytes(200_000)  # noqa: S311 - noise that can be repeated
    read_message(noise)

    assert read_message(letter()) == sound
