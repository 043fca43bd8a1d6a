"""`/tags` and `/fields`: the words that cases are found by, and what is asked of them."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.responses import Status

from ascolto.api.auth import Bearer, leads_only
from ascolto.api.errors import ApiError
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.words import STORABLE, Id, Line, answers
from ascolto.cases.models import Field as Asked
from ascolto.cases.models import Tag
from ascolto.cases.queries.organised import asked as asked_fields
from ascolto.cases.services import vocabulary as deeds

router = Router(tags=["vocabulary"])
ADMIN = Bearer("admin")
Title = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]


class TagOut(Schema):
    id: int
    name: str


class TagIn(Schema):
    name: Annotated[str, Field(min_length=1, max_length=60, pattern=STORABLE)]


class TagIntoIn(Schema):
    """The tag that remains."""

    into: Id


class MovedOut(Schema):
    """How many cases are found by the other tag now."""

    moved: int


class FieldOut(Schema):
    id: int
    key: str
    title: str
    kind: str
    choices: list[str]
    needed_to_resolve: bool


class FieldIn(Schema):
    """`choices` are for the kind CHOICE. The kind of a field that is there stays what it is."""

    title: Title
    kind: Asked.Kind = Asked.Kind.TEXT
    choices: list[Line] = Field(default_factory=list, max_length=500)
    needed_to_resolve: bool = False
    position: Annotated[int, Field(ge=0, le=999)] = 0


@router.get("/tags", response=answers(200, list[TagOut]))
def tags(request: HttpRequest) -> list[Any]:
    """The tags in use."""
    return list(Tag.objects.filter(retired_at=None).order_by("name"))


@router.patch("/tags/{int:tag}", response=answers(200, TagOut), auth=ADMIN)
def rename_tag(request: HttpRequest, tag: Id, wanted: TagIn) -> Any:
    """Call it by another name, on every case that has it."""
    by, found = leads_only(request), _tag(tag)
    with refused():
        deeds.rename_tag(found, wanted.name, by=by, now=timezone.now())
    return _tag(tag)


@router.post("/tags/{int:tag}/merge", response=answers(200, MovedOut), auth=ADMIN)
def merge_tag(request: HttpRequest, tag: Id, wanted: TagIntoIn) -> dict[str, int]:
    """Every case of this tag is found by the other; this one is offered no more."""
    by, found, into = leads_only(request), _tag(tag), _tag(wanted.into)
    if found == into:
        raise ApiError(422, "same_record", "A tag is merged with another one.")
    return {"moved": deeds.merge_tag(found, into=into, by=by, now=timezone.now())}


@router.delete("/tags/{int:tag}", response=answers(200, TagOut), auth=ADMIN)
def retire_tag(request: HttpRequest, tag: Id) -> Any:
    """Offered no more; the cases that have it keep it."""
    by, found = leads_only(request), _tag(tag)
    deeds.retire_tag(found, by=by, now=timezone.now())
    return found


@router.post("/tags/{int:tag}/restore", response=answers(200, TagOut), auth=ADMIN)
def restore_tag(request: HttpRequest, tag: Id) -> Any:
    """Offered again."""
    by, found = leads_only(request), Tag.objects.filter(pk=tag).first()
    if found is None:
        raise ApiError(404, sentence="There is no such tag.")
    deeds.restore_tag(found, by=by, now=timezone.now())
    return found


@router.get("/fields", response=answers(200, list[FieldOut]))
def fields(request: HttpRequest) -> list[Any]:
    """What this company wants to know of its cases."""
    return asked_fields()


@router.post("/fields", response=answers(201, FieldOut), auth=ADMIN)
def add_field(request: HttpRequest, wanted: FieldIn) -> Status[Any]:
    """Ask something more of every case."""
    return Status(201, _saved(request, None, wanted))


@router.put("/fields/{int:field}", response=answers(200, FieldOut), auth=ADMIN)
def change_field(request: HttpRequest, field: Id, wanted: FieldIn) -> Any:
    """Ask it otherwise; a field that was retired is asked again."""
    return _saved(request, _field(field), wanted)


@router.delete("/fields/{int:field}", response=answers(200, FieldOut), auth=ADMIN)
def retire_field(request: HttpRequest, field: Id) -> Any:
    """Asked no more; what cases say in it stays."""
    by, found = leads_only(request), _field(field)
    deeds.retire_field(found, by=by, now=timezone.now())
    return found


def _saved(request: HttpRequest, known: Asked | None, wanted: FieldIn) -> Asked:
    by, asked = leads_only(request), deeds.Asked(**wanted.model_dump())
    with refused():
        return deeds.save_field(known, asked, by=by, now=timezone.now())


def _tag(pk: int) -> Tag:
    found = Tag.objects.filter(pk=pk, retired_at=None).first()
    if found is None:
        raise ApiError(404, sentence="There is no such tag in use.")
    return found


def _field(pk: int) -> Asked:
    found = Asked.objects.filter(pk=pk).first()
    if found is None:
        raise ApiError(404, sentence="There is no such field.")
    return found
