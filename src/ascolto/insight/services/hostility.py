"""Who has had to read hostile words. Whose matter it was when they came stays so."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection

IN_CASES = """
insert into insight_hostility (item_id, colleague_id, at)
select m.item_id, c.assignee_id, m.at
from cases_case c join cases_message m on m.case_id = c.id
join cases_messagereading r on r.message_id = m.id
join staff_colleague w on w.id = c.assignee_id
where c.id = any(%(ids)s) and r.angry and m.at > %(since)s
  and (w.shows_abuse or not r.abusive)
on conflict do nothing
"""
# What is folded away is read by whoever opens it, whosever the case is.
OPENED = """
insert into insight_hostility (item_id, colleague_id, at)
select m.item_id, x.colleague_id, x.at
from cases_exposure x join cases_message m on m.id = x.message_id
where x.at > %(since)s and m.item_id is not null
on conflict do nothing
"""
OPENED_IN_PUBLIC = """
insert into insight_hostility (item_id, colleague_id, at)
select m.item_id, x.colleague_id, x.at
from listening_exposure x join listening_mention m on m.id = x.mention_id
where x.at > %(since)s
on conflict do nothing
"""
IN_PUBLIC = """
insert into insight_hostility (item_id, colleague_id, at)
select item_id, assignee_id, heard_at from listening_mention
where heard_at > %(since)s and angry and assignee_id is not null
on conflict do nothing
"""


def note_hostility(case_ids: Collection[int], *, since: datetime) -> None:
    """Of these cases, and of what was said in public since then. Doing it twice changes nothing."""
    with connection.cursor() as cursor:
        for statement in (IN_CASES, OPENED, OPENED_IN_PUBLIC, IN_PUBLIC):
            cursor.execute(statement, {"ids": sorted(case_ids), "since": since})
