from datetime import UTC, datetime
from email.message import EmailMessage
from hashlib import sha256

from ascolto.channels.adapters.email.message import read_message
from tests.channels.email_reading.letters import WRITTEN_AT, letter, multipart, raw, with_page


def test_an_ordinary_mail_is_read_whole() -> None:
    mail = read_message(letter(In_Reply_To="<nostra-1@acme.example>"))

    assert (mail.from_address, mail.from_name) == ("giulia.neri@posta.example", "Giulia Neri")
    assert mail.to == (("", "assistenza@acme.example"),)
    assert mail.subject == "Bolletta di marzo"
    assert mail.message_id == "lettera-1@posta.example"
    assert mail.in_reply_to == "nostra-1@acme.example"
    assert mail.date == WRITTEN_AT
    assert mail.reply_text == "Buongiorno,\n\nla bolletta è doppia."
    assert (mail.quoted_text, mail.html, mail.attachments, mail.damaged) == ("", None, (), ())
    assert not mail.auto
    assert not mail.bulk


def test_a_date_in_another_zone_is_given_in_utc() -> None:
    mail = read_message(letter(Date="Thu, 12 Mar 2026 10:30:00 +0100"))

    assert mail.date == datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


def test_an_impossible_date_is_no_date() -> None:
    assert read_message(raw("From: a@b.example", "Date: 45 Brumaio 99999 77:99")).date is None


def test_encoded_words_are_decoded_and_hide_no_line_end() -> None:
    subject = "Subject: =?utf-8?Q?Citt=C3=A0=0D=0ABcc:_x?= =?iso-8859-1?Q?_perch=E9?="

    assert read_message(raw("From: a@b.example", subject)).subject == "Città Bcc: x perché"


def test_a_page_without_text_becomes_text_with_its_paragraphs() -> None:
    mail = read_message(with_page("<p>Buongiorno,<br>eccomi.</p><p>Ho <b>pagato</b>.</p>"))

    assert mail.text == "Buongiorno,\neccomi.\n\nHo pagato."
    assert mail.html is not None


def test_the_plain_text_is_preferred_to_the_page() -> None:
    mail = read_message(with_page("<p>Pagina</p>", text="Testo\n"))

    assert mail.text == "Testo"
    assert mail.html == "<p>Pagina</p>\n"


def test_an_attachment_is_kept_with_its_digest() -> None:
    message = EmailMessage()
    message["From"] = "giulia.neri@posta.example"
    message.set_content("Ecco la ricevuta.\n")
    message.add_attachment(
        b"%PDF-1.7", maintype="application", subtype="pdf", filename="Ricevuta è.pdf"
    )

    (one,) = read_message(message.as_bytes()).attachments

    assert (one.name, one.content_type, one.size) == ("Ricevuta è.pdf", "application/pdf", 8)
    assert one.sha256 == sha256(b"%PDF-1.7").hexdigest()
    assert not one.inline


def test_an_image_in_the_page_is_inline_under_its_content_id() -> None:
    page = "Content-Type: text/html\r\n\r\n<img src=cid:logo>"
    image = "Content-Type: image/png\r\nContent-ID: <logo>\r\n\r\npng"

    mail = read_message(multipart("multipart/related", page, image))

    assert [(one.content_id, one.inline) for one in mail.attachments] == [("logo", True)]


def test_a_mail_attached_to_a_mail_is_an_attachment_not_its_words() -> None:
    words = "Content-Type: text/plain\r\n\r\nVi inoltro la loro risposta."
    inner = "Content-Type: message/rfc822\r\n\r\nSubject: Risposta\r\n\r\nParole di altri"

    mail = read_message(multipart("multipart/mixed", words, inner))

    assert mail.text == "Vi inoltro la loro risposta."
    assert [one.name for one in mail.attachments] == ["Risposta.eml"]


def test_a_declared_latin_mail_that_is_really_utf8_keeps_its_accents() -> None:
    mail = read_message(raw("Content-Type: text/plain; charset=iso-8859-1", body="perché\n"))

    assert mail.text == "perché"


def test_an_unknown_charset_is_guessed_and_said_to_be_damaged() -> None:
    mail = read_message(
        b"Content-Type: text/plain; charset=x-ignoto\r\n\r\nperch\xe9 la citt\xe0 \xe8 cos\xec\r\n"
    )

    assert mail.text.startswith("perch")
    assert "undecodable_text" in mail.damaged
