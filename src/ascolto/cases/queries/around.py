"""Which of the many things that may stand around a case are there at all, asked once.

Most cases have no tag, no note, no file and nobody else in them. To ask for each would cost the
page of a case a dozen queries that find nothing.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model

from ascolto.cases.models import Case
from ascolto.kit.prepared import fetch
from ascolto.people.models import Identity

M = TypeVar("M", bound=Model)

OF_THE_CASE = {
    "call requests": "cases_callrequest where case_id = %(case)s",
    "drafts": "cases_draft where case_id = %(case)s",
    "followers": "cases_follower where case_id = %(case)s",
    "links": "cases_caselink where first_id = %(case)s or second_id = %(case)s",
    "matters": "cases_othermatter o where o.case_id = %(case)s"
    " or o.message_id in (select m.id from cases_message m where m.case_id = %(case)s)",
    "moves": "cases_moving where (origin_id = %(case)s or target_id = %(case)s)"
    " and undone_at is null",
    "notes": "cases_note where case_id = %(case)s",
    "presences": "cases_presence where case_id = %(case)s",
    # As `MessageRow.is_scheduled` says it.
    "scheduled": "cases_message m join channels_outgoing o on o.id = m.outgoing_id"
    " where m.case_id = %(case)s and o.sent_at is null and o.cancelled_at is null"
    " and o.failed_at is null and o.attempts = 0"
    " and o.not_before > o.queued_at + interval '2 minutes'",
    "tags": "cases_casetag where case_id = %(case)s",
    "attachments": "cases_message m join channels_attachment a on a.item_id = m.item_id"
    " where m.case_id = %(case)s",
    "enclosures": "cases_message m join channels_enclosure e on e.outgoing_id = m.outgoing_id"
    " where m.case_id = %(case)s",
}
OF_THE_CUSTOMER = {
    "likenesses": "people_likeness where answer = ''"
    " and (left_id = any(%(records)s) or right_id = any(%(records)s))",
    "unreachable": "pressure_unreachable where identity_id = any(%(identities)s)"
    " and reached_again_at is null",
}
EVERYTHING = frozenset((*OF_THE_CASE, *OF_THE_CUSTOMER))
THERE = " union all ".join(
    f"select '{name}' where exists (select 1 from {where})"  # noqa: S608 # ours
    for name, where in (OF_THE_CASE | OF_THE_CUSTOMER).items()
)


@dataclass(frozen=True, slots=True)
class Around:
    """What there is of `EVERYTHING`. One that was never looked at holds all of it for possible."""

    there: frozenset[str] = EVERYTHING

    def has(self, name: str) -> bool:
        if name not in EVERYTHING:
            raise KeyError(name)
        return name in self.there

    def some(self, name: str, rows: Callable[[], Iterable[M]]) -> list[M]:
        """The rows, if there are any of this name; else none, and no query is even made."""
        return list(rows()) if self.has(name) else []


def around(case: Case, identities: Collection[Identity]) -> Around:
    """What stands around this case and around the customer of these identities. One query."""
    asked: dict[str, Any] = {
        "case": case.pk,
        "records": [case.customer_id, *(one.customer_id for one in identities)],
        "identities": [one.pk for one in identities],
    }
    return Around(frozenset(name for (name,) in fetch(THERE, asked)))
