import time

from ascolto.channels.adapters.email.identity_key import fingerprint
from tests.channels.email_reading.letters import letter


def test_trace_headers_do_not_make_another_message() -> None:
    sent = letter()
    trace = (
        b"Return-Path: <giulia.neri@posta.example>\r\nDelivered-To: assistenza@acme.example\r\n"
        b"Received: from a by b;\r\n\tThu, 12 Mar 2026 10:30:01 +0100\r\nX-Spam-Status: No\r\n"
        b"DKIM-Signature: v=1;\r\n b=a\r\nARC-Seal: i=1\r\nAuthentication-Results: mx; spf=pass\r\n"
        b"X-UID: 7\r\nX-Acme-MailScanner-ID: 9\r\n"
    )

    assert fingerprint(trace + sent) == fingerprint(sent)


def test_line_ends_and_folding_do_not_make_another_message() -> None:
    sent = b"Message-ID: <a@b>\nSubject: una riga\n spezzata\n\nCiao\n"

    same = b"Message-ID: <a@b>\r\nSubject: una\r\n\triga spezzata\r\n\r\nCiao\r\n\r\n"
    assert fingerprint(same) == fingerprint(sent)


def test_other_words_under_the_same_id_are_another_message() -> None:
    first, second = fingerprint(letter("Ciao\n")), fingerprint(letter("Addio\n"))

    assert first[0] == second[0] == "lettera-1@posta.example"
    assert first[1] != second[1]


def test_another_subject_or_sender_is_another_message() -> None:
    digests = {
        fingerprint(letter())[1],
        fingerprint(letter(Subject="Altro"))[1],
        fingerprint(letter(From="marta@posta.example"))[1],
    }

    assert len(digests) == 3


def test_a_mail_without_an_id_has_a_digest_all_the_same() -> None:
    message_id, digest = fingerprint(b"")

    assert message_id is None
    assert len(digest) == 64


def test_ten_megabytes_take_a_moment() -> None:
    data = letter() + b"QUJDREVG\r\n" * 1_000_000
    started = time.process_time()

    fingerprint(data)

    assert time.process_time() - started < 0.5
