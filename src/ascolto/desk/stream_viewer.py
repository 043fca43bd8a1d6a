"""Who looks at a live screen, and what he may be told. Plain functions, run on threads."""

from collections.abc import Mapping
from importlib import import_module
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections, connection
from django.http import HttpRequest, parse_cookie

from ascolto.cases.access import visible_team_ids
from ascolto.desk.stream_events import Row, Sight
from ascolto.staff.models import Colleague
from ascolto.timeline.queries import STREAM, Cursor

MOST_REPLAYED = 500
LONGEST_NUMBER = 18  # digits; a bigint has 19

YOUNGEST = "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint"


def sight_of(cookies: str) -> Sight | None:
    """What the holder of these cookies may be told; None if he is not signed in (any more)."""
    close_old_connections()
    try:
        colleague = _colleague(cookies)
        if colleague is None:
            return None
        helps = colleague.role == Colleague.Role.HELPER
        return Sight(visible_team_ids(colleague), by_name=helps)
    finally:
        close_old_connections()


def _colleague(cookies: str) -> Colleague | None:
    key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = get_user(request)
    return user if isinstance(user, Colleague) and user.is_active else None


def replay(after: Cursor) -> list[Row] | None:
    """What happened since `after`; None when it is too much, or no place in this database."""
    close_old_connections()
    try:
        with connection.cursor() as cursor:
            cursor.execute(YOUNGEST)
            youngest = (cursor.fetchone() or (0,))[0]
            if after.transaction >= youngest:
                return None
            cursor.execute(STREAM, [after.transaction, after.id, MOST_REPLAYED + 1])
            rows = [Row.of(columns) for columns in cursor.fetchall()]
        return rows if len(rows) <= MOST_REPLAYED else None
    finally:
        close_old_connections()


def place_in(text: str) -> Cursor | None:
    """The place a screen says it has seen, if it is one."""
    first, _, second = text.partition(".")
    numbers = [part for part in (first, second) if part.isascii() and part.isdigit()]
    if len(numbers) != 2 or max(map(len, numbers)) > LONGEST_NUMBER:  # noqa: PLR2004 # a place has two
        return None
    return Cursor(int(first), int(second))


def is_same_origin(headers: Mapping[str, str]) -> bool:
    """Whether a page of ours asks. Browsers say so of themselves; what says nothing is none."""
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    asked = urlsplit(origin)
    ours = {urlsplit(settings.PUBLIC_URL).netloc, headers.get("host", "")}
    return bool(asked.netloc) and asked.netloc in ours
