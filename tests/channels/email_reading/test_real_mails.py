"""The bars held on real messages nobody here wrote. They are read where they lie, never copied."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ascolto.channels.adapters.email.identity_key import fingerprint
from ascolto.channels.adapters.email.message import read_message
from tests.channels.email_reading import scores

pytestmark = pytest.mark.corpora

LONGEST_SECONDS = 2.0
FEW = 41  # of so many mails one
MAIL_SETS = (
    "cpython_test_email", "django_helpdesk", "flufl_bounce", "freescout_messages", "mikel_mail",
    "mimekit", "nodemailer_mailparser", "oca_fatturapa_pec", "sisimai", "sisimai_new_2025",
    "spamassassin", "stalwart_mail_parser", "talon",
)  # fmt: skip


@pytest.fixture(name="corpora", scope="module")
def _corpora() -> Path:
    named = os.environ.get("ASCOLTO_CORPORA")
    if not named:
        pytest.skip("ASCOLTO_CORPORA is not set: the bars on real mails were not measured")
    folder = Path(named)
    missing = [one for one in MAIL_SETS if not (folder / one).is_dir()]
    assert not missing, f"ASCOLTO_CORPORA lacks {missing}"
    return folder


def _mails(corpora: Path) -> Iterator[Path]:
    for name in MAIL_SETS:
        yield from sorted(path for path in (corpora / name).rglob("*") if path.is_file())


def test_new_words_are_cut_as_people_would(corpora: Path) -> None:
    score = scores.reply_scores(corpora)

    assert score.exact / score.cases >= 0.70, score.wrong
    assert score.lost_words / score.expected_words <= 0.02, score.losing


def test_bounces_are_seen_with_their_recipients_and_their_weight(corpora: Path) -> None:
    score = scores.bounce_scores(corpora)

    assert score.seen / score.cases >= 0.95, score.wrong
    assert score.recipients / score.cases >= 0.92
    assert score.hard / score.cases >= 0.92
    assert score.reasons / score.cases >= 0.85
    assert score.false_alarms == []


def test_no_ordinary_mail_is_taken_for_a_machines(corpora: Path) -> None:
    count, wrong = scores.false_alarms(corpora)

    assert count > 500
    assert wrong == []


def test_every_certified_mail_is_read(corpora: Path) -> None:
    for row, receipt in scores.receipts(corpora):
        assert receipt is not None, row["file"]
        assert receipt.type == row["tipo"]
        assert receipt.message_id == row["msgid"].replace("&lt;", "").replace("&gt;", "")
        assert receipt.sender == row["mittente"]
        assert receipt.date is not None
        assert receipt.date.strftime("%d/%m/%Y") == row["data"]


def test_every_mail_is_read_in_time(corpora: Path) -> None:
    slow = []
    for path in _mails(corpora):
        data = path.read_bytes()
        started = time.process_time()
        read_message(data)
        fingerprint(data)
        if time.process_time() - started > LONGEST_SECONDS:
            slow.append(path.name)

    assert slow == []


def test_mails_cut_at_every_kilobyte_are_read(corpora: Path) -> None:
    """A few of every set."""
    assert _read_in_pieces(list(_mails(corpora))[::FEW]) > 200


@pytest.mark.faults
def test_all_mails_cut_at_every_kilobyte_are_read(corpora: Path) -> None:
    assert _read_in_pieces(list(_mails(corpora))) > 200 * FEW


def _read_in_pieces(paths: list[Path]) -> int:
    """How many pieces were read."""
    cuts = 0
    for path in paths:
        data = path.read_bytes()[:60_000]
        for end in range(1024, len(data), 1024):
            read_message(data[:end])
            cuts += 1
    return cuts
