"""Work to be done after the current transaction commits.

A job is deferred by name, so a service never imports the job that will call it back. Jobs live in
the same database as the facts: they are there if, and only if, the transaction was committed.

A task chooses its queue where it is defined: `intake` (what was heard), `work` (all else that a
person waits for), `outbox` (what we say), `slow` (what may take minutes).
"""

import logging
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

Argument = str | int | float | bool | None | Sequence[int] | Sequence[str]

logger = logging.getLogger("ascolto.work")


@dataclass(frozen=True, slots=True)
class Collected:
    name: str
    ids: dict[str, Argument]
    lock: str | None = None


@dataclass(slots=True)
class Inline:
    """Jobs collected instead of deferred, and those that failed when they were run."""

    failures: list[tuple[Collected, Exception]] = field(default_factory=list)
    waiting: deque[Collected] = field(default_factory=deque)

    def collect(self, job: Collected) -> bool:
        if job.lock is not None and any(other.lock == job.lock for other in self.waiting):
            return False
        app.configure_task(job.name, allow_unknown=False)  # a wrong name is found here too
        self.waiting.append(job)
        return True


_inline: ContextVar[Inline | None] = ContextVar("running_inline", default=None)


def later(name: str, /, **ids: Argument) -> None:
    """Defer the job `name`. Raises `procrastinate.exceptions.TaskNotFound` for a wrong name."""
    inline = _inline.get()
    if inline is None:
        _defer(name, ids)
    else:
        inline.collect(Collected(name, ids))


def later_at(name: str, at: datetime, /, **ids: Argument) -> None:
    """Defer the job `name` to `at` or soon after. Never run inline: its time has not come."""
    _defer(name, ids, schedule_at=at)


def once(name: str, lock: str, /, **ids: Argument) -> bool:
    """Defer the job unless one with the same `lock` is waiting already; whether it was deferred.

    A job that is running does not count as waiting: it may have looked before the news came.
    """
    inline = _inline.get()
    if inline is None:
        return _defer_once(name, lock, ids)
    return inline.collect(Collected(name, ids, lock))


def once_at(name: str, lock: str, at: datetime, /, **ids: Argument) -> bool:
    """`once`, not before `at`. One that is waiting already keeps its own time."""
    return _defer_once(name, lock, ids, schedule_at=at)


@contextmanager
def running_inline(*, queue_failures: bool = False) -> Iterator[Inline]:
    """Run the jobs deferred inside the block, in order, when it ends, and those they defer.

    All happens in the caller's transaction: a crash leaves neither the facts nor their jobs half
    done. If a job raises, so does the block; with `queue_failures` the job is undone alone and put
    in the queue instead, so that what was accepted stays accepted and a worker tries again.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("running_inline needs a transaction around it")
    inline = Inline()
    token = _inline.set(inline)
    try:
        yield inline
        while inline.waiting:
            _run(inline.waiting.popleft(), inline, queue_failures=queue_failures)
    finally:
        _inline.reset(token)


def _run(job: Collected, inline: Inline, *, queue_failures: bool) -> None:
    task = app.tasks[job.name]
    before = tuple(inline.waiting)
    try:
        with transaction.atomic():
            task.func(**job.ids)
    except Exception as failure:
        if not queue_failures:
            raise
        logger.exception("job %s failed inline and goes to the queue", job.name)
        inline.failures.append((job, failure))
        inline.waiting = deque(before)  # what it deferred is undone with it
        _defer(job.name, job.ids)


def _defer(name: str, ids: dict[str, Argument], **options: Any) -> None:
    app.configure_task(name, allow_unknown=False, **options).defer(**_plain(ids))


def _defer_once(name: str, lock: str, ids: dict[str, Argument], **options: Any) -> bool:
    try:
        with transaction.atomic():  # a savepoint: the refusal must not spoil the caller's work
            _defer(name, ids, queueing_lock=lock, **options)
    except AlreadyEnqueued:
        return False
    return True


def _plain(ids: dict[str, Argument]) -> dict[str, Any]:
    """JSON knows lists, not tuples."""
    return {
        key: list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
        for key, value in ids.items()
    }
