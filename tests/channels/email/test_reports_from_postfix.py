"""What Postfix and Dovecot send back about our mail, read as evidence."""

from dataclasses import replace

import pytest

from ascolto.channels.adapters.email.reader import EmailReader
from ascolto.channels.adapters.email.settings import Server
from ascolto.channels.adapters.email.smtp import SmtpCarrier
from ascolto.channels.ports import Heard, Parcel
from tests.channels.email.test_compose import PARCEL
from tests.mailservers.world import PASSWORD, MailWorld

pytestmark = pytest.mark.mailserver


def sent_and_reported(world: MailWorld, desk: str, parcel: Parcel) -> Heard:
    """The first report that comes back to the desk for this parcel."""
    box = world.add_user(desk)
    trusted = str(world.certificates.authority)
    server = Server("127.0.0.1", world.postfix.submission_port, "starttls", desk, PASSWORD, trusted)
    SmtpCarrier(server).carry(replace(parcel, from_address=desk))
    return EmailReader().read(box.wait_for(1)[0])


def test_an_address_that_does_not_exist_is_a_hard_bounce_of_our_message(
    mail_world: MailWorld,
) -> None:
    gone = replace(PARCEL, to_address="nessuno@casa.example")

    heard = sent_and_reported(mail_world, "esiti1@azienda.example", gone)

    (report,) = heard.reports
    assert (heard.kind, heard.sender, report.kind) == ("BOUNCE", None, "BOUNCED_HARD")
    assert (report.message_id, report.address) == (PARCEL.message_id, "nessuno@casa.example")


def test_a_full_mailbox_is_no_dead_address(mail_world: MailWorld) -> None:
    full = mail_world.add_user("piena@casa.example", quota="*:storage=1B")

    heard = sent_and_reported(
        mail_world, "esiti2@azienda.example", replace(PARCEL, to_address=full.address)
    )

    (report,) = heard.reports
    assert (heard.kind, report.kind) == ("BOUNCE", "BOUNCED_SOFT")
    assert report.message_id == PARCEL.message_id


def test_a_report_of_success_is_evidence_and_no_bounce(mail_world: MailWorld) -> None:
    giulia = mail_world.add_user("giulia-esiti@casa.example")

    heard = sent_and_reported(
        mail_world, "esiti3@azienda.example", replace(PARCEL, to_address=giulia.address)
    )

    (report,) = heard.reports
    assert (heard.kind, report.kind) == ("RECEIPT", "DSN_RELAYED")
    assert (report.message_id, report.address) == (PARCEL.message_id, giulia.address)


def test_what_we_send_is_read_back_as_we_wrote_it(mail_world: MailWorld) -> None:
    giulia = mail_world.add_user("giulia-rilegge@casa.example")
    parcel = replace(
        PARCEL, to_address=giulia.address, automatic=True, in_reply_to="<c@casa.example>"
    )

    sent_and_reported(mail_world, "esiti4@azienda.example", parcel)

    heard = EmailReader().read(giulia.wait_for(1)[0])
    assert heard.text.replace("\r\n", "\n").strip() == PARCEL.text.strip()
    assert (heard.kind, heard.bulk, heard.message_id) == ("AUTO", True, PARCEL.message_id)
    assert heard.references == ("<c@casa.example>",)
    assert heard.written_at == PARCEL.written_at
