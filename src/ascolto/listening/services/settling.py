"""What becomes of a mention: whose it is, what it is, and how it ended."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from ascolto.alerts.services import close
from ascolto.learning.services import Misread, correct
from ascolto.listening.models import Mention
from ascolto.staff.models import Colleague, Team
from ascolto.timeline.services import record

STANDING = Mention.Standing
CARE = {Mention.Kind.PROBLEM, Mention.Kind.REQUEST}


@transaction.atomic
def settle(mention: Mention, *, standing: str, by: Colleague | None, now: datetime) -> None:
    """It is in a case, answered, thanked, noise — or waits again. Told nobody twice.

    Its alert is over as soon as a person has seen to it. That it was put into a case by itself
    is no help to its writer yet: then the alert stands until somebody takes the case, or answers.
    """
    held = held_mention(mention)
    if held.standing == standing:
        return
    before = held.standing
    held.standing = standing
    held.settled_by, held.settled_at = (by, now) if standing != STANDING.WAITING else (None, None)
    held.save(update_fields=["standing", "settled_by", "settled_at"])
    mention.standing, mention.settled_at = held.standing, held.settled_at
    if standing != STANDING.WAITING and (by is not None or standing != STANDING.CASE):
        close(held.reference, now=now)
    told("listening.settled", held, by=by, now=now, standing=standing, before=before)


@transaction.atomic
def rekind(mention: Mention, *, kind: str, by: Colleague, now: datetime) -> None:
    """A person says what it is. No reading changes it any more.

    Noise is put aside by it, and what was put aside as noise comes back.
    """
    held = held_mention(mention)
    before = held.kind
    held.kind, held.kind_by = Mention.Kind(kind), by
    held.needs_care = held.kind in CARE
    held.save(update_fields=["kind", "kind_by", "needs_care"])
    mention.kind, mention.needs_care = held.kind, held.needs_care
    if before != held.kind:
        told("listening.rekinded", held, by=by, now=now, became=held.kind, before=before)
        misread = Misread("kind", before.lower(), held.kind.lower(), held.reading.get("model", ""))
        correct(held.item, misread, by=by, now=now)
    if held.kind == Mention.Kind.NOISE and held.standing == STANDING.WAITING:
        settle(mention, standing=STANDING.NOISE, by=by, now=now)
    elif held.kind != Mention.Kind.NOISE and held.standing == STANDING.NOISE:
        settle(mention, standing=STANDING.WAITING, by=by, now=now)


@transaction.atomic
def assign(
    mention: Mention,
    *,
    to: Colleague | None,
    team: Team | None = None,
    by: Colleague,
    now: datetime,
) -> None:
    """Somebody looks after it, or another team does. Nobody: it is for all of the team again."""
    held = held_mention(mention)
    if held.assignee_id == (to.pk if to else None) and team in {None, held.team}:
        return
    held.assignee, held.team = to, team or held.team
    held.save(update_fields=["assignee", "team"])
    mention.assignee, mention.team = held.assignee, held.team
    told("listening.assigned", held, by=by, now=now, to=to.pk if to else None)


def opened(mention_id: int, *, now: datetime) -> None:
    """Somebody looked at it: one hop of the way from heard to answered. The first time counts."""
    Mention.objects.filter(pk=mention_id, opened_at=None).update(opened_at=now)


@transaction.atomic
def answered(mention_ids: Collection[int], *, now: datetime) -> None:
    """An answer of ours left. The first one counts; what waited waits for nobody any more."""
    mentions = Mention.objects.select_for_update(of=("self",)).filter(pk__in=mention_ids)
    for mention in mentions.order_by("pk"):
        if mention.answered_at is None:
            mention.answered_at = now
            mention.save(update_fields=["answered_at"])
        if mention.standing == STANDING.WAITING:
            settle(mention, standing=STANDING.ANSWERED, by=None, now=now)
        else:
            close(mention.reference, now=now)
            told("listening.answered", mention, by=None, now=now)


def seen_to(mention_ids: Collection[int], *, now: datetime) -> int:
    """A person has the cases that these stand in, or has ended them. How many alerts it ends."""
    return sum(close(f"mention:{pk}", now=now) for pk in mention_ids)


def held_mention(mention: Mention) -> Mention:
    """As it is now; nobody else changes it until we commit."""
    return (
        Mention.objects.select_for_update(of=("self",))
        .select_related("identity", "team", "item")
        .get(pk=mention.pk)
    )


def told(
    kind: str, mention: Mention, *, by: Colleague | None, now: datetime, **facts: str | int | None
) -> None:
    """One sentence of its history."""
    record(
        kind,
        at=now,
        subject=mention.reference,
        customer_id=mention.identity.customer_id if mention.identity else None,
        by=by,
        team_id=mention.team_id,
        **facts,
    )
