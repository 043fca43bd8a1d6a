"""A post of ours as its page shows it, with what only cases know: who has one, who carries it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import connection
from django.db.models import Count, Q

from ascolto.cases.models import Message
from ascolto.cases.policy import goes_on_aside
from ascolto.cases.queries.exposure import A_DAY, hostile_read_by
from ascolto.cases.queries.loads import open_cases_of
from ascolto.listening import queries
from ascolto.listening.models import Exposure, Mention
from ascolto.listening.queries.boards import BoardComment, BoardPage, LanePage, LoadRow
from ascolto.staff.models import Colleague
from ascolto.staff.queries import colleagues

# Of those who ask for help in each cause, who had an open case before he wrote.
KNEW = """
select m.cause_id, count(distinct i.customer_id)
  from listening_mention m join people_identity i on i.id = m.identity_id
 where m.board_id = %(board)s and m.cause_id is not null and m.team_id <> all(%(hidden)s)
   and exists (select 1 from cases_case c
                where c.customer_id = i.customer_id and c.merged_into_id is null
                  and c.opened_at < m.heard_at
                  and (c.resolved_at is null or c.resolved_at > m.heard_at))
 group by m.cause_id
"""


def board_page(
    board_id: int, *, hidden_teams: Collection[int] = (), now: datetime
) -> BoardPage | None:
    """`listening.queries.board`, with what cases know. Thirteen queries, however much is said."""
    page = queries.board(board_id, hidden_teams=hidden_teams, now=now)
    if page is None:
        return None
    knew = _knew(board_id, hidden_teams)
    causes = [replace(row, knew_already=knew.get(row.id, 0)) for row in page.causes]
    return replace(page, causes=causes, load=_load(page, now=now))


def lane_page(  # noqa: PLR0913 # as `listening.queries.lane`
    board_id: int,
    lane: str,
    *,
    after: str = "",
    cause_id: int | None = None,
    one_of_each: bool = False,
    hidden_teams: Collection[int] = (),
    limit: int = 20,
) -> LanePage:
    """`listening.queries.lane`, with the case that each is in. Four queries."""
    page = queries.lane(
        board_id,
        lane,
        after=after,
        cause_id=cause_id,
        one_of_each=one_of_each,
        hidden_teams=hidden_teams,
        limit=limit,
    )
    return replace(page, rows=_with_cases(page.rows, hidden_teams))


def _with_cases(rows: Sequence[BoardComment], hidden: Collection[int]) -> list[BoardComment]:
    ids = [row.id for row in rows if row.standing == Mention.Standing.CASE]
    if not ids:
        return list(rows)
    mentions = Mention.objects.filter(pk__in=ids)
    mention_of = dict(mentions.values_list("item", "pk"))
    inside = Message.objects.filter(item__in=mention_of).exclude(case__team__in=hidden)
    names = ("item", "case", "case__assignee__name", "at", "conversation__aside_at")
    cases = {
        mention_of[item]: {
            "case_id": case,
            "case_with": name or "",
            "acknowledged_at": aside_at if goes_on_aside(aside_at=aside_at, heard_at=at) else None,
        }
        for item, case, name, at, aside_at in inside.values_list(*names)
    }
    return [replace(row, **cases.get(row.id, {})) for row in rows]


def _knew(board_id: int, hidden: Collection[int]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(KNEW, {"board": board_id, "hidden": list(hidden)})
        return dict(cursor.fetchall())


def _load(page: BoardPage, *, now: datetime) -> list[LoadRow]:
    """Those of the teams that answer here, its owner with them; in the order of their names."""
    teams = {page.team_id, *(row.team_id for row in page.causes)}
    theirs = colleagues().filter(Q(teams__in=teams) | Q(pk=page.owner_id or 0)).distinct()
    people = list(theirs.exclude(role=Colleague.Role.HELPER).order_by("name", "pk"))
    carried, hostile = open_cases_of(people), hostile_read_by(people, now=now)
    opened = Exposure.objects.filter(colleague__in=people, at__gt=now - A_DAY)
    in_public = dict(opened.values_list("colleague").annotate(Count("pk")).order_by())
    return [
        LoadRow(
            one.pk,
            one.name,
            carried.get(one.pk, 0),
            one.most_cases,
            hostile.get(one.pk, 0) + in_public.get(one.pk, 0),
        )
        for one in people
    ]
