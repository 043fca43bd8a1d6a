import base64
import re
import time
import traceback
from dataclasses import replace
from pathlib import Path

import pytest

from ascolto.channels.adapters.email.settings import Security, Server
from ascolto.channels.adapters.email.smtp import SmtpCarrier
from ascolto.channels.ports import NotNow, Refused
from tests.channels.email.test_compose import PARCEL
from tests.mailservers.scripted import BREAK, SILENCE, ScriptedSmtp
from tests.mailservers.world import PASSWORD, MailWorld

CANARY = "canarino-che-non-deve-cantare"
VERBS = ["GREETING", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "."]


def carrier_to(smtp: ScriptedSmtp, *, step: float = 1.0, total: float = 5.0) -> SmtpCarrier:
    server = Server("127.0.0.1", smtp.port, "plain", "anna", CANARY)
    return SmtpCarrier(server, step_seconds=step, total_seconds=total)


def test_the_message_arrives_byte_for_byte() -> None:
    parcel = replace(PARCEL, text=".un punto\n..due\n.\nfine\n")

    with ScriptedSmtp() as smtp:
        sent = carrier_to(smtp).carry(parcel)

    assert sent.kind == "SMTP_ACCEPTED"
    assert b"\r\n.un punto\r\n..due\r\n.\r\nfine\r\n" in smtp.kept[0]
    assert smtp.heard[2].startswith(f"mail FROM:<{PARCEL.from_address}> SIZE=")


def test_copies_are_named_to_the_server_and_in_the_mail() -> None:
    parcel = replace(PARCEL, cc=("piero@example.net", "neri@example.net"))

    with ScriptedSmtp() as smtp:
        carrier_to(smtp).carry(parcel)

    named = [one for one in smtp.heard if one.lower().startswith("rcpt")]
    assert [one.split("<")[1].split(">")[0] for one in named] == [
        parcel.to_address,
        "piero@example.net",
        "neri@example.net",
    ]
    assert b"\r\nCc: piero@example.net, neri@example.net\r\n" in smtp.kept[0]


def test_a_copy_to_what_is_no_address_is_refused_and_hides_nothing_in_a_header() -> None:
    with pytest.raises(Refused), ScriptedSmtp() as smtp:
        carrier_to(smtp).carry(replace(PARCEL, cc=("a@b.it\r\nBcc: tutti@example.net",)))


@pytest.mark.parametrize("verb", VERBS)
def test_a_no_for_the_moment_means_later_wherever_it_is_said(verb: str) -> None:
    with ScriptedSmtp({verb: "451 4.3.0 try later"}) as smtp, pytest.raises(NotNow) as refusal:
        carrier_to(smtp).carry(PARCEL)

    assert not refusal.value.maybe_delivered


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "."])
def test_a_no_for_good_to_the_message_is_final(verb: str) -> None:
    with (
        ScriptedSmtp({verb: "550 5.1.1 no such user"}) as smtp,
        pytest.raises(Refused, match=r"550 5\.1\.1 no such user"),
    ):
        carrier_to(smtp).carry(PARCEL)


@pytest.mark.parametrize("verb", ["GREETING", "EHLO", "AUTH"])
def test_a_server_that_does_not_want_us_is_not_the_messages_fault(verb: str) -> None:
    with ScriptedSmtp({verb: "554 5.7.1 go away"}) as smtp, pytest.raises(NotNow):
        carrier_to(smtp).carry(PARCEL)


def test_being_asked_to_log_in_late_is_not_the_messages_fault() -> None:
    with ScriptedSmtp({"MAIL": "530 5.7.0 log in first"}) as smtp, pytest.raises(NotNow):
        carrier_to(smtp).carry(PARCEL)


@pytest.mark.parametrize("verb", VERBS)
def test_a_line_that_breaks_after_the_last_byte_may_have_delivered(verb: str) -> None:
    with ScriptedSmtp({verb: BREAK}) as smtp, pytest.raises(NotNow) as refusal:
        carrier_to(smtp).carry(PARCEL)

    assert refusal.value.maybe_delivered is (verb == ".")


@pytest.mark.parametrize("verb", ["GREETING", "AUTH", "RCPT", "."])
def test_a_server_that_falls_silent_is_left_in_time(verb: str) -> None:
    start = time.monotonic()

    with ScriptedSmtp({verb: SILENCE}) as smtp, pytest.raises(NotNow) as refusal:
        carrier_to(smtp, step=0.3).carry(PARCEL)

    assert time.monotonic() - start < 15  # it would say nothing for half a minute
    assert refusal.value.maybe_delivered is (verb == ".")


