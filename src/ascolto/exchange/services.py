"""Imports: asked for, gone through in batches that a kill leaves whole, stopped, reported."""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import override

from ascolto.exchange.calls import take_calls
from ascolto.exchange.cases import take_cases
from ascolto.exchange.columns import CALL, CASE, CUSTOMER, meanings
from ascolto.exchange.customers import take_customers
from ascolto.exchange.export import exported
from ascolto.exchange.models import Refusal, Run
from ascolto.exchange.outcome import Outcome
from ascolto.exchange.rows import File, Row, Unreadable
from ascolto.exchange.sources import kept_file
from ascolto.exchange.words import words_for
from ascolto.kit import blobs
from ascolto.kit.work import once
from ascolto.people.likeness import comparing
from ascolto.people.models import Customer
from ascolto.staff.models import Colleague
from ascolto.timeline.references import reference
from ascolto.timeline.services import record

AT_ONCE = 500
MOST_REFUSALS = 10_000  # kept to be mended; the others are counted
LONGEST_CELL = 5000  # characters of a refused row
TRIES = 3  # of a batch that met the same stranger as somebody else did

KNOWN = {Run.Kind.CUSTOMERS: CUSTOMER, Run.Kind.CASES: CASE, Run.Kind.CALLS: CALL}
TAKERS = {
    Run.Kind.CUSTOMERS: take_customers,
    Run.Kind.CASES: take_cases,
    Run.Kind.CALLS: take_calls,
}

logger = logging.getLogger("ascolto.exchange")


class Busy(Exception):
    """Somebody else goes through this file at this moment."""


@transaction.atomic
def ask_import(
    content: bytes,
    *,
    kind: str,
    name: str,
    by: Colleague | None,
    arguments: dict[str, Any],
    now: datetime,
) -> Run:
    """Keep a file to be imported, and have it gone through. `arguments`: `team`, `clocks`."""
    run = begin(kind=kind, name=name, by=by, arguments=arguments, now=now)
    run.file_id = blobs.store(content)
    run.save(update_fields=["file"])
    once("exchange.go_on", f"exchange-run-{run.pk}", run_id=run.pk)
    return run


@transaction.atomic
def begin(
    *, kind: str, name: str, by: Colleague | None, arguments: dict[str, Any], now: datetime
) -> Run:
    """Write down that an import was asked for. Whoever asks goes through it himself."""
    run = Run.objects.create(
        way=Run.Way.IN,
        kind=kind,
        format=Run.Format.CSV,  # until it was looked into
        by=by,
        name=name.replace("\0", "")[:255],
        arguments=arguments,
        asked_at=now,
    )
    record("exchange.import_asked", at=now, subject=reference("run", run.pk), by=by, kind_of=kind)
    return run


def go_on(
    run_id: int,
    *,
    now: datetime,
    file: File | None = None,
    told: Callable[[Run], None] | None = None,
) -> Run:
    """Go through a file from where it was left to its end; `told` hears of every batch.

    Killed in between, it goes on after the last whole batch. Raises `Busy`.
    """
    run = Run.objects.select_related("by").get(pk=run_id)
    source = file or kept_file(run.file_id or "")
    with override(run.by.language if run.by else "it"):
        try:
            if run.total is None:
                _count(run, source)
            for rows in _batches(source, after=run.read):
                if not _take(run, rows, now=now):
                    break
                if told:
                    told(run)
        except Unreadable as problem:
            run.failed = words_for(problem.args[0])
            Run.objects.filter(pk=run.pk).update(failed=run.failed)
    _finish(run, now=now)
    return run


def stop(run: Run, *, by: Colleague, now: datetime) -> None:
    """Go no further. What was taken stays; the same file can be sent again and goes on."""
    changed = Run.objects.filter(pk=run.pk, finished_at=None, stopped_at=None, failed="").update(
        stopped_at=now
    )
    if changed:
        record("exchange.import_stopped", at=now, subject=reference("run", run.pk), by=by)


@transaction.atomic
def export(kind: str, file_format: str, *, by: Colleague, now: datetime) -> Iterator[str]:
    """A file of all that `by` may see, made while it is read; and a line that he took it."""
    Run.objects.create(
        way=Run.Way.OUT, kind=kind, format=file_format, by=by, asked_at=now, finished_at=now
    )
    record("exchange.exported", at=now, by=by, kind_of=kind)
    return exported(kind, file_format, by=by)


