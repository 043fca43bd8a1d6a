"""The commands people script against, run as people run them (the table of the architecture)."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from ascolto.channels.models import Arrival, Channel, Item
from tests import make
from tests.e2e.house import ROOT, environment

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_queue"),
    pytest.mark.xdist_group("commands"),
]
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def ascolto() -> Run:
    def run(
        *arguments: str, given: bytes = b"", **settings: str
    ) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(  # noqa: S603 # our own command
            [sys.executable, "-m", "ascolto.config.cli", *arguments],
            input=given,
            capture_output=True,
            cwd=ROOT,
            env={**environment(8000), **settings},
            timeout=120,
            check=False,
        )

    return run


def test_a_message_piped_in_is_a_case_and_again_a_duplicate(ascolto: Run) -> None:
    make.mailbox()

    first = ascolto("receive", "email", given=make.mail())
    again = ascolto("receive", "email", given=make.mail())

    assert first.returncode == again.returncode == 0
    said, repeated = json.loads(first.stdout), json.loads(again.stdout)
    assert said == {
        "message": Item.objects.get().pk,
        "case": said["case"],
        "customer": said["customer"],
        "created": True,
        "duplicate": False,
        "verified": False,
        "auto": False,
        "bulk": False,
        "bounce": False,
        "quarantined": False,
    }
    assert said["case"].startswith("C-")
    assert (repeated["duplicate"], repeated["created"], repeated["case"]) == (
        True,
        False,
        said["case"],
    )


def test_what_cannot_be_read_is_kept_and_accepted(ascolto: Run) -> None:
    make.mailbox()

    done = ascolto("receive", "email", given=b"\x00\xff no sender at all")

    assert done.returncode == 0
    assert json.loads(done.stdout)["quarantined"] is True
    assert Arrival.objects.get().quarantined_at is not None


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({}, id="no mailbox is set up"),
        pytest.param({"DATABASE_URL": "postgresql://127.0.0.1:1/nowhere"}, id="no database"),
    ],
)
def test_what_is_not_kept_is_to_be_tried_again(ascolto: Run, settings: dict[str, str]) -> None:
    Channel.objects.all().delete()

    done = ascolto("receive", "email", given=make.mail(), **settings)

    assert done.returncode == os.EX_TEMPFAIL
    assert b"try again" in done.stderr


def test_a_message_that_is_too_large_goes_back_to_its_sender(ascolto: Run) -> None:
    make.mailbox()
    large = make.mail("x" * (1024**2 + 1))

    done = ascolto("receive", "email", given=large, ASCOLTO_LARGEST_MESSAGE_MB="1")

    assert done.returncode == os.EX_UNAVAILABLE
    assert b"larger than 1 MB" in done.stderr
    assert not Arrival.objects.exists()


def test_parse_says_what_a_file_says_without_a_database(ascolto: Run, tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Giulia <giulia@example.org>", "Ciao"
    message.set_content("Buongiorno")
    (tmp_path / "one.eml").write_bytes(message.as_bytes())

    done = ascolto(
        "parse", "email", str(tmp_path / "one.eml"), str(tmp_path / "none.eml"), DATABASE_URL=""
    )

    there, missing = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert (there["from"], there["subject"], there["error"]) == (
        "giulia@example.org",
        "Ciao",
        None,
    )
    assert missing["error"]


def test_a_token_is_shown_once_and_opens_the_api(ascolto: Run) -> None:
    elena = make.colleague()

    done = ascolto("token", "create", "integrazione", "--colleague", elena.email)

    assert done.returncode == 0
    assert len(done.stdout.strip()) >= 22


def test_a_wrong_setting_is_refused_in_a_sentence(ascolto: Run) -> None:
    done = ascolto("doctor", PORT="abc")

    assert done.returncode == os.EX_CONFIG
    assert b"PORT must be a whole number" in done.stderr


def test_the_doctor_says_what_is_wrong(ascolto: Run) -> None:
    make.mailbox()

    done = ascolto("doctor", ASCOLTO_HOMME="/nowhere")

    assert done.returncode == 1
    assert b"did you mean ASCOLTO_HOME?" in done.stdout
    assert b"ok    PostgreSQL" in done.stdout
