import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ascolto.integrations import policy
from ascolto.integrations.models import Delivery, Webhook
from ascolto.kit.secrets import seal
from ascolto.kit.tokens import new_token
from ascolto.staff.models import Colleague
from ascolto.timeline.queries import head
from ascolto.timeline.references import reference
from ascolto.timeline.services import record

PREFIX = "whsec_"  # so that a secret that leaks is recognised as one
TEST = "ascolto.test"


class NoAddress(ValueError):
    """Not an address that could be sent to."""


class UnknownKind(ValueError):
    """A kind is written like "cases.opened" or "cases.*"."""


class NotTheOwner(Exception):
    """A webhook carries everything, reserved teams too: so it is the owner's to make."""


class Closed(Exception):
    """The webhook is closed, and stays so."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants told, and where. No kinds: everything."""

    title: str
    url: str
    kinds: Sequence[str] = ()

    def check(self) -> None:
        if not policy.is_address(self.url):
            raise NoAddress(self.url)
        wrong = [kind for kind in self.kinds if not policy.is_kind(kind)]
        if wrong:
            raise UnknownKind(", ".join(wrong))


@transaction.atomic
def create_webhook(wish: Wish, *, by: Colleague, now: datetime) -> tuple[Webhook, str]:
    """A webhook that hears what happens from now on, and its secret: shown this once."""
    if by.role != Colleague.Role.OWNER:
        raise NotTheOwner
    wish.check()
    secret = PREFIX + new_token()
    begin = head()
    webhook = Webhook.objects.create(
        title=wish.title[:80],
        url=wish.url,
        secret=seal(secret),
        kinds=sorted(set(wish.kinds)),
        made_by=by,
        made_at=now,
        transaction=begin.transaction,
        entry=begin.id,
    )
    _record("created", webhook, by=by, now=now)
    return webhook, secret


@transaction.atomic
def change_kinds(webhook: Webhook, kinds: Sequence[str], *, by: Colleague, now: datetime) -> None:
    """From the next deed on it hears of these. What was to be told already is told."""
    Wish(webhook.title, webhook.url, kinds).check()
    webhook = _open(webhook)
    webhook.kinds = sorted(set(kinds))
    webhook.save(update_fields=["kinds"])
    _record("kinds_changed", webhook, by=by, now=now)


@transaction.atomic
def pause_webhook(webhook: Webhook, *, by: Colleague, now: datetime) -> None:
    """Nothing is sent until it goes on; what happens meanwhile is told then."""
    webhook = _open(webhook)
    if webhook.paused_at is None:
        webhook.paused_at = now
        webhook.save(update_fields=["paused_at"])
        _record("paused", webhook, by=by, now=now)


@transaction.atomic
def resume_webhook(webhook: Webhook, *, by: Colleague, now: datetime) -> None:
    webhook = _open(webhook)
    if webhook.paused_at is not None:
        webhook.paused_at = None
        webhook.save(update_fields=["paused_at"])
        _record("resumed", webhook, by=by, now=now)


@transaction.atomic
def close_webhook(webhook: Webhook, *, by: Colleague | None, now: datetime) -> None:
    """It hears nothing any more, for good; what still waited is given up. `by` None: it asked us
    to, with 410. Closing twice changes nothing."""
    if Webhook.objects.filter(pk=webhook.pk, closed_at=None).update(closed_at=now):
        waiting = Delivery.objects.filter(webhook=webhook, delivered_at=None, given_up_at=None)
        waiting.update(given_up_at=now, leased_until=None)
        _record("closed", webhook, by=by, now=now)


@transaction.atomic
def send_test(webhook: Webhook, *, by: Colleague, now: datetime) -> Delivery:
    """A deed that did not happen, told at once so that the way can be seen to work."""
    webhook = _open(webhook)
    # Below zero: the entries of the history have the numbers above it.
    number = -int(now.timestamp() * 1_000_000)
    body = {
        "id": f"test-{-number}",
        "kind": TEST,
        "at": now.isoformat(),
        "subject": "",
        "case": None,
        "customer": None,
        "by": {"id": by.pk, "name": by.name},
        "facts": {},
    }
    return Delivery.objects.create(
        webhook=webhook,
        entry=number,
        kind=TEST,
        body=json.dumps(body, ensure_ascii=False),
        made_at=now,
        next_at=now,
    )


@transaction.atomic
def send_again(delivery: Delivery, *, now: datetime) -> None:
    """Tell it once more, at once, with a full measure of tries: heard before or given up."""
    _open(delivery.webhook)
    Delivery.objects.filter(pk=delivery.pk).update(
        next_at=now, attempts=0, leased_until=None, delivered_at=None, given_up_at=None, error=""
    )


def _open(webhook: Webhook) -> Webhook:
    found = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if found.closed_at is not None:
        raise Closed(found.title)
    return found


def _record(deed: str, webhook: Webhook, *, by: Colleague | None, now: datetime) -> None:
    record(
        f"integrations.webhook_{deed}",
        at=now,
        subject=reference("webhook", webhook.pk),
        by=by,
        title=webhook.title,
        url=webhook.url,
        kinds=list(webhook.kinds),
    )
