"""A worker killed in the middle of a job, for real: another one does the job, once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from ascolto.kit.models import PutBack
from ascolto.kit.sweeperloop import Suspicions, SweeperLoop
from tests.kit.test_sweeper import conninfo

# The first run says that it began and never ends; the second one ends.
WORKER = """
import sys, time
from pathlib import Path
from procrastinate import App, PsycopgConnector

app = App(connector=PsycopgConnector(conninfo=sys.argv[1]))
diary = Path(sys.argv[2])

@app.task(name="kit_tests.deed", queue="work")
def deed():
    first = not diary.exists()
    with diary.open("a") as opened:
        opened.write("began\\n")
    if first:
        time.sleep(600)
    with diary.open("a") as opened:
        opened.write("done\\n")

app.run_worker(
    update_heartbeat_interval=0.2, fetch_job_polling_interval=0.2, stalled_worker_timeout=2
)
"""

pytestmark = pytest.mark.usefixtures("real_queue")


@contextmanager
def worker(diary: Path) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-c", WORKER, conninfo(), str(diary)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603 -- ourselves
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(diary: Path, lines: int) -> None:
    until = time.monotonic() + 60
    while not diary.exists() or len(diary.read_text().splitlines()) < lines:
        assert time.monotonic() < until, "the job did not run in time"
        time.sleep(0.05)


def test_the_job_of_a_killed_worker_is_done_by_another_and_that_of_a_living_one_left(
    tmp_path: Path,
) -> None:
    diary = tmp_path / "diary"
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name) values ('work', %s)",
            ["kit_tests.deed"],
        )
    loop = SweeperLoop(
        conninfo(),
        silence=timedelta(seconds=3),
        every=0.1,
        suspicions=Suspicions(confirm=0.5, longest_gap=5),
    )
    loop.start()
    try:
        with worker(diary) as first:
            wait_for(diary, 1)
            time.sleep(4)  # longer than silence and confirmation together: slow, but living
            assert PutBack.objects.count() == 0

            os.kill(first.pid, signal.SIGKILL)
            with worker(diary):
                wait_for(diary, 3)
    finally:
        loop.stop()

    assert diary.read_text().split() == ["began", "began", "done"]
    assert [row.outcome for row in PutBack.objects.all()] == ["PUT_BACK"]
