"""Who has a case open, and who writes in it: so that two do not answer at once."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from ascolto.cases.models import Case, Follower, Mention, Presence
from ascolto.cases.policy import PRESENT_FOR
from ascolto.staff.models import Colleague

KEPT = timedelta(hours=1)

# `since` begins anew when somebody comes back, or begins to write.
HERE = """
insert into cases_presence as p (case_id, colleague_id, mode, since, seen_at)
values (%(case)s, %(colleague)s, %(mode)s, %(now)s, %(now)s)
on conflict (case_id, colleague_id) do update set
  mode = excluded.mode,
  since = case when p.seen_at < %(stale)s or p.mode <> excluded.mode
    then excluded.seen_at else p.since end,
  seen_at = excluded.seen_at
returning xmax = 0, since = seen_at
"""
TELL = "select pg_notify('presence', %s)"  # live screens listen: desk.stream_source


@transaction.atomic(savepoint=False)
def be_present(case: Case, *, colleague: Colleague, mode: str, now: datetime) -> None:
    """This colleague has the case before him at this moment. What called him there he has seen.

    Other screens hear of it when he comes and when he begins or stops to write, not at every beat.
    """
    with connection.cursor() as cursor:
        facts: dict[str, int | str | datetime] = {
            "case": case.pk,
            "colleague": colleague.pk,
            "mode": mode,
            "now": now,
            "stale": now - PRESENT_FOR,
        }
        cursor.execute(HERE, facts)
        is_new, is_news = cursor.fetchone() or (False, False)
        if is_news:
            cursor.execute(TELL, [f"{case.pk}:{case.team_id}"])
    if is_new:
        Presence.objects.filter(seen_at__lt=now - KEPT).delete()
    see_mentions(colleague, case=case, now=now)
    Follower.objects.filter(case=case, colleague=colleague).update(seen_at=now)


@transaction.atomic
def leave(case: Case, *, colleague: Colleague) -> None:
    """He closed the case. If his screen dies instead, he is forgotten after a minute."""
    gone, _ = Presence.objects.filter(case=case, colleague=colleague).delete()
    if gone:
        with connection.cursor() as cursor:
            cursor.execute(TELL, [f"{case.pk}:{case.team_id}"])


def see_mentions(colleague: Colleague, *, case: Case | None = None, now: datetime) -> int:
    """What called him, in one case or in all, waits for him no more. Returns how many."""
    unseen = Mention.objects.filter(colleague=colleague, seen_at=None)
    if case is not None:
        unseen = unseen.filter(note__case=case)
    return unseen.update(seen_at=now)
