"""`ascolto receive` with many files: accepted at once, read in transactions nobody waits for."""

import io
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from ascolto.channels import registry
from ascolto.channels.adapters.email import outside
from ascolto.channels.models import Arrival, Channel
from ascolto.channels.ports import Heard
from ascolto.config.processes.receive import receive_files
from ascolto.people.policy import Sender
from tests import make

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_queue"),
    pytest.mark.xdist_group("commands"),
]
NAMES = ("anna", "giulia", "marta")


@dataclass
class Watched:
    """A reader during whose work somebody else looks at the database."""

    look: Callable[[], object]
    seen: list[object] = field(default_factory=list)
    killed: bool = False

    def read(self, raw: bytes) -> Heard:
        if self.killed:
            raise KeyboardInterrupt
        looking = threading.Thread(target=self._look)
        looking.start()
        looking.join(60)
        name = raw.decode()
        return Heard(
            sender=Sender("EMAIL", f"{name}@example.org", name.capitalize()),
            message_id=f"<{name}@example.org>",
            text=name,
        )

    def _look(self) -> None:
        self.seen.append(self.look())
        connection.close()


@pytest.fixture
def reader() -> Iterator[Watched]:
    one = Watched(lambda: (Arrival.objects.count(), open_transactions()))
    registry.register(Channel.Kind.EMAIL, reader=lambda: one, carrier=outside.carrier_of)
    yield one
    registry.register(Channel.Kind.EMAIL, reader=outside.reader, carrier=outside.carrier_of)


def open_transactions() -> int:
    """How many other sessions of this database hold one open while they do something else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_stat_activity where datname = current_database()"
            " and pid <> pg_backend_pid() and state like 'idle in transaction%'"
        )
        return int((cursor.fetchone() or (0,))[0])


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    make.mailbox()
    for name in NAMES:
        (tmp_path / name).write_text(name)
    return [str(tmp_path / name) for name in NAMES]


def test_all_are_accepted_first_and_are_read_with_no_transaction_open(
    reader: Watched, files: list[str]
) -> None:
    out = io.StringIO()

    receive_files(files, channel_name=None, out=out)

    said = [json.loads(line) for line in out.getvalue().splitlines()]
    assert reader.seen == [(3, 0)] * 3
    assert all(one["created"] and one["case"] for one in said)


def test_what_was_accepted_is_read_by_a_worker_if_the_command_dies(
    reader: Watched, files: list[str]
) -> None:
    reader.killed = True

    with pytest.raises(KeyboardInterrupt):
        receive_files(files, channel_name=None, out=io.StringIO())

    (job,) = ProcrastinateJob.objects.filter(task_name="channels.read_arrivals")
    kept = set(Arrival.objects.filter(read_at=None).values_list("pk", flat=True))
    assert set(job.args["arrival_ids"]) == kept
    assert len(kept) == len(NAMES)
    assert job.scheduled_at is not None
    assert job.scheduled_at > timezone.now()
