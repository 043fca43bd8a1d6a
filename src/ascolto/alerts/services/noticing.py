"""Who is told of an alert, by which ways, and when."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from ascolto.alerts.models import Alert, Hook, Notice, Wishes
from ascolto.alerts.policy import Quiet, told_at
from ascolto.alerts.queries import on_duty_now
from ascolto.kit.work import later, later_at
from ascolto.staff.models import Colleague, Team
from ascolto.staff.queries import company

Way = Notice.Way
AT_ONCE = {Way.SCREEN}  # an open screen shows it in any case: nobody is woken by it


def notify(
    alert: Alert,
    *,
    team: Team | None,
    ways: Collection[str],
    now: datetime,
    people: Sequence[Colleague] | None = None,
) -> int:
    """Tell `people`, or those on duty of a team, by these ways. How many new notices.

    Nobody is told twice of one alert by one way. Quiet hours postpone a notice, unless the alert
    is urgent; the screen shows it at once. A handful of queries, however many people.
    """
    told = on_duty_now(team, now=now) if people is None else people
    wishes = {one.colleague_id: one for one in Wishes.objects.filter(colleague__in=told)}
    notices = [
        Notice(alert=alert, way=way, colleague=one, due_at=_due(alert, way, wish, now=now))
        for one in told
        for wish in [wishes.get(one.pk)]
        for way in _by_person(ways)
        if wish is None or _wants(wish, way)
    ]
    if Way.CHAT in ways:
        notices += [
            Notice(alert=alert, way=Way.CHAT, hook=hook, due_at=now) for hook in _hooks(team)
        ]
    return _send_later(alert, notices, now=now)


def _by_person(ways: Collection[str]) -> list[str]:
    return [way for way in (Way.SCREEN, Way.PUSH, Way.EMAIL) if way in ways]


def _wants(wish: Wishes, way: str) -> bool:
    return {Way.PUSH: wish.push, Way.EMAIL: wish.email}.get(Way(way), True)


def _due(alert: Alert, way: str, wish: Wishes | None, *, now: datetime) -> datetime:
    if alert.urgent or wish is None or way in AT_ONCE:
        return now
    zone = ZoneInfo(company().zone)
    quiet = Quiet(wish.quiet_from, wish.quiet_until, frozenset(wish.quiet_days))
    return max(now, told_at(quiet, at=now.astimezone(zone)).astimezone(now.tzinfo))


def _hooks(team: Team | None) -> list[Hook]:
    """The chats of a team, and those of everybody."""
    asked = Q(team=None) if team is None else Q(team=team) | Q(team=None)
    return list(Hook.objects.filter(asked, retired_at=None).order_by("pk"))


def _send_later(alert: Alert, notices: Sequence[Notice], *, now: datetime) -> int:
    known = set(alert.notices.values_list("way", "colleague_id", "hook_id"))
    fresh = [one for one in notices if (one.way, one.colleague_id, one.hook_id) not in known]
    for one in fresh:
        if one.way in AT_ONCE:
            one.sent_at = now  # the live screen follows the history by itself
    made = Notice.objects.bulk_create(fresh)
    at_once = [one.pk for one in made if one.sent_at is None and one.due_at <= now]
    if at_once:
        later("alerts.tell", notice_ids=at_once)
    for one in made:
        if one.sent_at is None and one.due_at > now:
            later_at("alerts.tell", one.due_at, notice_ids=[one.pk])
    return len(made)
