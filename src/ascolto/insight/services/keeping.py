"""The facts follow the history: a first reading of everything, and then only of what changed."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from ascolto.cases.models import Case
from ascolto.insight.models import CaseFacts, Sheet, Standing
from ascolto.insight.services.facts import make_facts
from ascolto.insight.services.hostility import note_hostility
from ascolto.insight.services.outcries import read_calls
from ascolto.insight.services.sheets import write_sheets
from ascolto.listening.models import Mention
from ascolto.staff.queries import company
from ascolto.timeline.queries import Cursor, after, head
from ascolto.timeline.references import NotAReference, referred

FORMULAS = 1  # one more whenever a fact is reckoned otherwise: all of it is then read again
AT_ONCE = 10_000  # cases of a first reading, in a transaction
ROUNDS = 20  # of 500 deeds; what is left waits for the next time
LOCK = 0x4153434F  # advisory: one process keeps the facts
COMES_BACK = timedelta(days=8)  # a new case says something of those that ended just before
RECENT = timedelta(days=2)  # who spoke in public may be recognised a little later


def keep_up(*, now: datetime) -> int:
    """Read what happened since the last time, or go on with the first reading. How many cases."""
    with transaction.atomic():
        if not _mine():
            return 0
        standing = Standing.objects.select_for_update().first()
        if standing is None or standing.formulas != FORMULAS:
            standing = _begin(now=now)
        if standing.built_to is not None:
            return _first_reading(standing, now=now)
        return _follow(standing, now=now)


def _mine() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool((cursor.fetchone() or (False,))[0])


def _begin(*, now: datetime) -> Standing:
    """From the first case on. What happens meanwhile comes after the place where we stand now."""
    place = head()
    CaseFacts.objects.all().delete()
    Sheet.objects.all().delete()
    Standing.objects.all().delete()
    return Standing.objects.create(
        pk=1,
        formulas=FORMULAS,
        built_to=0,
        transaction=place.transaction,
        entry=place.id,
        read_at=now,
    )


def _first_reading(standing: Standing, *, now: datetime) -> int:
    ids = list(
        Case.objects.filter(pk__gt=standing.built_to)
        .order_by("pk")
        .values_list("pk", flat=True)[:AT_ONCE]
    )
    _read(ids, now=now)
    standing.built_to = ids[-1] if ids else None
    if not ids:
        zone = company().zone
        read_calls(Mention.objects.values_list("pk", flat=True), zone=zone)
    standing.read_at = now
    standing.save(update_fields=["built_to", "read_at"])
    return len(ids)


def _follow(standing: Standing, *, now: datetime) -> int:
    place = Cursor(standing.transaction, standing.entry)
    cases: set[int] = set()
    mentions: set[int] = set()
    customers: set[int] = set()
    for _round in range(ROUNDS):
        deeds = after(place)
        if not deeds:
            break
        for _place, deed in deeds:
            cases |= _spoken_of(deed.subject, "case")
            mentions |= _spoken_of(deed.subject, "mention")
            customers |= {deed.customer_id} if deed.customer_id else set()
        place = deeds[-1][0]
    touched = cases | _just_ended(customers, now=now)
    _read(touched, now=now)
    recent = Mention.objects.filter(heard_at__gt=now - RECENT, identity__customer__in=customers)
    read_calls(mentions | set(recent.values_list("pk", flat=True)), zone=company().zone)
    standing.transaction, standing.entry, standing.read_at = place.transaction, place.id, now
    standing.save(update_fields=["transaction", "entry", "read_at"])
    return len(touched)


def _spoken_of(subject: str, kind: str) -> set[int]:
    try:
        return {referred(subject, kind=kind)}
    except NotAReference:
        return set()


def _just_ended(customer_ids: Collection[int], *, now: datetime) -> set[int]:
    """His cases that may have come back by what is new, or that a merge has made part of a row."""
    lately = Q(resolved_at__gt=now - COMES_BACK) | Q(resolved_at=None)
    found = Case.objects.filter(lately, customer__in=customer_ids)
    return set(found.values_list("pk", flat=True)[:AT_ONCE])


def _read(case_ids: Collection[int], *, now: datetime) -> None:
    write_sheets(make_facts(case_ids, zone=company().zone, now=now))
    note_hostility(case_ids, since=now - RECENT)
