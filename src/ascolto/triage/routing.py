"""The team of a new case: what the policy is told, and what it answers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from ascolto.kit.businesstime import NeverOpen
from ascolto.reading import Reading
from ascolto.staff.hours import work_calendars
from ascolto.staff.models import Team
from ascolto.triage.policy.competence import CLEAR, Candidate, Choice, Lesson, choose

WINDOW = 50  # of the cases that began on a topic with a team, the last ones teach
NOT_SOON = timedelta(days=366)  # a calendar that never opens

# Of each topic the teams with somebody who can, how much those carry, and what waits there for
# nobody in particular. Who learns, who left and who only helps does not count.
ABLE = """
with able as (
  select distinct t.topic, m.team_id, c.id as colleague_id, c.most_cases
    from unnest(%(topics)s::text[]) as t(topic)
    join staff_competence k on k.topics @> to_jsonb(t.topic)
    join staff_skill s on s.competence_id = k.id and not s.is_learning
    join staff_colleague c on c.id = s.colleague_id and c.left_at is null and c.role <> 'HELPER'
    join staff_membership m on m.colleague_id = c.id
), held as (
  select a.colleague_id,
         (select count(*) from cases_case k
           where k.assignee_id = a.colleague_id and k.resolved_at is null) as cases
    from (select distinct colleague_id from able) a
), free as (
  select a.team_id,
         (select count(*) from (select 1 from cases_case k where k.team_id = a.team_id
             and k.resolved_at is null and k.assignee_id is null limit 1000) as few) as cases
    from (select distinct team_id from able) a
)
select able.topic, able.team_id, team.calendar_id, count(*),
       (sum(held.cases) + free.cases) / count(*)::float,
       case when bool_or(able.most_cases is null) then null
            else sum(greatest(able.most_cases - held.cases, 0)) - free.cases end
  from able
  join held using (colleague_id)
  join free using (team_id)
  join staff_team team on team.id = able.team_id and not team.is_reserved
 group by able.topic, able.team_id, team.calendar_id, free.cases
"""

# With which team the last cases ended that began on this topic with that one.
ENDED = """
select t.topic, w.team_id, c.team_id, count(*)
  from unnest(%s::text[]) as t(topic)
 cross join unnest(%s::bigint[]) as w(team_id)
 cross join lateral (
   select m.case_id
     from cases_messagereading r join cases_message m on m.id = r.message_id
    where r.topic = t.topic and r.began_with_id = w.team_id and m.at >= %s
    order by r.message_id desc limit %s) as began
  join cases_case c on c.id = began.case_id
 group by t.topic, w.team_id, c.team_id
"""
REMEMBERED = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Routed:
    """The team of a case, why, and whose door it came in by."""

    team: Team
    choice: Choice
    home: Team


class Routing:
    """The teams for the new cases of one batch. Asks the database once for all of it, when the
    first of them is wanted; and not at all if nothing in it can be told."""

    def __init__(
        self, readings: Iterable[Reading], homes: Iterable[Team], *, now: datetime
    ) -> None:
        self._now = now
        self._teams = {team.pk: team for team in homes}
        self._topics = {one.topic for one in readings if share_of(one) >= CLEAR}
        self._candidates: dict[str, list[Candidate]] = {}
        self._lessons: dict[str, dict[int, Lesson]] = {}
        self._asked = not self._topics

    def team_for(self, reading: Reading, home: Team) -> Routed:
        """The team for a case that came in by the door of `home`, and why. A reserved team keeps
        what comes by its door: nobody else may see it."""
        if home.is_reserved:
            return Routed(home, choose(home.pk, (), share=1.0), home)
        self._ask()
        choice = choose(
            home.pk,
            self._candidates.get(reading.topic, ()),
            share=share_of(reading),
            lessons=self._lessons.get(reading.topic),
        )
        return Routed(self._team(choice.team_id), choice, home)

    def _ask(self) -> None:
        if self._asked:
            return
        self._asked = True
        self._candidates = _candidates(self._topics, self._now)
        able = {one.team_id for several in self._candidates.values() for one in several}
        self._lessons = _lessons(self._topics, able | self._teams.keys(), self._now)

    def _team(self, team_id: int) -> Team:
        if team_id not in self._teams:
            self._teams[team_id] = Team.objects.get(pk=team_id)
        return self._teams[team_id]


def share_of(reading: Reading) -> float:
    """How sure we are of the topic, from 0 to 1. What is about anything is about nothing."""
    return 0.0 if reading.topic == "other" else reading.probabilities.get("topic", 0.0)


def _candidates(topics: Collection[str], now: datetime) -> dict[str, list[Candidate]]:
    with connection.cursor() as cursor:
        cursor.execute(ABLE, {"topics": sorted(topics)})
        rows = cursor.fetchall()
    hours = work_calendars({calendar for _topic, _team, calendar, *_rest in rows}) if rows else {}
    found: defaultdict[str, list[Candidate]] = defaultdict(list)
    for topic, team, calendar, able, load, room in rows:
        try:
            closed_for = hours[calendar].next_opening(now) - now
        except NeverOpen:
            closed_for = NOT_SOON
        left = None if room is None else int(room)
        found[topic].append(Candidate(team, able, load, left, max(closed_for, timedelta(0))))
    return found


def _lessons(
    topics: Collection[str], teams: Collection[int], now: datetime
) -> dict[str, dict[int, Lesson]]:
    """What became of the last cases, by topic and by the team they began with."""
    asked = (sorted(topics), sorted(teams), now - REMEMBERED, WINDOW)
    with connection.cursor() as cursor:
        cursor.execute(ENDED, asked)
        rows = cursor.fetchall()
    ends: defaultdict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for topic, began_with, ended_with, cases in rows:
        ends[topic, began_with].append((cases, ended_with))
    found: defaultdict[str, dict[int, Lesson]] = defaultdict(dict)
    for (topic, began_with), several in ends.items():
        lesson = _lesson(began_with, several)
        if lesson is not None:
            found[topic][began_with] = lesson
    return found


def _lesson(began_with: int, ends: Sequence[tuple[int, int]]) -> Lesson | None:
    elsewhere = [end for end in ends if end[1] != began_with]
    if not elsewhere:
        return None
    handed, to_team = max(elsewhere)
    return Lesson(sum(cases for cases, _team in ends), handed, to_team)
