"""`/macros` and `/views`: words said often, and lists one comes back to."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from ninja.responses import Status

from ascolto.administration.services import macros as deeds
from ascolto.api.auth import colleague_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.deeds import team_with
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.words import STORABLE, Id, Line, answers
from ascolto.cases.models import SavedView
from ascolto.cases.queries.filters import read
from ascolto.cases.queries.views import QUEUES, views_of
from ascolto.cases.services import viewing
from ascolto.knowledge.models import Macro
from ascolto.knowledge.queries import find_macros, visible_macros

router = Router(tags=["vocabulary"])
Body = Annotated[str, Field(max_length=10_000, pattern=STORABLE)]


class MacroOut(Schema):
    """`team` and `mine` say whose it is; neither: everybody's."""

    id: int
    title: str
    text: str
    language: str
    tags: list[str]
    resolve: bool
    team: int | None
    mine: bool


class MacroFilter(Schema):
    q: Line = ""


class MacroIn(Schema):
    """`mine` keeps it to the token's colleague; else it is the `team`'s, or everybody's. `tags`
    and `resolve` happen when an answer with it is sent."""

    title: Line
    text: Body = ""
    language: Literal["it", "en"] = "it"
    mine: bool = False
    team: Id | None = None
    tags: list[Line] = Field(default_factory=list, max_length=50)
    resolve: bool = False


class ViewOut(Schema):
    """`count` stops at a hundred."""

    id: int
    name: str
    is_shared: bool
    query: str
    count: int


class ViewIn(Schema):
    """`filters` as in the address of the list at the desk: {"etichetta": ["fibra"]}; `queue` is
    its name there. Shared with everybody, or with a `team` alone."""

    name: Line
    queue: str = "tutti"
    filters: dict[Line, list[Line]] = Field(default_factory=dict, max_length=40)
    is_shared: bool = False
    team: Id | None = None


class ViewChangeIn(Schema):
    name: Line
    is_shared: bool = False
    team: Id | None = None


@router.get("/macros", response=answers(200, list[MacroOut]))
def macros(request: HttpRequest, wanted: Query[MacroFilter]) -> list[dict[str, Any]]:
    """The thirty most used macros whose titles hold these words."""
    return [_macro(one) for one in find_macros(colleague_of(request), wanted.q)]


@router.post("/macros", response=answers(201, MacroOut))
def add_macro(request: HttpRequest, wanted: MacroIn) -> Status[dict[str, Any]]:
    """Keep words for everybody, a team, or oneself."""
    return Status(201, _saved(request, None, wanted))


@router.put("/macros/{int:macro}", response=answers(200, MacroOut))
def change_macro(request: HttpRequest, macro: Id, wanted: MacroIn) -> dict[str, Any]:
    """Say it otherwise from now on."""
    return _saved(request, _visible(request, macro), wanted)


@router.delete("/macros/{int:macro}", response=answers(200, MacroOut))
def retire_macro(request: HttpRequest, macro: Id) -> dict[str, Any]:
    """Offered no more. What was said with it stays said."""
    found = _visible(request, macro)
    with refused():
        deeds.retire_macro(found, by=colleague_of(request), now=timezone.now())
    return _macro(found)


@router.post("/macros/{int:macro}/restore", response=answers(200, MacroOut))
def restore_macro(request: HttpRequest, macro: Id) -> dict[str, Any]:
    """Offered again, as it was."""
    found = visible_macros(colleague_of(request), retired=True).filter(pk=macro).first()
    if found is None:
        raise ApiError(404, sentence="There is no such macro that this token may see.")
    with refused():
        deeds.restore_macro(found, by=colleague_of(request), now=timezone.now())
    return _macro(found)


@router.get("/views", response=answers(200, list[ViewOut]))
def views(request: HttpRequest) -> list[Any]:
    """The saved views of the token's colleague, with how many cases each shows."""
    return views_of(colleague_of(request), now=timezone.now())


@router.post("/views", response=answers(201, list[ViewOut]))
def save_view(request: HttpRequest, wanted: ViewIn) -> Status[list[Any]]:
    """Keep a list under a name."""
    if wanted.queue not in QUEUES:
        raise ApiError(422, "no_such_queue", f"A queue is one of {', '.join(QUEUES)}.")
    filters = {**read(wanted.filters).written(), "coda": [wanted.queue]}
    with refused():
        viewing.save_view(
            wanted.name,
            filters=filters,
            by=colleague_of(request),
            now=timezone.now(),
            is_shared=wanted.is_shared,
            team=team_with(wanted.team) if wanted.team else None,
        )
    return Status(201, views(request))


@router.patch("/views/{int:view}", response=answers(200, list[ViewOut]))
def change_view(request: HttpRequest, view: Id, wanted: ViewChangeIn) -> list[Any]:
    """Another name, or other readers. Only one's own."""
    found = _own(request, view)
    with refused():
        viewing.rename_view(
            found,
            name=wanted.name,
            is_shared=wanted.is_shared,
            team=team_with(wanted.team) if wanted.team else None,
            by=colleague_of(request),
            now=timezone.now(),
        )
    return views(request)


@router.delete("/views/{int:view}", response=answers(200, list[ViewOut]))
def delete_view(request: HttpRequest, view: Id) -> list[Any]:
    """Forget the list; the cases in it stay where they are."""
    viewing.delete_view(_own(request, view), by=colleague_of(request), now=timezone.now())
    return views(request)


def _saved(request: HttpRequest, macro: Macro | None, wanted: MacroIn) -> dict[str, Any]:
    by = colleague_of(request)
    known = macro.deeds if macro else {}
    happens = {name: what for name, what in known.items() if name not in {"tags", "resolve"}}
    if wanted.tags:
        happens["tags"] = wanted.tags
    if wanted.resolve:
        happens["resolve"] = True
    with refused():
        made = deeds.save_macro(
            macro=macro,
            title=wanted.title,
            text=wanted.text,
            language=wanted.language,
            deeds=happens,
            owner=by if wanted.mine else None,
            team=team_with(wanted.team) if wanted.team and not wanted.mine else None,
            by=by,
            now=timezone.now(),
        )
    return _macro(made)


def _visible(request: HttpRequest, pk: int) -> Macro:
    found = visible_macros(colleague_of(request)).filter(pk=pk).first()
    if found is None:
        raise ApiError(404, sentence="There is no such macro that this token may see.")
    return found


def _own(request: HttpRequest, pk: int) -> SavedView:
    found = SavedView.objects.filter(pk=pk, owner=colleague_of(request)).first()
    if found is None:
        raise ApiError(404, sentence="There is no such view of yours.")
    return found


def _macro(macro: Macro) -> dict[str, Any]:
    tags = macro.deeds.get("tags")
    return {
        "id": macro.pk,
        "title": macro.title,
        "text": macro.text,
        "language": macro.language,
        "tags": tags if isinstance(tags, list) else [],
        "resolve": bool(macro.deeds.get("resolve")),
        "team": macro.team_id,
        "mine": macro.owner_id is not None,
    }
