import io
import json
from pathlib import Path

from ascolto.channels.adapters.email.report import describe, parse_files
from tests.channels.email_reading.letters import letter, multipart

KEYS = [
    "file", "from", "to", "subject", "message_id", "in_reply_to", "references", "date",
    "reply_text", "html", "attachments", "auto", "bulk", "bounce", "pec", "error",
]  # fmt: skip


def test_a_mail_becomes_the_agreed_object() -> None:
    row = describe("lettera.eml", letter(References="<uno@acme.example> <due@acme.example>"))

    assert list(row) == KEYS
    assert row == {
        "file": "lettera.eml",
        "from": "giulia.neri@posta.example",
        "to": ["assistenza@acme.example"],
        "subject": "Bolletta di marzo",
        "message_id": "lettera-1@posta.example",
        "in_reply_to": None,
        "references": ["uno@acme.example", "due@acme.example"],
        "date": "2026-03-12T09:30:00+00:00",
        "reply_text": "Buongiorno,\n\nla bolletta è doppia.",
        "html": None,
        "attachments": [],
        "auto": False,
        "bulk": False,
        "bounce": None,
        "pec": None,
        "error": None,
    }


def test_a_bounce_is_told_with_its_recipients() -> None:
    row = describe(
        "x.eml",
        multipart(
            "multipart/report",
            "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
            "Final-Recipient: rfc822; giulia@posta.example\r\nAction: failed\r\nStatus: 5.1.1\r\n",
        ),
    )

    assert row["bounce"] == {
        "recipients": [
            {"address": "giulia@posta.example", "status": "5.1.1", "action": "failed", "hard": True}
        ]
    }


def test_a_damaged_mail_says_so() -> None:
    assert (
        "unclosed_parts"
        in describe("x.eml", multipart("multipart/mixed", "\r\nCiao")[:-20])["error"]
    )


def test_every_file_gives_one_line_whatever_it_is(tmp_path: Path) -> None:
    good, noise = tmp_path / "buona.eml", tmp_path / "rumore"
    good.write_bytes(letter())
    noise.write_bytes(bytes(range(256)) * 40)
    out = io.StringIO()
    paths = [str(good), str(tmp_path / "manca.eml"), str(tmp_path), str(noise), "a\x00b"]

    parse_files(paths, out)

    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [row["file"] for row in rows] == paths
    assert all(list(row) == KEYS for row in rows)
    assert rows[0]["error"] is None
    assert all(rows[at]["error"] for at in (1, 2, 3, 4))
