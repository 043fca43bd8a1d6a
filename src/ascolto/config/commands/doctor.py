import argparse
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

ROOM = 1024**3  # bytes: below this a busy day may fill the disk
LATE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what, whether it is well, and what to do if not."""

    what: str
    well: bool
    words: str


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options: it looks at the installation that the environment names."""


def run(options: argparse.Namespace) -> int:
    """Say of each thing whether it is well. Exit 1 if one is not."""
    from ascolto.config import boot

    with boot.running():
        findings = [*_surroundings(), *_database(), *_channels(), *_queues(), _jobs()]
    for finding in findings:
        print(f"{'ok  ' if finding.well else 'MEND'}  {finding.what}: {finding.words}")
    return 0 if all(finding.well for finding in findings) else 1


def _surroundings() -> Iterator[Finding]:
    from django.conf import settings

    unknown = settings.ENVIRONMENT.unknown()
    yield Finding("Python", sys.version_info >= (3, 11), sys.version.split()[0])
    yield Finding(
        "settings", not unknown, "; ".join(str(one) for one in unknown) or "all of them are known"
    )
    free = shutil.disk_usage(settings.HOME).free
    yield Finding("disk", free > ROOM, f"{free / 1024**3:.1f} GiB free in {settings.HOME}")
    https = settings.PUBLIC_URL.startswith("https://")
    local = "://127.0.0.1" in settings.PUBLIC_URL or "://localhost" in settings.PUBLIC_URL
    yield Finding(
        "address",
        https or local,
        settings.PUBLIC_URL if https or local else f"{settings.PUBLIC_URL} is not https",
    )


def _database() -> Iterator[Finding]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with connection.cursor() as cursor:
        cursor.execute("show server_version")
        version = str((cursor.fetchone() or ("?",))[0])
    yield Finding("PostgreSQL", int(version.partition(".")[0]) >= 15, version)  # noqa: PLR2004 # the oldest we test with
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield Finding(
        "migrations",
        not missing,
        f"{len(missing)} to make: run `ascolto migrate`" if missing else "all made",
    )


def _channels() -> Iterator[Finding]:
    from ascolto.channels.models import Channel, Health

    channels = Channel.objects.filter(closed_at=None).order_by("name")
    failing = Health.objects.filter(failing_since__isnull=False, channel__closed_at=None)
    problems = {health.channel_id: health for health in failing}
    if not channels:
        yield Finding("channels", well=False, words="none yet: set one up at /avvio/")
    for channel in channels:
        health = problems.get(channel.pk)
        yield Finding(
            f"channel {channel.name}",
            health is None,
            f"failing since {health.failing_since}: {health.error}" if health else "well",
        )


def _queues() -> Iterator[Finding]:
    from django.utils import timezone

    from ascolto.channels.models import Arrival, Outgoing

    late = timezone.now() - LATE
    unread = Arrival.objects.filter(read_at=None, quarantined_at=None, received_at__lt=late).count()
    yield Finding("arrivals", unread == 0, f"{unread} unread for more than five minutes")
    waiting = Outgoing.objects.filter(
        sent_at=None, failed_at=None, cancelled_at=None, verdict="SEND", not_before__lt=late
    ).count()
    yield Finding("outbox", waiting == 0, f"{waiting} messages late by more than five minutes")
    aside = Arrival.objects.filter(quarantined_at__isnull=False, set_aside_at=None).count()
    yield Finding("quarantine", well=True, words=f"{aside} messages wait for a person")


def _jobs() -> Finding:
    """Work that was given up: by itself after its tries, or with the workers that it killed."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from ascolto.kit.models import PutBack

    failed = ProcrastinateJob.objects.filter(status="failed")
    names = Counter(failed.values_list("task_name", flat=True))
    lost = PutBack.objects.filter(
        outcome=PutBack.Outcome.GIVEN_UP, job_id__in=failed.values("id")
    ).count()
    several = ", ".join(f"{name} {number}" for name, number in sorted(names.items()))
    return Finding(
        "jobs",
        not names,
        f"given up: {several}; {lost} of them ended their workers; the log says why"
        if names
        else "none was given up",
    )
