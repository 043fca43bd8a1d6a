"""Working hours as a table, so that the database can measure in them."""

from datetime import date, timedelta

from django.db import connection

from ascolto.staff.hours import work_calendars
from ascolto.staff.models import Calendar

WINDOWS = """
create temporary table insight_window (
  calendar_id bigint not null, opens timestamptz not null, seconds int not null,
  before bigint not null, primary key (calendar_id, opens)
) on commit drop
"""
FILL = """
insert into insight_window
select * from unnest(%s::bigint[], %s::timestamptz[], %s::int[], %s::bigint[])
"""
AROUND = timedelta(days=2)  # days of zones reach over those of UTC


def lay_out(first: date, last: date) -> None:
    """Make the table for this transaction: each open stretch, and the seconds open before it."""
    calendars = work_calendars(Calendar.objects.values_list("pk", flat=True))
    rows: list[tuple[object, ...]] = []
    for pk, hours in calendars.items():
        before = 0
        for opens, closes in hours.windows(first - AROUND, last + AROUND):
            seconds = int((closes - opens).total_seconds())
            rows.append((pk, opens, seconds, before))
            before += seconds
    with connection.cursor() as cursor:
        cursor.execute(WINDOWS)
        cursor.execute(FILL, [list(column) for column in zip(*rows, strict=True)] or [[]] * 4)
        cursor.execute("analyze insight_window")


def open_seconds(start: str, end: str, calendar: str) -> str:
    """SQL: the open seconds between two moments in a calendar, both columns or null."""
    until = (
        "(select win.before + least(win.seconds, floor(extract(epoch from {moment} - win.opens)))"
        " from insight_window win where win.calendar_id = {calendar} and win.opens <= {moment}"
        " order by win.opens desc limit 1)"
    )
    ended = until.format(moment=end, calendar=calendar)
    began = until.format(moment=start, calendar=calendar)
    return f"(coalesce({ended}, 0) - coalesce({began}, 0))::int"
