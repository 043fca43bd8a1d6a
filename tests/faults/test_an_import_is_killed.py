"""`ascolto import` killed with -9 again and again: nothing is lost, nothing is there twice."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ascolto.exchange.models import Run
from ascolto.people.models import Customer, Identity
from ascolto.timeline.models import Entry
from tests import make
from tests.e2e.house import ROOT, environment
from tests.ports import free_port

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_queue"),
]


def importing(path: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603 # our own command
        [sys.executable, "-m", "ascolto.config.cli", "import", "customers", str(path)],
        cwd=ROOT,
        env=environment(free_port()),
        stdout=subprocess.PIPE,
        text=True,
    )


def read_so_far() -> int:
    return Run.objects.order_by("pk").values_list("read", flat=True).first() or 0


def killed_on_the_way(path: Path, *, after: int, seconds: float = 120) -> bool:
    """Whether the import was still at it when it was killed, after that many more rows."""
    process = importing(path)
    goal, deadline = read_so_far() + after, time.monotonic() + seconds
    while process.poll() is None and read_so_far() < goal and time.monotonic() < deadline:
        time.sleep(0.01)
    was_at_it = process.poll() is None
    process.kill()
    process.communicate(timeout=30)
    return was_at_it


def went_through(path: Path, rows: int, *, kills: int, dice: random.Random) -> None:
    lines = [f"A-{at};Cliente {at};cliente{at}@example.org\r\n" for at in range(rows)]
    path.write_bytes("".join(["Codice;Nome;E-mail\r\n", *lines]).encode("cp1252"))
    make.team()

    hit = [killed_on_the_way(path, after=dice.randrange(1, rows // kills)) for _ in range(kills)]
    last = importing(path)
    told = json.loads(last.communicate(timeout=300)[0])

    assert any(hit)  # else nothing was tried
    run = Run.objects.get()  # each start went on with the one before
    assert (told["total"], told["read"], told["refused"]) == (rows, rows, 0)
    assert (run.made, run.changed, run.unchanged) == (rows, 0, 0)
    assert Customer.objects.count() == rows
    assert Identity.objects.count() == 2 * rows
    assert Entry.objects.filter(kind="exchange.customer_made").count() == rows
    assert Entry.objects.filter(kind="exchange.import_finished").count() == 1


def test_a_killed_import_goes_on_where_it_was(tmp_path: Path) -> None:
    went_through(tmp_path / "clienti.csv", 3000, kills=1, dice=random.Random(7))  # noqa: S311 # the same each time


@pytest.mark.faults
def test_an_import_killed_ten_times_loses_and_doubles_nothing(tmp_path: Path) -> None:
    went_through(tmp_path / "clienti.csv", 100_000, kills=10, dice=random.Random())  # noqa: S311 # another each time
