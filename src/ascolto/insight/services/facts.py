# ruff: noqa: S608 - the statement is put together from parts that are written here
"""The facts of cases, made anew from what is known of them. Doing it twice changes nothing."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max, Min

from ascolto.cases.models import Case
from ascolto.insight.models import CaseFacts
from ascolto.insight.services.deeds import DEED_PARTS
from ascolto.insight.services.hours import lay_out, open_seconds
from ascolto.insight.services.voices import CASE_PARTS

PARTS = ",\n".join(
    f"{name} as materialized ({query})" for name, query in (CASE_PARTS | DEED_PARTS).items()
)
# The bits of `policy.columns.Flag`.
FLAGS = """
  (case when w.resolved_at is not null then 1 else 0 end)
  | (case when said.answered then 2 else 0 end)
  | (case when said.answered and said.contacts > 1 then 4 else 0 end)
  | (case when after.sister_unanswered then 8 else 0 end)
  | (case when after.reopened then 16 else 0 end)
  | (case when after.came_back then 32 else 0 end)
  | (case when not clocks.late then 128 else 0 end)
  | (case when clocks.late then 256 else 0 end)
  | (case when after.could_rate then 512 else 0 end)
  | (case when w.waiting_since is not null and said.answered is not true then 1024 else 0 end)
  | (case when after.effort is not null then 2048 else 0 end)
  | (case when after.effort >= 5 then 4096 else 0 end)
"""
COLUMNS = {
    "case_id": "w.id",
    "opened_on": "w.opened_on",
    "opened_at": "w.opened_at",
    "resolved_at": "w.resolved_at",
    "team_id": "w.team_id",
    "channel_kind": "coalesce(opening.kind, w.last_channel_kind)",
    "topic": "left(coalesce(opening.topic, ''), 20)",
    "priority": "w.priority",
    "first_seconds": "said.first_seconds",
    "open_first_seconds": "said.open_first_seconds",
    "next_seconds": "coalesce(said.next_seconds, '[]')",
    "open_next_seconds": "coalesce(said.open_next_seconds, '[]')",
    "solved_seconds": "extract(epoch from w.resolved_at - w.opened_at)::int",
    "open_solved_seconds": "case when w.resolved_at is not null then "
    f"{open_seconds('w.opened_at', 'w.resolved_at', 'w.calendar_id')} end",
    "flags": FLAGS,
    "broken_kinds": "coalesce(clocks.kinds, 0)",
    "broken_why": "coalesce(clocks.why, 0)",
    "kept": "least(coalesce(clocks.kept, 0), 255)",
    "broken": "least(coalesce(clocks.broken, 0), 255)",
    "hand_overs": "least(coalesce(handed.times, 0), 255)",
    "contacts": "least(coalesce(said.contacts, 0), 255)",
    "repeats": "least(coalesce(repeated.times, 0), 255)",
    "score": "coalesce(after.score, 0)",
}
MAKE = f"""
with {PARTS}
insert into insight_casefacts ({", ".join(COLUMNS)})
select {", ".join(COLUMNS.values())}
from wanted w
left join said on said.case_id = w.id left join opening on opening.case_id = w.id
left join clocks on clocks.case_id = w.id left join handed on handed.case_id = w.id
left join repeated on repeated.case_id = w.id left join after on after.case_id = w.id
order by w.id
on conflict (case_id) do update set
{", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name != "case_id")}
returning opened_on
"""
# Cases that were merged into another one are no matter of their own any more.
DROP = """
delete from insight_casefacts f using cases_case c
where f.case_id = any(%(ids)s) and c.id = f.case_id and c.merged_into_id is not null
returning f.opened_on
"""
LATER = timedelta(days=1)


@transaction.atomic
def make_facts(case_ids: Collection[int], *, zone: str, now: datetime) -> set[date]:
    """Read these cases anew. The days whose sheets have to be written again."""
    if not case_ids:
        return set()
    ids = sorted(set(case_ids))
    days = set(
        CaseFacts.objects.filter(case__in=ids).values_list("opened_on", flat=True).distinct()
    )
    found = Case.objects.filter(pk__in=ids).aggregate(
        first=Min("opened_at"), resolved=Max("resolved_at"), last=Max("last_at")
    )
    if found["first"] is None:
        return days
    ends = max(at for at in (found["resolved"], found["last"], now) if at is not None)
    lay_out(found["first"].date(), (ends + LATER).date())
    with connection.cursor() as cursor:
        for statement in (MAKE, DROP):
            cursor.execute(statement, {"ids": ids, "zone": zone})
            days |= {row[0] for row in cursor.fetchall()}
        cursor.execute("drop table insight_window")
    return days
