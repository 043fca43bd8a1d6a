"""Puts back the jobs of workers that died.

A job whose worker was killed stays `doing` for ever, and the queue does nothing about it. This
runs outside the queue, so that it cannot be stuck in it, and takes no job's lock.

**Who counts as dead.** A worker that has not sent a heartbeat for `SILENCE`, or whose row was
removed. How long a job takes is no evidence: a slow job of a living worker is left alone. Silence
while the database itself was down does not count (hence `pg_postmaster_start_time`), and
`sweeperloop` acts only on what it has seen twice.

**A job that keeps losing its worker** is most likely what kills it. After `DEATHS` lost workers it
becomes `failed` and a `PutBack` row says GIVEN_UP: it is seen by people, and the others go on.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg import Connection
from psycopg.errors import UniqueViolation
from psycopg.rows import class_row

SILENCE = timedelta(seconds=25)  # the heartbeat comes every 10 s: two were missed, and some
DEATHS = 6
SWEEPER_LOCK = 0x41534357  # the number of the advisory lock, the same on every host

SUSPECTS = """
    select job.id as job_id, job.task_name, job.worker_id, worker.last_heartbeat
    from procrastinate_jobs job
    left join procrastinate_workers worker on worker.id = job.worker_id
    where job.status = 'doing'
      and clock_timestamp() - %(silence)s > pg_postmaster_start_time()
      and (worker.id is null or worker.last_heartbeat < clock_timestamp() - %(silence)s)
    order by job.id
"""

# Looked at again under its row lock: in between the worker may have come back or finished.
STILL_STRANDED = """
    select 1
    from procrastinate_jobs job
    where job.id = %(job_id)s and job.status = 'doing'
      and job.worker_id is not distinct from %(worker_id)s
      and not exists (
        select 1 from procrastinate_workers worker
        where worker.id = job.worker_id
          and worker.last_heartbeat is distinct from %(last_heartbeat)s
      )
    for update of job skip locked
"""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A job that seems to have lost its worker."""

    job_id: int
    task_name: str
    worker_id: int | None
    last_heartbeat: datetime | None


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did. `busy` means that another host was sweeping, and nothing was done."""

    requeued: int = 0
    given_up: int = 0
    superseded: int = 0
    busy: bool = False


def sweep(connection: Connection, *, silence: timedelta = SILENCE, deaths: int = DEATHS) -> Swept:
    """Find and put back in one go, on the evidence of this moment. For commands and tests."""
    return put_back(connection, suspects(connection, silence=silence), deaths=deaths)


def suspects(connection: Connection, *, silence: timedelta = SILENCE) -> list[Suspect]:
    """Jobs in `doing` whose worker is silent or gone, by the clock of the database."""
    with connection.cursor(row_factory=class_row(Suspect)) as cursor:
        return cursor.execute(SUSPECTS, {"silence": silence}).fetchall()


def put_back(connection: Connection, found: list[Suspect], *, deaths: int = DEATHS) -> Swept:
    """Put the jobs back, each in its own savepoint. Safe to run on several hosts at once."""
    if not found:
        return Swept()
    outcomes: list[str] = []
    with connection.transaction():
        row = connection.execute("select pg_try_advisory_xact_lock(%s)", [SWEEPER_LOCK]).fetchone()
        if row is None or not row[0]:
            return Swept(busy=True)
        for suspect in found:
            outcome = _settle(connection, suspect, deaths)
            if outcome is not None:
                outcomes.append(outcome)
    return Swept(
        requeued=outcomes.count("PUT_BACK"),
        given_up=outcomes.count("GIVEN_UP"),
        superseded=outcomes.count("SUPERSEDED"),
    )


def _settle(connection: Connection, suspect: Suspect, deaths: int) -> str | None:
    facts = {
        "job_id": suspect.job_id,
        "worker_id": suspect.worker_id,
        "last_heartbeat": suspect.last_heartbeat,
    }
    if connection.execute(STILL_STRANDED, facts).fetchone() is None:
        return None
    lost = _workers_lost(connection, suspect.job_id) + 1
    if lost >= deaths:
        _finish(connection, suspect.job_id, "failed")
        outcome = "GIVEN_UP"
    else:
        outcome = _requeue(connection, suspect.job_id, lost)
    connection.execute(
        "insert into kit_putback (job_id, task_name, worker_id, outcome) values (%s, %s, %s, %s)",
        [suspect.job_id, suspect.task_name, suspect.worker_id, outcome],
    )
    return outcome


def _requeue(connection: Connection, job_id: int, lost: int) -> str:
    """The first time at once; then scattered, so that a killer and its neighbours part ways."""
    spread = 0 if lost == 1 else 10
    try:
        with connection.transaction():
            connection.execute(
                "select procrastinate_retry_job_v2("
                "%s, clock_timestamp() + random() * %s * interval '1 second', null, null, null)",
                [job_id, spread],
            )
    except UniqueViolation:  # a job with the same queueing lock waits already: it will do the work
        _finish(connection, job_id, "aborted")
        return "SUPERSEDED"
    return "PUT_BACK"


def _finish(connection: Connection, job_id: int, status: str) -> None:
    connection.execute(
        "select procrastinate_finish_job_v1(%s, %s::procrastinate_job_status, false)",
        [job_id, status],
    )


def _workers_lost(connection: Connection, job_id: int) -> int:
    found = connection.execute("select count(*) from kit_putback where job_id = %s", [job_id])
    row = found.fetchone()
    return int(row[0]) if row else 0
