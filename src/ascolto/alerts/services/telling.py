"""A notice on its way: sent once, tried again when the way is blocked, and written down."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from ascolto.alerts.adapters import chat, mail, push
from ascolto.alerts.adapters.ways import Blocked, Closed
from ascolto.alerts.models import Alert, Notice
from ascolto.kit.work import later_at

PAUSES = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
)
STALE = timedelta(hours=12)  # then an alert is no news any more

WAYS: dict[str, Callable[[Notice, datetime], None]] = {
    Notice.Way.PUSH: push.tell,
    Notice.Way.EMAIL: mail.tell,
    Notice.Way.CHAT: chat.tell,
}

logger = logging.getLogger("ascolto.alerts")


def tell(notice_ids: Sequence[int], *, clock: Callable[[], datetime]) -> int:
    """Send these notices, those that are still to be sent. How many arrived."""
    return sum(_tell(pk, clock) for pk in notice_ids)


def _tell(notice_id: int, clock: Callable[[], datetime]) -> bool:
    now = clock()
    notice = _take(notice_id, now=now)
    if notice is None:
        return False
    problem: str | None = None
    final = False
    try:
        WAYS[notice.way](notice, now)
    except Closed as refusal:
        problem, final = str(refusal), True
    except Blocked as trouble:
        problem = str(trouble)
    except Exception:
        logger.exception("notice %d could not be sent", notice.pk)
        problem = "errore interno: si veda il registro"
    _write_down(notice, problem, final=final, now=clock())
    return problem is None


@transaction.atomic
def _take(notice_id: int, *, now: datetime) -> Notice | None:
    """Counted before it is tried. An alert that somebody has taken is told to nobody else."""
    notice = (
        Notice.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("alert", "colleague", "hook")
        .filter(pk=notice_id, sent_at=None, failed_at=None, due_at__lte=now)
        .first()
    )
    if notice is None:
        return None
    alert = notice.alert
    if alert.taken_at or alert.dismissed_at or alert.closed_at or now - alert.raised_at > STALE:
        notice.failed_at, notice.error = now, "non serve più"
        notice.save(update_fields=["failed_at", "error"])
        return None
    notice.attempts += 1
    # Until we write down what came of it, nobody else tries: a worker that dies is followed later.
    notice.due_at = now + _pause(notice)
    notice.save(update_fields=["attempts", "due_at"])
    later_at("alerts.tell", notice.due_at, notice_ids=[notice.pk])
    return notice


def _pause(notice: Notice) -> timedelta:
    return max(PAUSES[min(notice.attempts, len(PAUSES)) - 1], timedelta(seconds=30))


@transaction.atomic
def _write_down(notice: Notice, problem: str | None, *, final: bool, now: datetime) -> None:
    if problem is None:
        Notice.objects.filter(pk=notice.pk).update(sent_at=now, error="")
        Alert.objects.filter(pk=notice.alert_id, shown_at=None).update(shown_at=now)
        return
    over = final or notice.attempts >= len(PAUSES)
    Notice.objects.filter(pk=notice.pk).update(error=problem[:300], failed_at=now if over else None)
