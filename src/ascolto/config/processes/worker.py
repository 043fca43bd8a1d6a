"""`ascolto worker`: jobs, clocks, and the broom behind both."""

import asyncio
import logging
import os
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from ascolto.alerts import services as alerts
from ascolto.alerts.services import watching
from ascolto.cases.services import snoozing
from ascolto.channels.services.recovery import recover
from ascolto.config.processes.courier import Courier
from ascolto.insight import services as insight
from ascolto.integrations import services as integrations
from ascolto.kit.sweeperloop import SweeperLoop
from ascolto.listening.services import sweep_waves
from ascolto.promises import services as promises
from ascolto.triage import recovery as triage

POLL = 1.0  # seconds: an answer waits its undo time, not a second more
HEARTBEAT = 8.0  # seconds; see kit.sweeper.SILENCE
STALLED = 60.0
GRACE = 15.0

logger = logging.getLogger("ascolto.worker")


class Ticker(threading.Thread):
    """Does one thing every few seconds, and outlives a database that goes away."""

    def __init__(self, name: str, every: float, deed: Callable[[], object]) -> None:
        super().__init__(name=name, daemon=True)
        self._every, self._deed = every, deed
        self._stopping = threading.Event()

    def stop(self) -> None:
        self._stopping.set()
        self.join(GRACE)

    def run(self) -> None:
        while not self._stopping.wait(self._every):
            try:
                self._deed()
            except DatabaseError as problem:
                logger.warning("%s: the database did not answer: %s", self.name, problem)
            except Exception:
                logger.exception("%s failed; it tries again", self.name)
            finally:
                close_old_connections()


def worker(*, queues: list[str], concurrency: int) -> int:
    """Work until told to stop; jobs under way are finished first."""
    courier = Courier(settings.WEBHOOK_PRIVATE_HOSTS)
    threads: list[SweeperLoop | Ticker] = [
        SweeperLoop(os.environ["DATABASE_URL"]),
        Ticker("clocks", 1.0, lambda: promises.sweep(now=timezone.now())),
        Ticker("returns", 1.0, lambda: snoozing.wake_due(now=timezone.now())),
        Ticker("recovery", 15.0, lambda: recover(now=timezone.now(), after=timedelta(seconds=45))),
        Ticker("webhooks", 1.0, courier.round),
        Ticker("old deliveries", 3600.0, lambda: integrations.prune(now=timezone.now())),
        Ticker("escalations", 5.0, lambda: alerts.escalate(now=timezone.now())),
        Ticker("waves", 10.0, lambda: sweep_waves(now=timezone.now())),
        Ticker("silent sources", 15.0, lambda: watching.watch_sources(now=timezone.now())),
        Ticker("unplaced", 30.0, lambda: triage.recover(now=timezone.now())),
        Ticker("figures", 20.0, lambda: insight.keep_up(now=timezone.now())),
        Ticker("unplaced ever", 900.0, lambda: triage.recover(now=timezone.now(), whole=True)),
    ]
    for thread in threads:
        thread.start()
    try:
        asyncio.run(_work(queues, concurrency))
    finally:
        for thread in threads:
            thread.stop()
        courier.stop()
    return 0


async def _work(queues: list[str], concurrency: int) -> None:
    working = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined] # the Django connector's own
    chosen: dict[str, Any] = {"queues": queues} if queues else {}  # none named: all of them
    async with working.open_async():
        await working.run_worker_async(
            **chosen,
            concurrency=concurrency,
            fetch_job_polling_interval=POLL,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=STALLED,
            shutdown_graceful_timeout=GRACE,
            delete_jobs="successful",
        )
