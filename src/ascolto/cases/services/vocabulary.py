"""The words that cases are found by, and what this company wants to know of them."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from ascolto.administration.services.changing import Change, State, leads_alone, record_change
from ascolto.cases.models import CaseTag, Field, Tag
from ascolto.staff.models import Colleague
from ascolto.staff.services import NameTaken
from ascolto.timeline.references import reference
from ascolto.timeline.services import record

AT_ONCE = 5000  # rows of a merge in one statement


class NoChoices(Exception):
    """A choice offers at least one thing to choose."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as it is to be. Its key and, once it holds values, its kind do not change."""

    title: str
    kind: str
    choices: list[str] = field(default_factory=list)
    needed_to_resolve: bool = False
    position: int = 0


@transaction.atomic
def rename_tag(tag: Tag, name: str, *, by: Colleague, now: datetime) -> list[Change]:
    """Raises `NotAllowed`, and `NameTaken`: to make two into one there is `merge_tag`."""
    leads_alone(by)
    known = Tag.objects.select_for_update().get(pk=tag.pk)
    name = " ".join(name.split())
    if Tag.objects.filter(name__iexact=name).exclude(pk=tag.pk).exists():
        raise NameTaken(name)
    before = known.name
    known.name = name
    known.save(update_fields=["name"])
    return record_change(
        "cases.tag_renamed",
        name,
        subject=reference("tag", known.pk),
        states=({"name": before}, {"name": name}),
        by=by,
        now=now,
    )


@transaction.atomic
def merge_tag(tag: Tag, *, into: Tag, by: Colleague, now: datetime) -> int:
    """Every case of `tag` is found by `into`; `tag` is offered no more. How many cases moved.

    Raises `NotAllowed`.
    """
    leads_alone(by)
    locked = Tag.objects.select_for_update().filter(pk__in=[tag.pk, into.pk]).order_by("pk")
    if locked.count() != len({tag.pk, into.pk}) or tag.pk == into.pk:
        return 0
    rows = CaseTag.objects.filter(tag=tag).values_list("case_id", "by_id", "at")
    moved = [CaseTag(case_id=case, tag=into, by_id=who, at=at) for case, who, at in rows]
    CaseTag.objects.bulk_create(moved, batch_size=AT_ONCE, ignore_conflicts=True)
    CaseTag.objects.filter(tag=tag).delete()
    Tag.objects.filter(pk=tag.pk).update(retired_at=now)
    record(
        "cases.tag_merged",
        at=now,
        subject=reference("tag", tag.pk),
        by=by,
        name=tag.name,
        into=into.name,
        cases=len(moved),
    )
    return len(moved)


@transaction.atomic
def retire_tag(tag: Tag, *, by: Colleague, now: datetime) -> None:
    """Offered no more; the cases that have it keep it. Raises `NotAllowed`."""
    leads_alone(by)
    if Tag.objects.filter(pk=tag.pk, retired_at=None).update(retired_at=now):
        subject = reference("tag", tag.pk)
        record("cases.tag_retired", at=now, subject=subject, by=by, name=tag.name)


@transaction.atomic
def restore_tag(tag: Tag, *, by: Colleague, now: datetime) -> None:
    """Offered again. Raises `NotAllowed`."""
    leads_alone(by)
    if Tag.objects.filter(pk=tag.pk, retired_at__isnull=False).update(retired_at=None):
        subject = reference("tag", tag.pk)
        record("cases.tag_restored", at=now, subject=subject, by=by, name=tag.name)


def field_state(field: Field) -> State:
    return {
        "title": field.title,
        "kind": str(field.get_kind_display()),
        "choices": ", ".join(field.choices),
        "needed": "yes" if field.needed_to_resolve else "no",
        "position": str(field.position),
    }


@transaction.atomic
def save_field(known: Field | None, asked: Asked, *, by: Colleague, now: datetime) -> Field:
    """Make a field, or change one. The kind of a field that is there stays what it is.

    Raises `NotAllowed` and `NoChoices`.
    """
    leads_alone(by)
    before: State = {}
    if known is None:
        field = Field(key=_free_key(asked.title), kind=asked.kind)
    else:
        field = Field.objects.select_for_update().get(pk=known.pk)
        before = field_state(field)
    choices = list(dict.fromkeys(asked.choices)) if field.kind == Field.Kind.CHOICE else []
    if field.kind == Field.Kind.CHOICE and not choices:
        raise NoChoices(asked.title)
    field.title, field.choices = asked.title.strip(), choices
    field.needed_to_resolve, field.position = asked.needed_to_resolve, asked.position
    field.retired_at = None
    field.save()
    record_change(
        "cases.field_saved",
        field.title,
        subject=reference("field", field.pk),
        states=(before, field_state(field)),
        by=by,
        now=now,
    )
    return field


@transaction.atomic
def retire_field(field: Field, *, by: Colleague, now: datetime) -> None:
    """Asked no more; what cases say in it stays. Raises `NotAllowed`."""
    leads_alone(by)
    if Field.objects.filter(pk=field.pk, retired_at=None).update(retired_at=now):
        subject = reference("field", field.pk)
        record("cases.field_retired", at=now, subject=subject, by=by, name=field.title)


def _free_key(title: str) -> str:
    base = slugify(title)[:30] or "campo"
    taken = set(Field.objects.filter(key__startswith=base).values_list("key", flat=True))
    names = [base, *(f"{base}-{number}" for number in range(2, 1000))]
    return next(name for name in names if name not in taken)
