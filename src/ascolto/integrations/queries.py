from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from ascolto.integrations import policy
from ascolto.integrations.models import Delivery, Token, Webhook
from ascolto.staff.models import Colleague

PAGE = 50
WAITING = Q(delivered_at=None, given_up_at=None)
GIVEN_UP = Q(given_up_at__isnull=False) & ~Q(error=policy.AT_HOME)


@dataclass(frozen=True, slots=True)
class Counted:
    """How much there is still to tell, what was given up, and when it last heard."""

    waiting: int
    given_up: int
    heard_at: datetime | None


@dataclass(frozen=True, slots=True)
class Hook:
    webhook: Webhook
    told: Counted


@dataclass(frozen=True, slots=True)
class Log:
    """One page of deliveries, newest first; `before` is where the next one begins."""

    deliveries: list[Delivery]
    before: int | None


def webhooks() -> list[Hook]:
    """All of them, the open ones first. Two queries."""
    found = list(Webhook.objects.select_related("made_by").order_by("closed_at", "title", "pk"))
    found.sort(key=lambda one: one.closed_at is not None)
    counts = {
        row["webhook"]: Counted(row["waiting"], row["given_up"], row["heard_at"])
        for row in Delivery.objects.values("webhook").annotate(
            waiting=Count("pk", filter=WAITING),
            given_up=Count("pk", filter=GIVEN_UP),
            heard_at=Max("delivered_at"),
        )
    }
    return [Hook(one, counts.get(one.pk, Counted(0, 0, None))) for one in found]


def log_of(webhook: Webhook, *, before: int | None = None, only: str = "") -> Log:
    """What was told, is to be told, or could not be: `only` "waiting", "given_up", or all."""
    chosen = Delivery.objects.filter(webhook=webhook)
    if before is not None:
        chosen = chosen.filter(pk__lt=before)
    if only == "waiting":
        chosen = chosen.filter(WAITING)
    elif only == "given_up":
        chosen = chosen.filter(GIVEN_UP)
    found = list(chosen.order_by("-pk")[: PAGE + 1])
    more = len(found) > PAGE
    return Log(found[:PAGE], found[PAGE - 1].pk if more else None)


def tokens_for(colleague: Colleague) -> QuerySet[Token]:
    """The tokens he may see and revoke: his own, and an owner everybody's. Living ones first."""
    tokens = Token.objects.select_related("colleague").order_by("-created_at", "-pk")
    if colleague.role == Colleague.Role.OWNER:
        return tokens
    return tokens.filter(colleague=colleague)
