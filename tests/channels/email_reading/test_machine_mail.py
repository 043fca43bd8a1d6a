import pytest

from ascolto.channels.adapters.email.message import read_message
from tests.channels.email_reading.letters import letter, multipart, raw


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-replied (vacation)"},
        {"X_Autoreply": "yes"},
        {"Precedence": "auto_reply"},
        {"Subject": "Risposta automatica: Bolletta", "In_Reply_To": "<nostra@acme.example>"},
        {"Subject": "Fuori ufficio", "Return_Path": "<>"},
        {"Subject": "Automatische Antwort: Rechnung", "Auto_Submitted": "auto-generated"},
        {"Subject": "Out of Office: bill", "Precedence": "bulk"},
    ],
)
def test_an_automatic_answer_opens_no_case(headers: dict[str, str]) -> None:
    mail = read_message(letter(**headers))

    assert mail.auto
    assert mail.bulk


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Auto_Response_Suppress": "All"},
        {"X_Auto_Response_Suppress": "DR, OOF, AutoReply"},
        {"Auto_Submitted": "no"},
        {"Subject": "Out of office: when do you open?"},
        {"Subject": "Re: Risposta che aspetto", "In_Reply_To": "<nostra@acme.example>"},
    ],
)
def test_a_person_is_not_taken_for_a_machine(headers: dict[str, str]) -> None:
    mail = read_message(letter(**headers))

    assert not mail.auto
    assert not mail.bulk


@pytest.mark.parametrize(
    "headers",
    [
        {"List_Id": "<amici.example>"},
        {"List_Unsubscribe": "<mailto:via@amici.example>"},
        {"Precedence": "list"},
        {"From": "no-reply@negozio.example"},
        {"From": "non-rispondere@negozio.example"},
        {"Return_Path": "<>"},
        {"Auto_Submitted": "auto-generated"},
    ],
)
def test_bulk_mail_may_open_a_case_but_gets_no_automatic_answer(headers: dict[str, str]) -> None:
    mail = read_message(letter(**headers))

    assert mail.bulk
    assert not mail.auto


def test_a_bounce_is_automatic() -> None:
    mail = read_message(
        raw(
            "From: MAILER-DAEMON@mx.example",
            "Subject: failure notice",
            body="<a@b.example>:\n550\n",
        )
    )

    assert mail.bounce is not None
    assert mail.auto


def test_a_complaint_about_our_mail_is_read() -> None:
    mail = read_message(
        multipart(
            "multipart/report; report-type=feedback-report",
            "Content-Type: text/plain\r\n\r\nThis is an email abuse report.",
            "Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n"
            "Original-Rcpt-To: <giulia@posta.example>\r\n",
            "Content-Type: message/rfc822\r\n\r\nMessage-ID: <nostra-3@acme.example>\r\n\r\nCiao",
        )
    )

    assert mail.complaint is not None
    assert mail.complaint.kind == "abuse"
    assert mail.complaint.recipients == ("giulia@posta.example",)
    assert mail.complaint.original_message_id == "nostra-3@acme.example"
    assert mail.auto
