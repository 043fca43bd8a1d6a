"""What this company wants to know of its cases, checked by the kind of each field."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction

from ascolto.cases.models import Case, Field
from ascolto.cases.queries.organised import Value, asked
from ascolto.cases.services.telling import held, tell
from ascolto.staff.models import Colleague

LONGEST = 500
YES = {"1", "true", "sì", "si", "yes"}
NO = {"0", "false", "no"}


class NotAValue(Exception):
    """Some fields were given what they cannot hold. `args[0]`: their keys."""


class MissingFields(Exception):
    """A case is resolved only with these filled in. `args[0]`: their titles."""


@transaction.atomic
def set_fields(case: Case, said: Mapping[str, str], *, by: Colleague, now: datetime) -> None:
    """Fill in fields, by their keys; an empty text takes a value away. All or none.

    Fields that are not named stay as they are; a retired field keeps what it had.
    """
    case = held(case)
    fields = [one for one in asked() if one.key in said]
    values: dict[str, Value | None] = {}
    wrong = []
    for field in fields:
        try:
            values[field.key] = read(field, said[field.key])
        except ValueError:
            wrong.append(field.key)
    if wrong:
        raise NotAValue(wrong)
    changed = [one for one in fields if values[one.key] != case.fields.get(one.key)]
    if not changed:
        return
    kept = {**case.fields, **{one.key: values[one.key] for one in changed}}
    case.fields = {key: value for key, value in kept.items() if value is not None}
    case.save(update_fields=["fields"])
    told = [f"{one.title}: {shown(values[one.key])}" for one in changed]
    tell("cases.fields_set", case, at=now, by=by, said=told)


def missing_fields(case: Case) -> list[str]:
    """The titles of what must be filled in before this case is resolved. One query."""
    needed = [one for one in asked() if one.needed_to_resolve]
    return [one.title for one in needed if one.key not in case.fields]


def read(field: Field, text: str) -> Value | None:
    """What was written, as it is kept. None if it is empty; `ValueError` if it cannot be."""
    text = text.replace("\0", "").strip()
    if not text:
        return None
    if len(text) > LONGEST:
        raise ValueError(field.key)
    if field.kind == Field.Kind.NUMBER:
        return _number(text)
    if field.kind == Field.Kind.DATE:
        return date.fromisoformat(text).isoformat()
    if field.kind == Field.Kind.YES_NO:
        if text.lower() not in YES | NO:
            raise ValueError(text)
        return text.lower() in YES
    if field.kind == Field.Kind.CHOICE and text not in field.choices:
        raise ValueError(text)
    return text


def shown(value: Value | None) -> str:
    """A value in the words of the history, which has one language."""
    if isinstance(value, bool):
        return "sì" if value else "no"
    return value or "–"


def _number(text: str) -> str:
    """Written with a comma or a point; kept exactly as it was meant, with a point."""
    try:
        number = Decimal(text.replace(" ", "").replace(",", "."))
    except InvalidOperation as problem:
        raise ValueError(text) from problem
    if not number.is_finite():
        raise ValueError(text)
    return format(number, "f")[:LONGEST]
