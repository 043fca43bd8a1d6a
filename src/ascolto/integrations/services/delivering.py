"""One delivery at a time: leased, sent, and what came of it written down."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import transaction
from django.db.models import Min, Q, QuerySet

from ascolto.integrations import policy
from ascolto.integrations.models import Delivery
from ascolto.integrations.services.webhooks import close_webhook
from ascolto.kit.fetch import FetchFailed, Limits, Refused, fetch
from ascolto.kit.secrets import WrongKey, unseal
from ascolto.kit.signing import IDENTIFIER, SIGNATURE, TIMESTAMP, sign

LEASE = timedelta(seconds=60)  # longer than any send; a sender that dies is followed after it
LIMITS = Limits(seconds=10, size=256 * 1024)
LONGEST_ERROR = 300
PRUNED_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Outcome:
    """The status of the answer, if there was one, and what was wrong; "" when it was heard."""

    status: int | None
    error: str


def due_webhooks(*, now: datetime, at_most: int, but_not: Collection[int] = ()) -> list[int]:
    """Which webhooks have something to be told now; who waits longest comes first."""
    waiting = _due(now).exclude(webhook__in=but_not).values("webhook")
    by_patience = waiting.annotate(since=Min("next_at")).order_by("since", "webhook")
    return list(by_patience.values_list("webhook", flat=True)[:at_most])


def _due(now: datetime) -> QuerySet[Delivery]:
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    return Delivery.objects.filter(
        free,
        delivered_at=None,
        given_up_at=None,
        next_at__lte=now,
        webhook__closed_at=None,
        webhook__paused_at=None,
    )


@transaction.atomic
def lease_next(webhook_id: int, *, now: datetime) -> Delivery | None:
    """What has waited longest, for us alone for a minute; None when nothing is due.

    A sender that dies has written nothing down: another sends it again when the lease has ended.
    So a receiver may hear a deed twice, and knows it by its id.
    """
    delivery = (
        _due(now)
        .filter(webhook=webhook_id)
        .select_related("webhook")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("next_at", "pk")
        .first()
    )
    if delivery is not None:
        delivery.leased_until = now + LEASE
        delivery.attempts += 1
        delivery.save(update_fields=["leased_until", "attempts"])
    return delivery


def send(delivery: Delivery, *, now: datetime, private_ok_for: Collection[str] = ()) -> Outcome:
    """Tell it, and wait for the answer ten seconds at most. Touches no database."""
    body = delivery.body.encode()
    moment = int(now.timestamp())
    try:
        signature = sign(unseal(bytes(delivery.webhook.secret)), body, timestamp=moment)
        answer = fetch(
            delivery.webhook.url,
            method="POST",
            headers={
                "Content-Type": "application/json",
                TIMESTAMP: str(moment),
                SIGNATURE: signature,
                IDENTIFIER: str(json.loads(delivery.body)["id"]),
            },
            content=body,
            limits=LIMITS,
            private_ok_for=private_ok_for,
        )
    except (Refused, FetchFailed, WrongKey) as problem:
        return Outcome(None, str(problem)[:LONGEST_ERROR] or type(problem).__name__)
    heard = HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES
    return Outcome(answer.status, "" if heard else f"HTTP {answer.status}")


@transaction.atomic
def write_down(delivery: Delivery, outcome: Outcome, *, now: datetime) -> None:
    """What came of it. Only whose lease it still is may say so: one that slept must not undo what
    came after him."""
    gone = outcome.status == HTTPStatus.GONE
    pause = policy.pause_after(delivery.attempts)
    fields: dict[str, object] = {
        "leased_until": None,
        "status": outcome.status,
        "error": outcome.error,
    }
    if not outcome.error:
        fields["delivered_at"] = now
    elif pause is None or gone:
        fields["given_up_at"] = now
    else:
        fields["next_at"] = now + pause
    ours = Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts, delivered_at=None)
    if ours.update(**fields) and gone:
        close_webhook(delivery.webhook, by=None, now=now)


@transaction.atomic
def keep_at_home(delivery: Delivery, *, now: datetime) -> None:
    """The company is a fiction: what it would tell is shown in the log, and leaves for nowhere."""
    ours = Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts, delivered_at=None)
    ours.update(leased_until=None, status=None, error=policy.AT_HOME, given_up_at=now)


def prune(*, now: datetime) -> int:
    """Forget what the log need not keep any longer, some at a time. How many lines went."""
    old = Delivery.objects.filter(
        Q(delivered_at__lt=now - policy.KEPT) | Q(given_up_at__lt=now - policy.KEPT_GIVEN_UP)
    )
    some = list(old.order_by("pk").values_list("pk", flat=True)[:PRUNED_AT_ONCE])
    return Delivery.objects.filter(pk__in=some).delete()[0]
