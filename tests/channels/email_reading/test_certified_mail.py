from base64 import b64encode
from datetime import UTC, datetime

import pytest

from ascolto.channels.adapters.email.message import read_message
from ascolto.channels.adapters.email.report import describe
from tests.channels.email_reading.letters import multipart

DATICERT = """<?xml version="1.0" encoding="UTF-8"?>
<postacert tipo="{kind}" errore="{error}">
 <intestazione>
  <mittente>noi@pec.acme.example</mittente>
  <destinatari tipo="certificato">giulia@pec.example</destinatari>
  <destinatari tipo="esterno">marta@posta.example</destinatari>
  <oggetto>Fattura 7</oggetto>
 </intestazione>
 <dati>
  <gestore-emittente>Gestore di Prova</gestore-emittente>
  <data zona="+0100"><giorno>12/03/2026</giorno><ora>00:30:00</ora></data>
  <identificativo>opec1@gestore.example</identificativo>
  <msgid>&lt;fattura-7@acme.example&gt;</msgid>
 </dati>
</postacert>
"""


def _certified(*headers: str, daticert: str | None = None, mail: str | None = None) -> bytes:
    parts = ["Content-Type: text/plain\r\n\r\nRicevuta."]
    if daticert is not None:
        encoded = b64encode(daticert.encode()).decode()
        parts.append(
            'Content-Type: application/xml; name="daticert.xml"\r\n'
            f"Content-Transfer-Encoding: base64\r\n\r\n{encoded}"
        )
    if mail is not None:
        parts.append(f'Content-Type: message/rfc822; name="postacert.eml"\r\n\r\n{mail}')
    return multipart("multipart/mixed", *parts, headers=headers)


@pytest.mark.parametrize("kind", ["accettazione", "avvenuta-consegna", "presa-in-carico"])
def test_a_receipt_is_read_from_its_daticert(kind: str) -> None:
    data = _certified(f"X-Ricevuta: {kind}", daticert=DATICERT.format(kind=kind, error="nessuno"))

    receipt = read_message(data).pec

    assert receipt is not None
    assert (receipt.type, receipt.error) == (kind, "nessuno")
    assert receipt.message_id == "fattura-7@acme.example"
    assert receipt.sender == "noi@pec.acme.example"
    assert receipt.date == datetime(2026, 3, 11, 23, 30, tzinfo=UTC)
    assert receipt.certified == ("giulia@pec.example",)
    assert receipt.recipients == ("giulia@pec.example", "marta@posta.example")


def test_a_receipt_is_automatic_and_no_bounce() -> None:
    mail = read_message(
        _certified("X-Ricevuta: errore-consegna", "Subject: AVVISO DI MANCATA CONSEGNA: Fattura 7")
    )

    assert mail.auto
    assert mail.bounce is None


def test_the_daticert_outranks_the_subject() -> None:
    data = _certified(
        "X-Ricevuta: errore-consegna",
        "Subject: CONSEGNA: Fattura 7",
        daticert=DATICERT.format(kind="errore-consegna", error="no-dest"),
    )

    receipt = read_message(data).pec

    assert receipt is not None
    assert (receipt.type, receipt.error) == ("errore-consegna", "no-dest")


def test_without_a_daticert_the_headers_tell() -> None:
    data = _certified(
        "X-Ricevuta: errore-consegna",
        "X-Riferimento-Message-ID: <fattura-7@acme.example>",
        "To: noi@pec.acme.example",
        "Date: Thu, 12 Mar 2026 10:30:00 +0100",
    )

    receipt = read_message(data).pec

    assert receipt is not None
    assert receipt.message_id == "fattura-7@acme.example"
    assert receipt.sender == "noi@pec.acme.example"
    assert receipt.date == datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


def test_a_broken_daticert_still_names_its_message() -> None:
    broken = DATICERT.format(kind="accettazione", error="nessuno").replace("</dati>", "<&")

    receipt = read_message(_certified(daticert=broken)).pec

    assert receipt is not None
    assert (receipt.type, receipt.message_id) == ("accettazione", "fattura-7@acme.example")
    assert receipt.date == datetime(2026, 3, 11, 23, 30, tzinfo=UTC)


def test_a_daticert_with_entities_is_not_expanded() -> None:
    bomb = '<!DOCTYPE p [<!ENTITY a "aaaa">]><postacert tipo="accettazione">&a;</postacert>'

    receipt = read_message(_certified("X-Ricevuta: accettazione", daticert=bomb)).pec

    assert receipt is not None
    assert receipt.message_id is None


def test_the_customers_mail_is_taken_out_of_its_envelope() -> None:
    inner = (
        "From: Giulia Neri <giulia@pec.example>\r\nSubject: Disdetta\r\n"
        "Message-ID: <sua-1@pec.example>\r\n\r\nVoglio disdire.\r\n"
    )
    data = _certified(
        "X-Trasporto: posta-certificata",
        'From: "Per conto di: giulia@pec.example" <posta-certificata@gestore.example>',
        "Message-ID: <busta-1@gestore.example>",
        daticert=DATICERT.format(kind="posta-certificata", error="nessuno"),
        mail=inner,
    )

    mail = read_message(data)

    assert (mail.from_address, mail.subject) == ("giulia@pec.example", "Disdetta")
    assert mail.reply_text == "Voglio disdire."
    assert mail.message_id == "busta-1@gestore.example"
    assert not mail.auto


def test_a_mail_that_only_speaks_of_receipts_is_none() -> None:
    mail = read_message(b"From: giulia@posta.example\r\nSubject: ACCETTAZIONE: x\r\n\r\nCiao")

    assert mail.pec is None


def test_a_receipt_is_dated_by_the_italian_day() -> None:
    row = describe(
        "x.eml", _certified(daticert=DATICERT.format(kind="accettazione", error="nessuno"))
    )

    assert row["pec"] == {
        "type": "accettazione",
        "message_id": "fattura-7@acme.example",
        "sender": "noi@pec.acme.example",
        "date": "2026-03-12T00:30:00+01:00",
    }
