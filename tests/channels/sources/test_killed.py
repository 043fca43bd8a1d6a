"""A listener killed in the middle, for real: the next one goes on, and each thing is kept once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from ascolto.channels.models import Arrival, Channel
from tests import make
from tests.kit.test_sweeper import conninfo
from tests.mailservers.world import until

CHILD = """
import threading
import django
django.setup()
from ascolto.channels.listening.listener import Habits
from ascolto.channels.listening.runner import SourceListeners
from tests.channels.sources import lines

lines.serve()
SourceListeners(
    threading.Event(),
    wants=lambda channel: lambda text, **who: True,
    reload_seconds=0.3,
    habits=Habits(look_every=0.2),
).run()
"""
LINES = 300
SLOWLY = 0.2  # seconds from seven lines to the next: whoever kills it may be late

pytestmark = pytest.mark.usefixtures("real_queue")


@contextmanager
def listener() -> Iterator["subprocess.Popen[bytes]"]:
    """`ascolto listen` on the database of this test."""
    environment = {
        **os.environ,
        "DATABASE_URL": conninfo(),
        "DJANGO_SETTINGS_MODULE": "ascolto.config.settings",
        "PYTHONPATH": "src:.",
    }
    process = subprocess.Popen([sys.executable, "-c", CHILD], env=environment)  # noqa: S603 -- ourselves
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_killed_again_and_again_nothing_is_lost_and_nothing_is_twice(tmp_path: Path) -> None:
    file = tmp_path / "parole"
    file.write_text("".join(f"Rete giù, messaggio {at}\n" for at in range(LINES)))
    heard = Channel.objects.create(
        kind="FEED", name="parole", title="Parole", team=make.team(),
        settings={"file": str(file), "pause": SLOWLY}, opened_at=make.LONG_AGO,
    )  # fmt: skip
    arrivals = Arrival.objects.filter(channel=heard)

    for kept_by_then in (30, 120):
        with listener() as process:
            until(lambda at=kept_by_then: arrivals.count() > at)  # type: ignore[misc] # its own number
            os.kill(process.pid, signal.SIGKILL)
        assert arrivals.count() < LINES, "it was killed too late to prove anything"
        let_the_lease_run_out()
    Channel.objects.filter(pk=heard.pk).update(settings={"file": str(file)})
    with listener():
        until(lambda: arrivals.count() >= LINES)
        time.sleep(0.5)

    assert arrivals.count() == LINES
    assert len(set(arrivals.values_list("external_id", flat=True))) == LINES
    assert len(set(arrivals.values_list("raw_id", flat=True))) == LINES


def let_the_lease_run_out() -> None:
    with connection.cursor() as cursor:
        cursor.execute("update kit_lease set until_at = 'epoch'")
