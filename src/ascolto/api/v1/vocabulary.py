"""`/tags`, `/fields`, `/macros`, `/views`, `/webhooks`: what the house has agreed on, to read."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from ascolto.api.auth import colleague_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.words import Line, answers
from ascolto.cases.models import Tag
from ascolto.cases.queries.organised import asked as asked_fields
from ascolto.cases.queries.views import views_of
from ascolto.integrations import queries as integrations
from ascolto.knowledge.queries import find_macros
from ascolto.staff.models import Colleague

router = Router(tags=["vocabulary"])


class TagOut(Schema):
    id: int
    name: str


class FieldOut(Schema):
    key: str
    title: str
    kind: str
    choices: list[str]
    needed_to_resolve: bool


class MacroOut(Schema):
    id: int
    title: str
    text: str
    language: str


class MacroFilter(Schema):
    q: Line = ""


class ViewOut(Schema):
    """`count` stops at a hundred."""

    id: int
    name: str
    is_shared: bool
    query: str
    count: int


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


@router.get("/tags", response=answers(200, list[TagOut]))
def tags(request: HttpRequest) -> list[Any]:
    """The tags in use."""
    return list(Tag.objects.filter(retired_at=None).order_by("name"))


@router.get("/fields", response=answers(200, list[FieldOut]))
def fields(request: HttpRequest) -> list[Any]:
    """What this company wants to know of its cases."""
    return asked_fields()


@router.get("/macros", response=answers(200, list[MacroOut]))
def macros(request: HttpRequest, wanted: Query[MacroFilter]) -> list[Any]:
    """The thirty most used macros whose titles hold these words."""
    return find_macros(colleague_of(request), wanted.q)


@router.get("/views", response=answers(200, list[ViewOut]))
def views(request: HttpRequest) -> list[Any]:
    """The saved views of the token's colleague, with how many cases each shows."""
    return views_of(colleague_of(request), now=timezone.now())


@router.get("/webhooks", response=answers(200, list[WebhookOut]))
def webhooks(request: HttpRequest) -> list[dict[str, Any]]:
    """The outgoing webhooks and how they are doing. For owners; secrets are never shown."""
    if colleague_of(request).role != Colleague.Role.OWNER:
        raise ApiError(403, sentence="Webhooks carry everything: only owners see them.")
    return [
        {
            "id": hook.webhook.pk,
            "title": hook.webhook.title,
            "url": hook.webhook.url,
            "kinds": hook.webhook.kinds,
            "made_at": hook.webhook.made_at,
            "paused_at": hook.webhook.paused_at,
            "closed_at": hook.webhook.closed_at,
            "waiting": hook.told.waiting,
            "given_up": hook.told.given_up,
            "heard_at": hook.told.heard_at,
        }
        for hook in integrations.webhooks()
    ]
