"""New cases of what people said in public, opened together: the teams are chosen once a batch."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ascolto.cases.models import Case, Message
from ascolto.cases.policy import bare_subject
from ascolto.cases.services.hearing import Hearing, Opening, hear_many, locked_cases, new_case
from ascolto.listening.models import Mention
from ascolto.people.services import recognise
from ascolto.reading import Reading
from ascolto.staff.models import Team
from ascolto.triage.authors import author_of, known_as
from ascolto.triage.explaining import note_routed
from ascolto.triage.likenesses import look_for_likenesses
from ascolto.triage.policy.competence import Choice, Why
from ascolto.triage.policy.questions import WITHIN
from ascolto.triage.routing import Routed, Routing
from ascolto.triage.understanding import keep_readings, read_items

Matter = tuple[int, int, str]  # whose, under which board, about what


def open_cases(
    mentions: Sequence[Mention], *, team: Team | None = None, subject: str = "", now: datetime
) -> dict[int, Case]:
    """A case of each of these, by its id; for the team that can do it, unless `team` is given.

    What one person says of one matter under one post of ours is one case, however often he says
    it. The number of queries does not depend on how many they are, but for people never met.
    """
    if not mentions:
        return {}
    _introduce(mentions, now=now)
    items = [mention.item for mention in mentions]
    readings = read_items(items)
    routed = _teams(mentions, readings, team)
    hearings: list[Hearing] = []
    heard: dict[Matter, Case] = _open_already(mentions, readings)
    for mention in mentions:
        matter = _matter(mention, readings)
        known = heard.get(matter) if matter else None
        if known is not None:
            hearings.append(Hearing(known, mention.item, Message.Proof.SAME_PERSON))
            continue
        named = subject or bare_subject(mention.item.subject)
        case = new_case(mention.item, Opening(team=routed[mention.item_id].team, subject=named))
        hearings.append(Hearing(case, mention.item, Message.Proof.OPENED))
        if matter:
            heard[matter] = case
    messages = hear_many(hearings)
    opened = [one for one in messages if one.proof == Message.Proof.OPENED]
    keep_readings(
        messages, readings, {one.item_id: routed[one.item_id] for one in opened if one.item_id}
    )
    note_routed(opened, readings, routed)
    look_for_likenesses([one.case_id for one in opened], now=now)
    return {mention.pk: message.case for mention, message in zip(mentions, messages, strict=True)}


def _introduce(mentions: Sequence[Mention], *, now: datetime) -> None:
    for mention in mentions:
        if mention.identity is None:
            language = mention.language or "it"
            known_as(mention, recognise(author_of(mention), now=now, language=language))


def _teams(
    mentions: Sequence[Mention], readings: Mapping[int, Reading], team: Team | None
) -> dict[int, Routed]:
    if team is not None:
        by_hand = Routed(team, Choice(team.pk, Why.BY_HAND), team)
        return {mention.item_id: by_hand for mention in mentions}
    heard_at = max(mention.heard_at for mention in mentions)
    routing = Routing(readings.values(), [one.team for one in mentions], now=heard_at)
    return {one.item_id: routing.team_for(readings[one.item_id], one.team) for one in mentions}


def _matter(mention: Mention, readings: Mapping[int, Reading]) -> Matter | None:
    if mention.board_id is None or mention.identity is None:
        return None
    return mention.identity.customer_id, mention.board_id, readings[mention.item_id].topic


def _open_already(
    mentions: Sequence[Mention], readings: Mapping[int, Reading]
) -> dict[Matter, Case]:
    """Open cases that the same people have of the same boards, held. Two queries."""
    wanted = {matter for one in mentions if (matter := _matter(one, readings)) is not None}
    if not wanted:
        return {}
    since = min(mention.heard_at for mention in mentions) - WITHIN
    said = Mention.objects.filter(
        board__in={board for _who, board, _topic in wanted},
        identity__customer__in={who for who, _board, _topic in wanted},
        heard_at__gte=since,
    )
    of_item = {
        item: (who, board, str(reading.get("topic", "")))
        for item, who, board, reading in said.values_list(
            "item", "identity__customer", "board", "reading"
        )
    }
    rows = Message.objects.filter(
        item__in=of_item, case__resolved_at=None, case__merged_into=None
    ).values_list("item", "case")
    cases = {of_item[item]: case for item, case in rows if item in of_item}
    found = {matter: case for matter, case in cases.items() if matter in wanted}
    held = locked_cases(found.values())
    return {
        matter: held[pk]
        for matter, pk in found.items()
        if pk in held and held[pk].resolved_at is None
    }
