"""Carries what webhooks are to be told: several at a time, of each webhook one after the other."""

import logging
import threading
import time
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from ascolto.integrations import services
from ascolto.staff.queries import company

AT_ONCE = 16  # webhooks
TURN = 20.0  # seconds; then a webhook with much to hear makes room for others
LONGEST_REST = 10.0  # seconds a webhook that fails is left alone

logger = logging.getLogger("ascolto.webhooks")


class Courier:
    """A slow receiver holds up nobody but himself: each has at most one thread, for a turn."""

    def __init__(self, private_ok_for: Collection[str] = ()) -> None:
        self._private_ok_for = private_ok_for
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhook")
        self._lock = threading.Lock()
        self._busy: set[int] = set()
        self._rests: dict[int, tuple[float, float]] = {}  # until when, and how long it was

    def round(self) -> None:
        """Follow the history, and send off a thread for each webhook that has something to hear."""
        now = timezone.now()
        services.follow_history(now=now)
        with self._lock:
            occupied = self._busy | {
                one for one, (until, _) in self._rests.items() if until > time.monotonic()
            }
            room = AT_ONCE - len(self._busy)
        for webhook_id in services.due_webhooks(now=now, at_most=room, but_not=occupied):
            with self._lock:
                self._busy.add(webhook_id)
            self._threads.submit(self._turn, webhook_id)

    def stop(self) -> None:
        """What is under way is finished; what dies with the process is sent after its lease."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def deliver(self, webhook_id: int) -> bool | None:
        """Send what has waited longest: whether it was heard; None when nothing is due."""
        delivery = services.lease_next(webhook_id, now=timezone.now())
        if delivery is not None and company().is_demo:
            services.keep_at_home(delivery, now=timezone.now())
            return True
        # Whoever waits for an answer must not keep a connection from those who have work for it.
        close_old_connections()
        if delivery is None:
            return None
        outcome = services.send(delivery, now=timezone.now(), private_ok_for=self._private_ok_for)
        services.write_down(delivery, outcome, now=timezone.now())
        return not outcome.error

    def _turn(self, webhook_id: int) -> None:
        until = time.monotonic() + TURN
        heard: bool | None = False
        try:
            heard = self.deliver(webhook_id)
            while heard and time.monotonic() < until:
                heard = self.deliver(webhook_id)
        except DatabaseError as problem:
            logger.warning("webhook %s: the database did not answer: %s", webhook_id, problem)
        except Exception:
            logger.exception("webhook %s failed; it is tried again", webhook_id)
        finally:
            close_old_connections()
            with self._lock:
                self._busy.discard(webhook_id)
                self._rest(webhook_id, failed=heard is False)

    def _rest(self, webhook_id: int, *, failed: bool) -> None:
        _, before = self._rests.pop(webhook_id, (0.0, 0.0))
        if failed:
            rest = min(LONGEST_REST, before * 2 or 1.0)
            self._rests[webhook_id] = (time.monotonic() + rest, rest)
