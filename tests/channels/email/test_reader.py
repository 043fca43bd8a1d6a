from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ascolto.channels.adapters.email.reader import EmailReader, heard
from ascolto.channels.adapters.email.values import (
    Attachment,
    Bounce,
    BouncedRecipient,
    Complaint,
    PecReceipt,
    ReadMail,
)
from ascolto.people.policy import Sender

WRITTEN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MAIL = ReadMail(
    from_address="giulia@casa.example",
    from_name="Giulia Bianchi",
    sender_ambiguous=False,
    reply_to=(),
    to=(("Assistenza", "assistenza@azienda.example"),),
    cc=(),
    subject="Fattura di marzo",
    message_id="3@casa.example",
    in_reply_to=None,
    references=(),
    date=WRITTEN,
    text="Non mi torna.\n\n> Gentile cliente",
    reply_text="Non mi torna.",
    quoted_text="> Gentile cliente",
    html=None,
    attachments=(),
    auto=False,
    bulk=False,
    bounce=None,
    pec=None,
    complaint=None,
    damaged=(),
    headers={},
)
GONE = BouncedRecipient("marta@casa.example", "5.1.1", "failed", hard=True)
RECEIPT = PecReceipt(
    type="avvenuta-consegna",
    message_id="7@azienda.example",
    sender=None,
    date=WRITTEN,
    identifier="opec1",
    recipients=("studio@pec.example",),
    certified=("studio@pec.example",),
    error="nessuno",
    provider="Gestore",
)


def bounced(*recipients: BouncedRecipient) -> ReadMail:
    return replace(MAIL, bounce=Bounce(recipients, "user_unknown", "7@azienda.example"), auto=True)


def test_a_persons_mail_is_a_message_with_its_new_words_apart_from_the_quotation() -> None:
    said = heard(MAIL)

    assert said.kind == "MESSAGE"
    assert said.sender == Sender("EMAIL", "giulia@casa.example", "Giulia Bianchi")
    assert (said.text, said.quoted) == ("Non mi torna.", "> Gentile cliente")
    assert said.message_id == "<3@casa.example>"
    assert said.written_at == WRITTEN


def test_what_it_answers_comes_first_and_then_its_ancestors_from_the_youngest() -> None:
    mail = replace(MAIL, in_reply_to="c@x.example", references=("a@x.example", "b@x.example"))

    assert heard(mail).references == ("<c@x.example>", "<b@x.example>", "<a@x.example>")


def test_of_a_long_thread_the_fifty_nearest_are_kept_once_each() -> None:
    mail = replace(
        MAIL, in_reply_to="79@x.example", references=tuple(f"{n}@x.example" for n in range(80))
    )

    nearest = heard(mail).references

    assert nearest[:2] == ("<79@x.example>", "<78@x.example>")
    assert len(nearest) == len(set(nearest)) == 50


def test_a_sender_that_can_be_read_in_two_ways_is_nobody() -> None:
    assert heard(replace(MAIL, from_address=None, sender_ambiguous=True)).sender is None


@pytest.mark.parametrize(
    ("recipient", "kind"),
    [
        (GONE, "BOUNCED_HARD"),
        (replace(GONE, status="4.2.2", hard=False), "BOUNCED_SOFT"),
        (replace(GONE, status="2.0.0", action="delivered", hard=False), "DSN_DELIVERED"),
        (replace(GONE, status="2.0.0", action="relayed", hard=False), "DSN_RELAYED"),
        (replace(GONE, status="4.4.1", action="delayed", hard=False), "DSN_DELAYED"),
    ],
)
def test_each_recipient_of_a_report_gives_one_piece_of_evidence(
    recipient: BouncedRecipient, kind: str
) -> None:
    (report,) = heard(bounced(recipient)).reports

    assert (report.kind, report.message_id) == (kind, "<7@azienda.example>")
    assert report.address == "marta@casa.example"


def test_a_machine_that_reports_on_our_mail_is_nobodys_customer() -> None:
    for mail in (bounced(GONE), replace(MAIL, pec=RECEIPT)):
        assert heard(mail).sender is None


def test_a_bounce_is_told_apart_from_a_report_of_success() -> None:
    delivered = replace(GONE, action="delivered", hard=False)

    assert heard(bounced(GONE)).kind == "BOUNCE"
    assert heard(bounced(delivered)).kind == "RECEIPT"


def test_a_bounce_that_names_nobody_never_gives_an_address_up() -> None:
    (report,) = heard(bounced()).reports

    assert (report.kind, report.address) == ("BOUNCED_SOFT", "")


@pytest.mark.parametrize(
    ("kind", "evidence"),
    [
        ("accettazione", "PEC_ACCEPTED"),
        ("avvenuta-consegna", "PEC_DELIVERED"),
        ("non-accettazione", "PEC_FAILED"),
        ("errore-consegna", "PEC_FAILED"),
        ("preavviso-errore-consegna", "PEC_FAILED"),
        ("rilevazione-virus", "PEC_FAILED"),
    ],
)
def test_a_pec_receipt_says_what_became_of_our_message(kind: str, evidence: str) -> None:
    said = heard(replace(MAIL, pec=replace(RECEIPT, type=kind), auto=True))

    assert said.kind == "RECEIPT"
    assert [report.kind for report in said.reports] == [evidence]
    assert said.reports[0].address == "studio@pec.example"


@pytest.mark.parametrize("error", [None, "altro"])
def test_a_delivery_receipt_that_does_not_say_no_error_proves_nothing(error: str | None) -> None:
    assert heard(replace(MAIL, pec=replace(RECEIPT, error=error))).reports == ()


def test_a_pec_envelope_is_a_message_of_the_person_inside() -> None:
    said = heard(replace(MAIL, pec=replace(RECEIPT, type="posta-certificata")))

    assert (said.kind, said.reports) == ("MESSAGE", ())
    assert said.sender is not None


def test_a_complaint_names_our_message_and_who_complained() -> None:
    complaint = Complaint("abuse", ("marta@casa.example",), "7@azienda.example")

    said = heard(replace(MAIL, complaint=complaint, auto=True))

    assert said.kind == "COMPLAINT"
    assert [(one.kind, one.address) for one in said.reports] == [
        ("COMPLAINED", "marta@casa.example")
    ]


def test_files_come_along() -> None:
    scan = Attachment("bolletta.pdf", "application/pdf", 3, "ab", None, inline=False, data=b"pdf")

    (file,) = heard(replace(MAIL, attachments=(scan,))).files

    assert (file.name, file.content_type, file.data) == ("bolletta.pdf", "application/pdf", b"pdf")


def test_headers_that_claim_to_be_ours_mean_nothing() -> None:
    plain = b"From: giulia@casa.example\r\nSubject: x\r\nMessage-ID: <1@casa.example>\r\n\r\nciao"
    forged = b"X-Ascolto-Case: 12\r\nX-Ascolto-Author: Elena\r\nX-Ascolto-Verified: yes\r\n" + plain

    reader = EmailReader()

    assert reader.read(forged) == reader.read(plain)