@pytest.mark.parametrize("verb", ["GREETING", "RCPT"])
def test_a_server_that_drips_is_left_in_time(verb: str) -> None:
    start = time.monotonic()

    with ScriptedSmtp({verb: "drip"}) as smtp, pytest.raises(NotNow):
        carrier_to(smtp, step=1.0, total=0.6).carry(PARCEL)

    assert time.monotonic() - start < 15  # as above


def test_nobody_there_means_later() -> None:
    with ScriptedSmtp() as smtp:
        carrier = carrier_to(smtp)

    with pytest.raises(NotNow):
        carrier.carry(PARCEL)


def test_what_cannot_be_written_as_mail_is_refused_without_a_connection() -> None:
    with ScriptedSmtp() as smtp, pytest.raises(Refused):
        carrier_to(smtp).carry(replace(PARCEL, to_address="nessuno"))

    assert smtp.heard == []


@pytest.mark.parametrize("answer", ["535 5.7.8 bad: {}", "454 4.7.0 {}", "334 {}", BREAK])
def test_a_password_never_shows_in_what_went_wrong(answer: str) -> None:
    plain = base64.b64encode(f"\0anna\0{CANARY}".encode()).decode()
    said = answer.format(f"{CANARY} {plain}")

    with ScriptedSmtp({"AUTH": said}) as smtp, pytest.raises(NotNow) as refusal:
        carrier_to(smtp).carry(PARCEL)

    trace = "".join(traceback.format_exception(refusal.value))
    for secret in (CANARY, plain, base64.b64encode(CANARY.encode()).decode()):
        assert secret not in trace
        assert secret not in repr(refusal.value)


@pytest.mark.parametrize("length", range(90, 104))
def test_the_name_of_a_delivery_is_cut_where_it_may_be(length: int) -> None:
    dsn = {"EHLO": "250-posta.example\r\n250-DSN\r\n250 AUTH PLAIN"}
    parcel = replace(PARCEL, message_id=f"<{'a' * length}=+=+@azienda.example>")

    with ScriptedSmtp(dsn) as smtp:
        carrier_to(smtp).carry(parcel)

    envelope_id = re.search(r"ENVID=(\S+)", smtp.heard[2])
    assert envelope_id is not None
    assert re.fullmatch(r"(?:[!-*,-<>-~]|\+[0-9A-F]{2}){1,100}", envelope_id[1])


@pytest.mark.mailserver
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_postfix_takes_it_over_tls_and_reports_back(
    mail_world: MailWorld, security: Security
) -> None:
    desk = mail_world.add_user(f"posta-{security}@azienda.example")
    giulia = mail_world.add_user(f"giulia-{security}@casa.example")
    postfix = mail_world.postfix
    port = postfix.implicit_port if security == "tls" else postfix.submission_port
    trusted = str(mail_world.certificates.authority)
    server = Server("127.0.0.1", port, security, desk.address, PASSWORD, trusted)
    parcel = replace(PARCEL, from_address=desk.address, to_address=giulia.address)

    SmtpCarrier(server).carry(parcel)

    assert parcel.message_id.encode() in giulia.wait_for(1)[0]
    report = desk.wait_for(1)[0]
    assert b"Original-Envelope-Id: 7.firma@azienda.example" in report
    assert b"Action: relayed" in report


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_an_authority_that_cannot_be_read_is_trouble_for_later(
    security: Security, tmp_path: Path
) -> None:
    with ScriptedSmtp({"STARTTLS": "220 go"}) as smtp:
        missing = str(tmp_path / "nessuna.pem")
        server = Server("127.0.0.1", smtp.port, security, "anna", CANARY, missing)

        with pytest.raises(NotNow):
            SmtpCarrier(server, step_seconds=1, total_seconds=3).carry(PARCEL)


@pytest.mark.mailserver
def test_a_certificate_nobody_vouches_for_gets_no_password(mail_world: MailWorld) -> None:
    server = Server("127.0.0.1", mail_world.postfix.implicit_port, "tls", "anna", CANARY)

    with pytest.raises(NotNow, match="CERTIFICATE_VERIFY_FAILED"):
        SmtpCarrier(server).carry(PARCEL)
