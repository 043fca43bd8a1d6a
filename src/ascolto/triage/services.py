from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from ascolto.cases.models import Case, Message
from ascolto.cases.policy import bare_subject, claimed_case
from ascolto.cases.services.hearing import Hearing, Opening, hear_many, new_case
from ascolto.cases.services.reading_apart import read_apart
from ascolto.channels.models import Item
from ascolto.people.models import Identity
from ascolto.reading import Reading
from ascolto.timeline.queries import history_of
from ascolto.timeline.services import Happened, record_many
from ascolto.triage.acknowledging import acknowledge_many
from ascolto.triage.explaining import note_routed
from ascolto.triage.introducing import introduce_writers
from ascolto.triage.joining import Joining
from ascolto.triage.likenesses import look_for_likenesses, propose_likenesses
from ascolto.triage.matters import find_matters, note_matters, read_by_the_first
from ascolto.triage.mentions import case_from_mention, consider_mentions
from ascolto.triage.routing import Routed, Routing
from ascolto.triage.threads import Place, Threads
from ascolto.triage.understanding import keep_readings, read_items

__all__ = [
    "case_from_mention",
    "consider_mentions",
    "place",
    "place_many",
    "propose_likenesses",
    "read_apart",
]

AUTOMATIC = "triage.automatic_reply"
REPORTS = {
    Item.Kind.BOUNCE,
    Item.Kind.RECEIPT,
    Item.Kind.COMPLAINT,
    Item.Kind.CHANGE,
}


def place(item_id: int, *, now: datetime) -> Message | None:
    """`place_many` for one item; its message also when it was placed before."""
    placed = place_many([item_id], now=now)
    return placed[0] if placed else Message.objects.filter(item=item_id).first()


@transaction.atomic(savepoint=False)
def place_many(item_ids: Sequence[int], *, now: datetime) -> list[Message]:
    """Bring items to their cases, or open some. Safe to run twice: what has a place keeps it.

    Items of one thread find each other here too, in whatever order they come. Machine mail never
    opens or reopens a case; it is shown where it belongs, if it says where.
    """
    _wait_for_the_writers(item_ids)
    items = _unplaced(item_ids)
    if not items:
        return []
    introduce_writers(items, now=now)
    readings = read_items(items)
    found = find_matters(items, readings)
    readings = read_by_the_first(readings, found)
    hearings, routed, machines = _placed(items, readings)
    messages = hear_many(hearings) if hearings else []
    opened = [message for message in messages if message.proof == Message.Proof.OPENED]
    keep_readings(messages, readings, routed)
    note_routed(opened, readings, routed)
    note_matters(messages, found, now=now)
    _note_claims(opened)
    _note_machines(machines)
    acknowledge_many(opened, now=now)
    look_for_likenesses([message.case_id for message in opened], now=now)
    return messages


def _placed(
    items: Sequence[Item], readings: Mapping[int, Reading]
) -> tuple[list[Hearing], dict[int, Routed], list[tuple[Item, Place]]]:
    """Where each item belongs; for those that open a case, the team; and machine mail apart."""
    heard_at = max(item.heard_at for item in items)
    routing = Routing(readings.values(), [item.channel.team for item in items], now=heard_at)
    threads, joining = Threads(items), Joining(items)
    hearings: list[Hearing] = []
    routed: dict[int, Routed] = {}
    machines: list[tuple[Item, Place]] = []
    for item in items:
        found = threads.find(item)
        if item.kind != Item.Kind.AUTO:
            place = found or _same_question(item, joining)
            if place is None:
                routed[item.pk] = routing.team_for(readings[item.pk], item.channel.team)
            hearings.append(_hearing(item, place, routed.get(item.pk)))
            threads.placed(item, hearings[-1].case, proof=hearings[-1].proof)
            if hearings[-1].opens:
                joining.opened(item, hearings[-1].case)
        elif found is not None:
            machines.append((item, found))
    return hearings, routed, machines


def _same_question(item: Item, joining: Joining) -> Place | None:
    found = joining.find(item)
    return Place(found[0], Message.Proof.SAME_PERSON) if found else None


def _wait_for_the_writers(item_ids: Sequence[int]) -> None:
    """Hold the writers of these items until we commit: what one wrote is placed in one row.

    Two workers with a mail and its follow-up would open two cases, and send two receipts. Taken
    in the order of their ids, so that nobody deadlocks; others may still refer to the rows.
    """
    writers = Item.objects.filter(pk__in=item_ids).values("identity")
    held = Identity.objects.select_for_update(no_key=True).filter(pk__in=writers).order_by("pk")
    list(held.values_list("pk", flat=True))


def _unplaced(item_ids: Sequence[int]) -> list[Item]:
    """The items that somebody wrote and that stand in no case, in the order given."""
    items = (
        Item.objects.select_related("channel__team", "identity__customer")
        .filter(pk__in=item_ids, message=None, identity__isnull=False)
        .exclude(kind__in=REPORTS)
        .defer("html", "quoted", "damaged")
    )
    found = {item.pk: item for item in items}
    return [found[pk] for pk in dict.fromkeys(item_ids) if pk in found]


def _hearing(item: Item, found: Place | None, routed: Routed | None) -> Hearing:
    if found is not None:
        return Hearing(found.case, item, found.proof)
    team = routed.team if routed else item.channel.team
    opening = Opening(team=team, subject=bare_subject(item.subject))
    return Hearing(new_case(item, opening), item, Message.Proof.OPENED)


def _note_claims(opened: Sequence[Message]) -> None:
    """Anybody can write a number. A colleague may look; nothing is joined or told."""
    claims = [
        (message.case, claimed_case(message.item.subject)) for message in opened if message.item
    ]
    numbers = {claimed for _, claimed in claims if claimed is not None}
    if not numbers:
        return
    known = set(Case.objects.filter(pk__in=numbers).values_list("pk", flat=True))
    record_many(
        [
            Happened(
                "triage.claims_case",
                case.opened_at,
                case.reference,
                case.customer_id,
                team_id=case.team_id,
                facts={"claims": claimed},
            )
            for case, claimed in claims
            if claimed in known and claimed < case.pk  # a number of the future is a guess
        ]
    )


def _note_machines(several: Sequence[tuple[Item, Place]]) -> None:
    """An automatic answer is a fact in the case it answers, never a message that waits for us."""
    noted = {
        deed.facts.get("item")
        for subject in {found.case.reference for _, found in several}
        for deed in history_of(subject, kinds=[AUTOMATIC])
    }
    record_many(
        [
            Happened(
                AUTOMATIC,
                item.heard_at,
                found.case.reference,
                found.case.customer_id,
                team_id=found.case.team_id,
                facts={"item": item.pk, "words": item.text[:200]},
            )
            for item, found in several
            if item.pk not in noted
        ]
    )
