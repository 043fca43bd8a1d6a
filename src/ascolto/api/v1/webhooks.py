"""`/webhooks`: who is told what happens. For owners: a webhook carries everything."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from ninja.responses import Status

from ascolto.api.auth import Bearer, colleague_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.words import Id, Line, answers
from ascolto.integrations import queries, services
from ascolto.integrations.models import Delivery, Webhook
from ascolto.integrations.policy import LONGEST_URL
from ascolto.staff.models import Colleague

router = Router(tags=["webhooks"])
ADMIN = Bearer("admin")
Kinds = Annotated[list[Line], Field(max_length=50)]


class WebhookOut(Schema):
    id: int
    title: str
    url: str
    kinds: list[str]
    made_at: datetime
    paused_at: datetime | None
    closed_at: datetime | None
    waiting: int
    given_up: int
    heard_at: datetime | None


class WebhookMadeOut(WebhookOut):
    """`secret` signs what is sent. It is said this once."""

    secret: str


class WebhookIn(Schema):
    """`kinds` like "cases.opened" or "cases.*"; none means everything."""

    title: Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00]*$")]
    url: Annotated[str, Field(max_length=LONGEST_URL)]
    kinds: Kinds = Field(default_factory=list)


class KindsIn(Schema):
    kinds: Kinds


class DeliveryOut(Schema):
    """`status` of the last answer, `error` of the last try; empty once it was heard."""

    id: int
    kind: str
    made_at: datetime
    attempts: int
    status: int | None
    error: str
    next_at: datetime
    delivered_at: datetime | None
    given_up_at: datetime | None


class LogOut(Schema):
    items: list[DeliveryOut]
    next: str | None


class LogFilter(Schema):
    before: Id | None = None
    only: Literal["", "waiting", "given_up"] = ""


@router.get("/webhooks", response=answers(200, list[WebhookOut]))
def list_webhooks(request: HttpRequest) -> list[dict[str, Any]]:
    """The outgoing webhooks and how they are doing. Their secrets are never shown."""
    _owner(request)
    return [_drawn(hook) for hook in queries.webhooks()]


@router.post("/webhooks", response=answers(201, WebhookMadeOut), auth=ADMIN)
def make_webhook(request: HttpRequest, wanted: WebhookIn) -> Status[dict[str, Any]]:
    """Have an address told what happens from now on. The secret is in this answer alone."""
    by = _owner(request)
    wish = services.Wish(wanted.title.strip(), wanted.url, wanted.kinds)
    with refused():
        made, secret = services.create_webhook(wish, by=by, now=timezone.now())
    return Status(201, {**_one(made.pk), "secret": secret})


@router.patch("/webhooks/{int:webhook}", response=answers(200, WebhookOut), auth=ADMIN)
def change_webhook(request: HttpRequest, webhook: Id, wanted: KindsIn) -> dict[str, Any]:
    """From the next deed on it hears of these."""
    by = _owner(request)
    with refused():
        services.change_kinds(_webhook(webhook), wanted.kinds, by=by, now=timezone.now())
    return _one(webhook)


@router.post("/webhooks/{int:webhook}/pause", response=answers(200, WebhookOut), auth=ADMIN)
def pause_webhook(request: HttpRequest, webhook: Id) -> dict[str, Any]:
    """Nothing is sent until it goes on; what happens meanwhile is told then."""
    by = _owner(request)
    with refused():
        services.pause_webhook(_webhook(webhook), by=by, now=timezone.now())
    return _one(webhook)


@router.post("/webhooks/{int:webhook}/resume", response=answers(200, WebhookOut), auth=ADMIN)
def resume_webhook(request: HttpRequest, webhook: Id) -> dict[str, Any]:
    """It goes on, with what waited first."""
    by = _owner(request)
    with refused():
        services.resume_webhook(_webhook(webhook), by=by, now=timezone.now())
    return _one(webhook)


@router.post("/webhooks/{int:webhook}/test", response=answers(202, DeliveryOut), auth=ADMIN)
def try_webhook(request: HttpRequest, webhook: Id) -> Status[Any]:
    """Tell it of a deed that did not happen, to see the way work."""
    by = _owner(request)
    with refused():
        return Status(202, services.send_test(_webhook(webhook), by=by, now=timezone.now()))


@router.delete("/webhooks/{int:webhook}", response=answers(200, WebhookOut), auth=ADMIN)
def close_webhook(request: HttpRequest, webhook: Id) -> dict[str, Any]:
    """It hears nothing any more, for good. Its log stays."""
    by = _owner(request)
    services.close_webhook(_webhook(webhook), by=by, now=timezone.now())
    return _one(webhook)


@router.get("/webhooks/{int:webhook}/deliveries", response=answers(200, LogOut))
def deliveries(request: HttpRequest, webhook: Id, wanted: Query[LogFilter]) -> dict[str, Any]:
    """What was told, is to be told, or could not be; newest first, fifty at a time."""
    _owner(request)
    log = queries.log_of(_webhook(webhook), before=wanted.before, only=wanted.only)
    return {"items": log.deliveries, "next": str(log.before) if log.before else None}


@router.post("/deliveries/{int:delivery}/again", response=answers(202, DeliveryOut), auth=ADMIN)
def send_again(request: HttpRequest, delivery: Id) -> Status[Any]:
    """Tell it once more, with a full measure of tries."""
    _owner(request)
    found = Delivery.objects.select_related("webhook").filter(pk=delivery).first()
    if found is None:
        raise ApiError(404, sentence="There is no such delivery.")
    with refused():
        services.send_again(found, now=timezone.now())
    return Status(202, Delivery.objects.get(pk=delivery))


def _owner(request: HttpRequest) -> Colleague:
    colleague = colleague_of(request)
    if colleague.role != Colleague.Role.OWNER:
        raise ApiError(403, sentence="Webhooks carry everything: they are the owners'.")
    return colleague


def _webhook(pk: int) -> Webhook:
    found = Webhook.objects.filter(pk=pk).first()
    if found is None:
        raise ApiError(404, sentence="There is no such webhook.")
    return found


def _one(pk: int) -> dict[str, Any]:
    return next(_drawn(hook) for hook in queries.webhooks() if hook.webhook.pk == pk)


def _drawn(hook: queries.Hook) -> dict[str, Any]:
    names = ("title", "url", "kinds", "made_at", "paused_at", "closed_at")
    return {
        "id": hook.webhook.pk,
        **{name: getattr(hook.webhook, name) for name in names},
        "waiting": hook.told.waiting,
        "given_up": hook.told.given_up,
        "heard_at": hook.told.heard_at,
    }
