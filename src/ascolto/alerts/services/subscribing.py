"""A browser asks to be told, or no longer."""

import hashlib
import json
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from ascolto.alerts.adapters.push import push
from ascolto.alerts.adapters.ways import Blocked, Closed, Words
from ascolto.alerts.models import Subscription
from ascolto.kit.secrets import seal
from ascolto.staff.models import Colleague
from ascolto.timeline.services import record

MOST = 10  # browsers of one colleague; the oldest makes room
LONGEST = 2000
PAGE = "/impostazioni/avvisi/"


class BadSubscription(ValueError):
    """What the browser sent is no subscription."""


@transaction.atomic
def subscribe(
    colleague: Colleague, told: dict[str, object], *, device: str, now: datetime
) -> Subscription:
    """Tell this browser from now on. Asked again, it is the same one; another's becomes his."""
    endpoint, secret = _checked(told)
    digest = hashlib.sha256(endpoint.encode()).hexdigest()
    subscription, made = Subscription.objects.update_or_create(
        digest=digest,
        defaults={
            "colleague": colleague,
            "secret": seal(secret),
            "device": device[:120],
            "failures": 0,
            "gone_at": None,
        },
        create_defaults={
            "colleague": colleague,
            "secret": seal(secret),
            "device": device[:120],
            "made_at": now,
        },
    )
    if made:
        record("alerts.browser_added", at=now, by=colleague, device=device[:120])
        _make_room(colleague, now=now)
    return subscription


@transaction.atomic
def unsubscribe(colleague: Colleague, subscription_id: int, *, now: datetime) -> bool:
    """Whether one of his own browsers is told no more."""
    his = Subscription.objects.filter(pk=subscription_id, colleague=colleague, gone_at=None)
    gone = bool(his.update(gone_at=now))
    if gone:
        record("alerts.browser_removed", at=now, by=colleague)
    return gone


def try_push(colleague: Colleague, *, now: datetime) -> str:
    """A notice to his own browsers, to see that they hear; what is wrong, or "". Sent at once."""
    with override(colleague.language):
        words = Words(_("Prova di Ascolto"), _("Questo dispositivo riceve gli allarmi."), PAGE)
    try:
        push(colleague, words, tag="prova", urgent=True, now=now)
    except (Blocked, Closed) as problem:
        return str(problem)
    return ""


def _make_room(colleague: Colleague, *, now: datetime) -> None:
    his = Subscription.objects.filter(colleague=colleague, gone_at=None).order_by("-made_at", "-pk")
    old = list(his.values_list("pk", flat=True)[MOST:])
    if old:
        Subscription.objects.filter(pk__in=old).update(gone_at=now)


def _checked(told: dict[str, object]) -> tuple[str, str]:
    endpoint, keys = told.get("endpoint"), told.get("keys")
    if not isinstance(endpoint, str) or not isinstance(keys, dict) or len(endpoint) > LONGEST:
        raise BadSubscription("endpoint or keys are missing")
    kept = {name: keys.get(name) for name in ("p256dh", "auth")}
    if not all(isinstance(one, str) and 0 < len(one) <= LONGEST for one in kept.values()):
        raise BadSubscription("keys are missing")
    if urlsplit(endpoint).scheme not in {"https", "http"}:
        raise BadSubscription("the endpoint is no address")
    return endpoint, json.dumps({"endpoint": endpoint, "keys": kept})
