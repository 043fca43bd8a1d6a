"""Who is told of an alert, by which ways, and when."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
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
Once = tuple[int, str, int | None, int | None]  # alert, way, colleague, hook


@dataclass(frozen=True, slots=True)
class Telling:
    """An alert for `people`, or for those on duty of a team (None: of the house), by these ways."""

    alert: Alert
    team: Team | None
    ways: Collection[str]
    people: Sequence[Colleague] | None = None


def notify_many(several: Sequence[Telling], *, now: datetime) -> int:
    """Tell people of alerts. How many new notices.

    Nobody is told twice of one alert by one way. Quiet hours postpone a notice, unless the alert
    is urgent; the screen shows it at once. A handful of queries for each team, however many
    alerts and people.
    """
    if not several:
        return 0
    house = _House(several, now=now)
    notices = [
        notice for one in several for notice in (*house.to_people(one), *house.to_chats(one))
    ]
    return _send_later(notices, now=now)


class _House:
    """Who is there to be told, asked once for all alerts of this moment."""

    def __init__(self, several: Sequence[Telling], *, now: datetime) -> None:
        self._now = now
        self._on_duty: dict[Team | None, Sequence[Colleague]] = {}
        self._hooks: dict[Team | None, list[Hook]] = {}
        for one in several:
            if one.people is None and one.team not in self._on_duty:
                self._on_duty[one.team] = on_duty_now(one.team, now=now)
            if Way.CHAT in one.ways and one.team not in self._hooks:
                self._hooks[one.team] = _hooks(one.team)
        told = {who.pk for one in several for who in self._told(one)}
        wishes = Wishes.objects.filter(colleague__in=told)
        self._wishes = {wish.colleague_id: wish for wish in wishes}
        self._zone = ZoneInfo(company().zone)

    def to_people(self, one: Telling) -> list[Notice]:
        return [
            Notice(alert=one.alert, way=way, colleague=who, due_at=self._due(one.alert, way, wish))
            for who in self._told(one)
            for wish in [self._wishes.get(who.pk)]
            for way in _by_person(one.ways)
            if wish is None or _wants(wish, way)
        ]

    def to_chats(self, one: Telling) -> list[Notice]:
        hooks = self._hooks[one.team] if Way.CHAT in one.ways else []
        return [
            Notice(alert=one.alert, way=Way.CHAT, hook=hook, due_at=self._now) for hook in hooks
        ]

    def _told(self, one: Telling) -> Sequence[Colleague]:
        return self._on_duty[one.team] if one.people is None else one.people

    def _due(self, alert: Alert, way: str, wish: Wishes | None) -> datetime:
        now = self._now
        if alert.urgent or wish is None or way in AT_ONCE:
            return now
        quiet = Quiet(wish.quiet_from, wish.quiet_until, frozenset(wish.quiet_days))
        return max(now, told_at(quiet, at=now.astimezone(self._zone)).astimezone(now.tzinfo))


def _by_person(ways: Collection[str]) -> list[str]:
    return [way for way in (Way.SCREEN, Way.PUSH, Way.EMAIL) if way in ways]


def _wants(wish: Wishes, way: str) -> bool:
    return {Way.PUSH: wish.push, Way.EMAIL: wish.email}.get(Way(way), True)


def _hooks(team: Team | None) -> list[Hook]:
    """The chats of a team, and those of everybody."""
    asked = Q(team=None) if team is None else Q(team=team) | Q(team=None)
    return list(Hook.objects.filter(asked, retired_at=None).order_by("pk"))


def _send_later(notices: Sequence[Notice], *, now: datetime) -> int:
    fresh = _not_told_yet(notices)
    for one in fresh:
        if one.way in AT_ONCE:
            one.sent_at = now  # the live screen follows the history by itself
    made = Notice.objects.bulk_create(fresh)
    waiting = [one for one in made if one.sent_at is None]
    for theirs in _by_receiver(one for one in waiting if one.due_at <= now):
        later("alerts.tell", notice_ids=[one.pk for one in theirs])
    for one in waiting:
        if one.due_at > now:
            later_at("alerts.tell", one.due_at, notice_ids=[one.pk])
    return len(made)


def _not_told_yet(notices: Sequence[Notice]) -> list[Notice]:
    alerts = {one.alert_id for one in notices}
    known = Notice.objects.filter(alert__in=alerts)
    told = set(known.values_list("alert_id", "way", "colleague_id", "hook_id"))
    fresh: dict[Once, Notice] = {}
    for one in notices:
        who = (one.alert_id, one.way, one.colleague_id, one.hook_id)
        if who not in told:
            fresh.setdefault(who, one)
    return list(fresh.values())


def _by_receiver(notices: Iterable[Notice]) -> list[list[Notice]]:
    """One job a receiver and way: a chat that does not answer delays nobody else's alert."""
    theirs: dict[tuple[str, int | None, int | None], list[Notice]] = {}
    for one in notices:
        theirs.setdefault((one.way, one.colleague_id, one.hook_id), []).append(one)
    return list(theirs.values())
