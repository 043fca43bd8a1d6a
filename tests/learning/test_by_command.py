"""`ascolto learn`, `--back` and `read`, run as people run them."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ascolto.learning import services
from ascolto.learning.services import Misread
from ascolto.reading.model import shipped
from tests import make
from tests.e2e.house import ROOT, environment

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_queue"),
    pytest.mark.xdist_group("commands"),
]
LONGEST = 1_800  # seconds: learning is some minutes' work, and machines are shared
SAID = "il mio zibibbo {} fa le bizze"
COLOURS = ["rosso", "verde", "giallo", "bianco", "nero", "grigio", "viola", "blu", "ocra", "rosa"]
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def ascolto(tmp_path: Path) -> Run:
    def run(*arguments: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(  # noqa: S603 # our own command
            [sys.executable, "-m", "ascolto.config.cli", *arguments],
            input=given,
            capture_output=True,
            cwd=ROOT,
            env={**environment(8000), "ASCOLTO_HOME": str(tmp_path)},
            timeout=LONGEST,
            check=False,
        )

    return run


def corrected(*colours: str) -> None:
    """Letters with a word that Ascolto does not know, of which a person said the matter."""
    elena = make.colleague()
    for colour in colours:
        item = make.receive(make.mail(text=SAID.format(colour), subject=""))
        assert item is not None
        services.correct(item, Misread("topic", "other", "account_app"), by=elena, now=make.NOON)


def read(ascolto: Run) -> tuple[str, str]:
    given = json.dumps({"text": SAID.format("turchese"), "channel": "email"}).encode()
    said = json.loads(ascolto("read", given=given).stdout)
    return said["model"], said["topic"]


def test_without_corrections_it_says_so(ascolto: Run) -> None:
    done = ascolto("learn")

    assert done.returncode == 0
    assert b"Nobody has corrected anything" in done.stdout


def test_so_few_corrections_are_not_worth_some_minutes(ascolto: Run) -> None:
    corrected("rosso", "verde")

    done = ascolto("learn")

    assert done.returncode == 0
    assert b"2 corrected so far; it takes 10" in done.stdout


def test_from_the_model_that_came_there_is_no_way_back(ascolto: Run) -> None:
    done = ascolto("learn", "--back")

    assert done.returncode == 1
    assert b"reads already" in done.stderr


@pytest.mark.faults
def test_what_people_corrected_is_learnt_reads_and_can_be_undone(
    ascolto: Run, tmp_path: Path
) -> None:
    before = read(ascolto)
    corrected(*COLOURS)
    house = f"{shipped().version}+1"

    learnt = ascolto("learn")
    after = read(ascolto)
    back = ascolto("learn", "--back")

    assert before == (shipped().version, "other")
    assert learnt.returncode == back.returncode == 0, learnt.stderr.decode()
    assert f"{house} is better and reads now".encode() in learnt.stdout, learnt.stdout.decode()
    assert after == (house, "account_app")
    assert read(ascolto)[0] == shipped().version
    assert (tmp_path / "reading" / f"{house}.npz").exists()
