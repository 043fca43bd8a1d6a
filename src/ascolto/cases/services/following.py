from datetime import datetime

from django.db import transaction

from ascolto.alerts.services import see_calls
from ascolto.cases.models import Case, Follower
from ascolto.cases.services.presence import see_mentions
from ascolto.cases.services.telling import tell
from ascolto.promises.models import Promise
from ascolto.staff.models import Colleague


@transaction.atomic
def follow_case(case: Case, *, by: Colleague, now: datetime) -> None:
    """Follow what happens in this case. Who was asked to help follows it already."""
    _, new = Follower.objects.get_or_create(
        case=case, colleague=by, defaults={"why": Follower.Why.FOLLOWS, "since": now}
    )
    if new:
        tell("cases.followed", case, at=now, by=by)


@transaction.atomic
def see_all(colleague: Colleague, *, now: datetime) -> None:
    """Whatever called him, moved in what he follows or ran out, waits for him no more."""
    see_mentions(colleague, now=now)
    see_calls(colleague, now=now)
    Follower.objects.filter(colleague=colleague).update(seen_at=now)
    late = Promise.objects.filter(told=colleague, told_seen_at=None, overrun_at__isnull=False)
    late.update(told_seen_at=now)


@transaction.atomic
def unfollow_case(case: Case, *, by: Colleague, now: datetime) -> None:
    """Stop following. Who saw the case only because he was asked to help sees it no more."""
    gone, _ = Follower.objects.filter(case=case, colleague=by).delete()
    if gone:
        tell("cases.unfollowed", case, at=now, by=by)
