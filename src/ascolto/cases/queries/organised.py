"""What stands around a case: tags, what is asked of it, cases that belong to it, its moves."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case, CaseLink, Field, Moving, Tag
from ascolto.cases.queries.around import Around
from ascolto.kit.kept import Kept
from ascolto.staff.models import Colleague

Value = str | bool  # what a field keeps


@dataclass(frozen=True, slots=True)
class Filled:
    """A field and what this case says in it; None if nothing yet."""

    field: Field
    value: Value | None

    @property
    def as_day(self) -> date | None:
        is_date = self.field.kind == Field.Kind.DATE and isinstance(self.value, str)
        return date.fromisoformat(str(self.value)) if is_date else None


@dataclass(frozen=True, slots=True)
class Linked:
    case: Case
    why: str


@dataclass(frozen=True, slots=True)
class Organised:
    tags: list[Tag]
    fields: list[Filled]
    linked: list[Linked]
    moves: list[Moving]  # merges and splits that still hold, the newest first

    @property
    def last_move(self) -> Moving | None:
        return self.moves[0] if self.moves else None


def organised(case: Case, colleague: Colleague, there: Around) -> Organised:
    """Five queries at most. Links to what he may not see are not told."""
    both = Q(first=case) | Q(second=case)
    links = there.some("links", lambda: CaseLink.objects.filter(both).order_by("at"))
    why = {
        link.second_id if link.first_id == case.pk else link.first_id: link.why for link in links
    }
    seen = visible_cases(colleague).filter(pk__in=why) if why else ()
    return Organised(
        tags=there.some("tags", lambda: case.tags.order_by("name")),
        fields=[Filled(one, case.fields.get(one.key)) for one in asked()],
        linked=[Linked(one, why[one.pk]) for one in seen],
        moves=there.some("moves", lambda: _moves_of(case)),
    )


def _moves_of(case: Case) -> QuerySet[Moving]:
    still = Moving.objects.filter(Q(origin=case) | Q(target=case), undone_at=None)
    return still.select_related("origin", "target", "by").order_by("-at", "-pk")


def asked() -> list[Field]:
    """The fields in use, in their order. One query."""
    return _ASKED.rows()


_ASKED = Kept(lambda: Field.objects.filter(retired_at=None).order_by("position", "title", "pk"))
