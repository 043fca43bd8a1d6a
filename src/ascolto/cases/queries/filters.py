"""What a list is narrowed by: read from its address, and written back to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from ascolto.cases.models import Case, CaseTag, Tag
from ascolto.channels.models import Channel
from ascolto.kit.written import Blank
from ascolto.staff.models import Colleague

MOST = 20  # values of one filter that are read: more are no list, but an attack
ME = "io"
NOBODY = "nessuno"
PRIORITIES = {
    "bassa": Case.Priority.LOW,
    "normale": Case.Priority.NORMAL,
    "alta": Case.Priority.HIGH,
    "urgente": Case.Priority.URGENT,
}
OURS, THEIRS = "noi", "cliente"


@dataclass(frozen=True, slots=True)
class Filters:
    """Each as the address says it; empty asks for nothing. The words are Italian everywhere."""

    squadra: tuple[str, ...] = ()  # ids of teams
    assegnato: tuple[str, ...] = ()  # ids of colleagues, `ME`, `NOBODY`
    etichetta: tuple[str, ...] = ()  # names of tags; all of them
    priorita: tuple[str, ...] = ()  # of `PRIORITIES`
    canale: tuple[str, ...] = ()  # of `Channel.Kind`
    attesa: tuple[str, ...] = ()  # `OURS` or `THEIRS`
    scaduti: tuple[str, ...] = ()  # "1": the clock has run out
    dal: tuple[str, ...] = ()  # opened since this day
    al: tuple[str, ...] = ()  # opened until the end of this day
    cliente: tuple[str, ...] = ()  # id of a customer

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in NAMES)

    def written(self) -> dict[str, list[str]]:
        """As a saved view keeps them, and as `urlencode(…, doseq=True)` takes them."""
        return {name: list(values) for name in NAMES if (values := getattr(self, name))}


NAMES = tuple(field.name for field in fields(Filters))


def read(said: Mapping[str, Sequence[str]]) -> Filters:
    """The filters that an address or a saved view asks for. What means nothing is left out."""
    known = {
        name: tuple(
            dict.fromkeys(one for value in said.get(name, ()) if (one := _meant(name, value)))
        )[:MOST]
        for name in NAMES
    }
    return Filters(**known)


def narrowed(
    cases: QuerySet[Case], filters: Filters, *, colleague: Colleague, now: datetime | Blank
) -> QuerySet[Case]:
    """Those of these cases that the filters ask for. Adds no query."""
    if filters.squadra:
        cases = cases.filter(team_id__in=_numbers(filters.squadra))
    if filters.assegnato:
        cases = cases.filter(_given_to(filters.assegnato, colleague))
    for name in filters.etichetta:
        tag = Tag.objects.filter(name=name).values("pk")
        cases = cases.filter(Exists(CaseTag.objects.filter(case=OuterRef("pk"), tag=Subquery(tag))))
    if filters.priorita:
        cases = cases.filter(priority__in=[PRIORITIES[one] for one in filters.priorita])
    if filters.canale:
        cases = cases.filter(last_channel_kind__in=filters.canale)
    if filters.attesa and len(filters.attesa) == 1:
        cases = cases.filter(waiting_since__isnull=filters.attesa[0] == THEIRS)
    if filters.cliente:
        cases = cases.filter(customer_id__in=_numbers(filters.cliente))
    return cases.filter(_in_time(filters, now=now))


def _in_time(filters: Filters, *, now: datetime | Blank) -> Q:
    asked = Q(due_at__lt=now) if filters.scaduti else Q()
    if filters.dal:
        asked &= Q(opened_at__gte=_midnight(filters.dal[0]))
    if filters.al:
        asked &= Q(opened_at__lt=_midnight(filters.al[0], days=1))
    return asked


def _given_to(wanted: Sequence[str], colleague: Colleague) -> Q:
    ids = [int(one) for one in wanted if one.isdigit()]
    ids += [colleague.pk] if ME in wanted else []
    given = Q(assignee_id__in=ids)
    return given | Q(assignee=None) if NOBODY in wanted else given


def _meant(name: str, value: str) -> str:
    """The value as it is kept, or nothing if it is none of this filter."""
    value = value.strip()
    if name in {"squadra", "cliente"}:
        return value if _is_id(value) else ""
    if name == "assegnato":
        return value if value in {ME, NOBODY} or _is_id(value) else ""
    if name in {"dal", "al"}:
        return value if _is_day(value) else ""
    allowed = {
        "priorita": set(PRIORITIES),
        "canale": set(Channel.Kind.values),
        "attesa": {OURS, THEIRS},
        "scaduti": {"1"},
    }
    return value[:60].replace("\0", "") if name not in allowed or value in allowed[name] else ""


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= 18  # noqa: PLR2004 # a bigint has 19


def _is_day(value: str) -> bool:
    try:
        return 1970 <= date.fromisoformat(value).year < 9000  # noqa: PLR2004 # years of people
    except ValueError:
        return False


def _numbers(values: Sequence[str]) -> list[int]:
    return [int(value) for value in values]


def _midnight(day: str, *, days: int = 0) -> datetime:
    """Where the company is."""
    moment = datetime.combine(date.fromisoformat(day) + timedelta(days=days), time())
    return timezone.make_aware(moment)
