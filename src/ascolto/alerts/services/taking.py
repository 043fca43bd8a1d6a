"""Somebody opens an alert, takes it, or says that it is none."""

from datetime import datetime

from django.db import transaction

from ascolto.alerts.models import Alert
from ascolto.staff.models import Colleague
from ascolto.timeline.services import record


class AlreadyTaken(Exception):
    """Somebody else was quicker, or it has passed. `alert` says who and when."""

    def __init__(self, alert: Alert) -> None:
        super().__init__(alert.pk)
        self.alert = alert


@transaction.atomic
def take(alert_id: int, *, by: Colleague, now: datetime) -> Alert:
    """From now on it is his. Taking it twice changes nothing. Raises `AlreadyTaken`."""
    alert = _held(alert_id)
    if alert.taken_by_id == by.pk:
        return alert
    _must_be_open(alert)
    alert.taken_at, alert.taken_by = now, by
    alert.opened_at = alert.opened_at or now
    alert.save(update_fields=["taken_at", "taken_by", "opened_at"])
    _tell("alerts.taken", alert, by=by, now=now)
    return alert


@transaction.atomic
def give_back(alert_id: int, *, by: Colleague, now: datetime) -> Alert:
    """Undo of `take` and of `dismiss`: it is open again. Raises `AlreadyTaken` if it cannot be.

    It cannot when the same thing was alerted anew meanwhile, or when it has passed.
    """
    alert = _held(alert_id)
    again = Alert.objects.filter(
        key=alert.key, taken_at=None, dismissed_at=None, closed_at=None
    ).exclude(pk=alert.pk)
    if alert.closed_at is not None or again.exists():
        raise AlreadyTaken(alert)
    alert.taken_at = alert.taken_by = alert.dismissed_at = alert.dismissed_by = None
    alert.save(update_fields=["taken_at", "taken_by", "dismissed_at", "dismissed_by"])
    _tell("alerts.given_back", alert, by=by, now=now)
    return alert


@transaction.atomic
def dismiss(alert_id: int, *, by: Colleague, now: datetime) -> Alert:
    """ "It is no alarm": nobody is told again for as long as the same thing lasts."""
    alert = _held(alert_id)
    if alert.dismissed_at is not None:
        return alert
    if alert.taken_by_id != by.pk:
        _must_be_open(alert)
    alert.dismissed_at, alert.dismissed_by = now, by
    alert.save(update_fields=["dismissed_at", "dismissed_by"])
    _tell("alerts.dismissed", alert, by=by, now=now)
    return alert


@transaction.atomic
def opened(alert_id: int, *, now: datetime) -> None:
    """Somebody looked at it: one hop of the way from heard to answered."""
    Alert.objects.filter(pk=alert_id, opened_at=None).update(opened_at=now)


@transaction.atomic
def close(subject: str, *, now: datetime) -> int:
    """What it was about is over (answered, settled, the source works): how many alerts it ends."""
    alerts = Alert.objects.select_for_update().filter(subject=subject, closed_at=None)
    ended = list(alerts.filter(dismissed_at=None).order_by("pk"))
    for alert in ended:
        alert.closed_at = now
    Alert.objects.bulk_update(ended, ["closed_at"])
    for alert in ended:
        _tell("alerts.closed", alert, by=None, now=now)
    return len(ended)


def _held(alert_id: int) -> Alert:
    return Alert.objects.select_for_update(of=("self",)).select_related("taken_by").get(pk=alert_id)


def _must_be_open(alert: Alert) -> None:
    if alert.taken_at or alert.dismissed_at or alert.closed_at:
        raise AlreadyTaken(alert)


def _tell(kind: str, alert: Alert, *, by: Colleague | None, now: datetime) -> None:
    record(
        kind,
        at=now,
        subject=alert.reference,
        by=by,
        team_id=alert.team_id,
        alert=alert.pk,
        title=alert.title,
        about=alert.subject,
    )
