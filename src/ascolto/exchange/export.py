"""Customers and cases as files: made line by line, of what the colleague who asks may see."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Model, Prefetch, QuerySet

from ascolto.cases.access import visible_cases, visible_customers
from ascolto.cases.models import Case, Message
from ascolto.exchange.models import Run
from ascolto.people.models import Customer, Identity
from ascolto.staff.models import Colleague

AT_ONCE = 500
FORMULA = ("=", "+", "-", "@", "\t", "\r")
CUSTOMER_COLUMNS = [
    # No "id": importing takes that for the customer's own code.
    "ascolto_id", "reference", "name", "kind", "email", "phone", "handle", "language", "about",
    "since", "created_at",
]  # fmt: skip
CASE_COLUMNS = [
    "case", "customer_name", "customer_email", "customer_phone", "customer_reference", "subject",
    "opened_at", "resolved_at", "team", "assignee", "priority", "tags", "messages",
]  # fmt: skip
Line = dict[str, Any]


def exported(kind: str, file_format: str, *, by: Colleague) -> Iterator[str]:
    """A file, line by line: CSV with its header, or one JSON object a line."""
    rows = _customers(by) if kind == Run.Kind.CUSTOMERS else _cases(by)
    if file_format == Run.Format.JSON:
        return (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    columns = CUSTOMER_COLUMNS if kind == Run.Kind.CUSTOMERS else CASE_COLUMNS
    return _csv(columns, rows)


def as_cell(value: Any) -> str:
    """A value as one cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = "; ".join(value)
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)
    return neutral(text)


def neutral(text: str) -> str:
    """With an apostrophe before what would begin a formula; importing takes it off again."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _csv(columns: list[str], rows: Iterable[Line]) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out)
    yield "\ufeff"  # else a spreadsheet takes UTF-8 for what Windows writes
    writer.writerow(columns)
    for row in rows:
        writer.writerow([as_cell(row[name]) for name in columns])
        if out.tell() > 32_768:  # noqa: PLR2004 # characters a piece
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _by_key(found: QuerySet[Any], *, draw: Callable[[Any], Line]) -> Iterator[Line]:
    """Some hundreds at a time, by key: no cursor stays open while somebody downloads slowly."""
    last = 0
    while some := list(found.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield from map(draw, some)
        last = _pk(some[-1])


def _pk(model: Model) -> int:
    return int(model.pk)


def _customers(by: Colleague) -> Iterator[Line]:
    found = visible_customers(by).defer("search").prefetch_related("identities")
    return _by_key(found, draw=_customer)


def _customer(customer: Customer) -> Line:
    ways = _ways(customer.identities.all())
    return {
        "ascolto_id": customer.pk,
        "name": customer.name,
        "kind": customer.kind.lower(),
        **ways,
        "language": customer.language,
        "about": customer.about,
        "since": customer.since.isoformat() if customer.since else None,
        "created_at": customer.created_at.isoformat(),
    }


def _ways(identities: Iterable[Identity]) -> dict[str, list[str]]:
    ways: dict[str, list[str]] = {"reference": [], "email": [], "phone": [], "handle": []}
    for identity in sorted(identities, key=lambda one: one.pk):
        ways[identity.kind.lower()].append(identity.value)
    return ways


def _cases(by: Colleague) -> Iterator[Line]:
    said = Message.objects.select_related("outgoing").defer("search").order_by("at", "pk")
    found = (
        visible_cases(by)
        .select_related("customer", "team", "assignee")
        .defer("customer__search")
        .prefetch_related(
            "customer__identities", "tags", Prefetch("messages", said, to_attr="past")
        )
    )
    return _by_key(found, draw=_case)


def _case(case: Case) -> Line:
    ways = _ways(case.customer.identities.all())
    return {
        "case": case.number,
        "customer_name": case.customer.name,
        **{f"customer_{name}": ways[name] for name in ("email", "phone", "reference")},
        "subject": case.subject,
        "opened_at": case.opened_at.isoformat(),
        "resolved_at": case.resolved_at.isoformat() if case.resolved_at else None,
        "team": case.team.name,
        "assignee": case.assignee.name if case.assignee else "",
        "priority": case.priority,
        "tags": sorted(tag.name for tag in case.tags.all()),
        "messages": [_said(message) for message in getattr(case, "past", [])],
    }


def _said(message: Message) -> Line:
    ours = message.item_id is None
    return {
        "from": "us" if ours else "customer",
        "at": message.at.isoformat(),
        "text": message.text,
    }
