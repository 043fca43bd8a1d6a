"""The numbers of an installation, from queries that an index answers."""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

UNREAD = "from channels_arrival where read_at is null and quarantined_at is null"
TO_LEAVE = """from channels_outgoing where verdict = 'SEND'
  and sent_at is null and cancelled_at is null and failed_at is null"""
QUARANTINED = "from channels_arrival where quarantined_at is not null and set_aside_at is null"
GIVEN_UP = "from channels_outgoing where failed_at > now() - interval '1 day'"
FAILING = "from channels_health where failing_since is not null"
OPEN = "from cases_case where resolved_at is null"
ENDED_WORKERS = """from kit_putback putback
  join procrastinate_jobs job on job.id = putback.job_id and job.status = 'failed'
  where putback.outcome = 'GIVEN_UP'"""
OVERRUN = "from promises_promise where ended_at is null and paused_at is null and due_at < now()"

COUNTED = {
    "ascolto_arrivals_unread": ("Arrivals that wait to be read", UNREAD),
    "ascolto_arrivals_quarantined": ("Arrivals in quarantine that wait for a person", QUARANTINED),
    "ascolto_outbox_waiting": ("Messages that are still to leave", TO_LEAVE),
    "ascolto_outbox_failed_last_day": ("Messages given up in the last 24 hours", GIVEN_UP),
    "ascolto_channels_failing": ("Directions of channels that fail", FAILING),
    "ascolto_cases_open": ("Cases that are not resolved", OPEN),
    "ascolto_cases_waiting": (
        "Cases in which a customer waits for us",
        f"{OPEN} and waiting_since is not null",
    ),
    "ascolto_jobs_given_up_with_workers": (
        "Failed jobs that were given up because their workers ended, again and again",
        ENDED_WORKERS,
    ),
    "ascolto_promises_overrun": ("Running clocks beyond what was promised", OVERRUN),
}
AGED = {
    "ascolto_arrivals_unread_oldest_seconds": (
        "How long the oldest unread arrival has waited",
        f"min(received_at) {UNREAD}",
    ),
    "ascolto_outbox_overdue_oldest_seconds": (
        "For how long the oldest message could have left",
        f"min(not_before) {TO_LEAVE}",
    ),
    "ascolto_jobs_oldest_seconds": (
        "How long the oldest job that may run has waited",
        """min(event.at) from procrastinate_jobs job
        join procrastinate_events event on event.job_id = job.id and event.type = 'deferred'
        where job.status = 'todo' and coalesce(job.scheduled_at, now()) <= now()""",
    ),
}
AGE = "select extract(epoch from now() - moment) from (select {}) as oldest (moment)"
JOBS = """
select status, queue_name, count(*)
from procrastinate_jobs where status in ('todo', 'doing', 'failed')
group by status, queue_name
"""


class Numbers(Collector):
    """Asked anew at each visit."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with connection.cursor() as cursor:
            for name, (about, rows) in COUNTED.items():
                cursor.execute(f"select count(*) {rows}")  # from the table above
                yield _gauge(name, about, cursor.fetchone())
            for name, (about, oldest) in AGED.items():
                cursor.execute(AGE.format(oldest))
                yield _gauge(name, about, cursor.fetchone())
            jobs = GaugeMetricFamily(
                "ascolto_jobs", "Jobs by status and queue", labels=["status", "queue"]
            )
            cursor.execute(JOBS)
            for status, queue, number in cursor.fetchall():
                jobs.add_metric([status, queue], number)
            yield jobs


def _gauge(name: str, about: str, row: tuple[Any, ...] | None) -> GaugeMetricFamily:
    value = float(row[0] or 0) if row else 0.0
    return GaugeMetricFamily(name, about, value=max(value, 0.0))


def written() -> bytes:
    """Everything, in the text format: the installation's numbers and this process's own."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Numbers())
    return generate_latest(registry) + generate_latest(REGISTRY)