def _count(run: Run, source: File) -> None:
    """Read it once to the end, so that a file which can't be read changes nothing."""
    known = KNOWN[Run.Kind(run.kind)]
    run.format = source.format()
    run.total, unknown = 0, set[str]()
    understood = False
    for row in source.rows():
        run.total += 1
        if run.total <= AT_ONCE or not understood:
            meant = meanings(row.values, known)
            understood = understood or bool(meant)
            unknown |= {name for name in row.values if name not in meant and name}
    if run.total and not understood:
        raise Unreadable("no_columns")
    if run.kind == Run.Kind.CUSTOMERS:  # those above it are new, and compared when it is done
        run.arguments["above"] = Customer.objects.aggregate(last=Max("pk"))["last"] or 0
    run.arguments["ignored"] = sorted(name[:80].replace("\0", "") for name in unknown)[:50]
    run.save(update_fields=["format", "total", "arguments"])


def _batches(source: File, *, after: int) -> Iterator[list[Row]]:
    rows = islice(source.rows(), after, None)
    while batch := list(islice(rows, AT_ONCE)):
        yield batch


def _take(run: Run, rows: Sequence[Row], *, now: datetime) -> bool:
    """One batch and the count of it, together. False if the run was stopped meanwhile."""
    for left in reversed(range(TRIES)):
        try:
            return _take_once(run, rows, now=now)
        except IntegrityError:
            if not left:
                raise
            logger.info("run %d met somebody whom others met too: again", run.pk)
    return False


@transaction.atomic
def _take_once(run: Run, rows: Sequence[Row], *, now: datetime) -> bool:
    held = Run.objects.select_for_update().get(pk=run.pk)
    if held.stopped_at is not None or held.finished_at is not None:
        run.stopped_at, run.finished_at = held.stopped_at, held.finished_at
        return False
    if held.read != run.read:
        raise Busy(run.pk)
    sound = [row for row in rows if not row.problem]
    take = TAKERS[Run.Kind(run.kind)]
    outcome = take(sound, run=run, zone=timezone.get_default_timezone(), now=now)
    outcome.refused += [(row, words_for(row.problem)) for row in rows if row.problem]
    _keep_refused(run, outcome)
    held.read += len(rows)
    held.made += outcome.made
    held.changed += outcome.changed
    held.unchanged += outcome.unchanged
    held.refused += len(outcome.refused)
    counts = ["read", "made", "changed", "unchanged", "refused"]
    held.save(update_fields=counts)
    for count in counts:
        setattr(run, count, getattr(held, count))
    return True


def _keep_refused(run: Run, outcome: Outcome) -> None:
    room = max(0, MOST_REFUSALS - run.refused)
    Refusal.objects.bulk_create(
        Refusal(run=run, line=row.line, reason=reason[:300], row=storable(row.values))
        for row, reason in outcome.refused[:room]
    )


def storable(values: dict[str, Any]) -> dict[str, Any]:
    """A row as it can be kept: its cells as text, without what PostgreSQL has no letter for."""
    return {_clean(name): _clean(value) for name, value in list(values.items())[:200]}


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return [_clean(one) for one in value[:50]]
    if isinstance(value, dict):
        return {_clean(name): _clean(one) for name, one in list(value.items())[:50]}
    if not isinstance(value, str):
        return value
    return value[:LONGEST_CELL].replace("\0", "␀").encode("utf-8", "replace").decode()


@transaction.atomic
def _finish(run: Run, *, now: datetime) -> None:
    if run.stopped_at is not None:
        return
    done = Run.objects.filter(pk=run.pk, finished_at=None).update(finished_at=now)
    run.finished_at = run.finished_at or now
    if done and run.made and "above" in run.arguments:
        comparing.begin(by=run.by, after=run.arguments["above"], now=now)
    if done:
        record(
            "exchange.import_finished",
            at=now,
            subject=reference("run", run.pk),
            by=run.by,
            made=run.made,
            changed=run.changed,
            refused=run.refused,
            failed=run.failed,
        )
