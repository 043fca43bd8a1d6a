"""The history of a customer's record: who changed what, and what stood there before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ascolto.cases.access import visible_customers
from ascolto.people.models import Customer
from ascolto.staff.models import Colleague
from ascolto.timeline.queries import Deed, deeds_of_customers
from ascolto.timeline.references import reference

MOST = 500

_FIELDS = {
    "name": gettext_lazy("Nome"),
    "kind": gettext_lazy("Tipo"),
    "language": gettext_lazy("Lingua"),
    "about": gettext_lazy("Chi è"),
    "since": gettext_lazy("Cliente dal"),
}


@dataclass(frozen=True, slots=True)
class Change:
    at: datetime
    by: str
    what: str
    before: str = ""
    after: str = ""
    reason: str = ""


def changes_of(records: Sequence[Customer], colleague: Colleague) -> list[Change]:
    """Newest first, over all records read as one customer; the newest `MOST`. Two queries.

    A merge with a record that the reader may not know of is not told: its name would be.
    """
    ids = [one.pk for one in records]
    deeds = deeds_of_customers(
        ids,
        kinds=[*_TOLD, "people.changed", "people.renamed"],
        among=[reference("customer", pk) for pk in ids],
        limit=MOST,
    )
    others = {deed.facts["other_id"] for deed in deeds if "other_id" in deed.facts}
    known = set(visible_customers(colleague).filter(pk__in=others).values_list("pk", flat=True))
    return [
        change
        for deed in deeds
        if deed.facts.get("other_id") is None or deed.facts["other_id"] in known
        for change in _changes(deed)
    ]


def _changes(deed: Deed) -> list[Change]:
    by = deed.by_name or "Ascolto"
    if deed.kind == "people.renamed":
        before, after = deed.facts.get("before", ""), deed.facts.get("name", "")
        return [Change(deed.at, by, str(_FIELDS["name"]), before, after)]
    if deed.kind == "people.changed":
        return [
            Change(deed.at, by, str(_FIELDS.get(name, name)), _said(name, old), _said(name, new))
            for name, (old, new) in deed.facts.items()
        ]
    what, before, after = _TOLD[deed.kind](deed.facts)
    return [Change(deed.at, by, what, before, after, deed.facts.get("reason") or "")]


def _said(name: str, value: str) -> str:
    if name == "kind" and value in Customer.Kind.values:
        return str(Customer.Kind(value).label)
    return value


_TOLD: dict[str, Callable[[dict[str, Any]], tuple[str, str, str]]] = {
    "people.created": lambda facts: (_("Scheda creata"), "", facts.get("name", "")),
    "people.identity_added": lambda facts: (_("Recapito aggiunto"), "", facts["value"]),
    "people.identity_verified": lambda facts: (_("Recapito verificato"), "", facts["value"]),
    "people.identity_removed": lambda facts: (_("Recapito tolto"), facts["value"], ""),
    "people.statement_added": lambda facts: (_("Ci ha detto"), "", facts["text"]),
    "people.statement_withdrawn": lambda facts: (_("Non vale più"), facts["text"], ""),
    "people.note_added": lambda facts: (_("Nota aggiunta"), "", facts["text"]),
    "people.note_withdrawn": lambda facts: (_("Nota ritirata"), facts["text"], ""),
    "people.merged": lambda facts: (_("Scheda unita"), "", facts["other"]),
    "people.unmerged": lambda facts: (_("Scheda separata"), facts["other"], ""),
    "people.likeness_refused": lambda facts: (_("Non è la stessa persona di"), "", facts["other"]),
    "people.likeness_reopened": lambda facts: (_("Si chiede di nuovo di"), "", facts["other"]),
}
