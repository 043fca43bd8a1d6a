"""One message asks for two things: the second becomes a case of its own, and it can be taken back.

The words stay where they are. The new case refers to them, answers go to the same address by a
conversation of its own, and the customer is told nothing: he has had his receipt.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ascolto.cases.models import Case, Conversation, Moving, OtherMatter
from ascolto.cases.services import moves
from ascolto.cases.services.hearing import locked_cases
from ascolto.cases.services.linking_cases import link_cases
from ascolto.cases.services.standing import show_words
from ascolto.cases.services.telling import tell
from ascolto.cases.services.ticking import clocks_for
from ascolto.promises import services as promises
from ascolto.reading.matters import without_opener
from ascolto.staff.models import Colleague, Team
from ascolto.timeline.services import Fact

SUBJECT = 80  # characters of the words that name the case


class AlreadySettled(Exception):
    """Somebody has decided already: there is a case, or it is all one matter."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The team that takes it, and the code of the reason (`triage.policy.competence.Why`)."""

    team: Team
    why: str = ""


@transaction.atomic
def open_matter(
    matter: OtherMatter, chosen: Chosen, *, by: Colleague | None, now: datetime
) -> Case:
    """Open a case for what this message asks for besides, linked with the one it stands in.

    `by` nobody where triage was sure. He waits since he wrote, unless we have answered him since:
    then the clock begins now. Raises `AlreadySettled`.
    """
    matter = _held(matter)
    origin = locked_cases([matter.message.case_id], follow=False)[matter.message.case_id]
    thread = matter.message.conversation
    at = matter.message.at if origin.waiting_since else now
    new = Case(
        customer=origin.customer,
        subject=_subject(matter.words),
        team=chosen.team,
        opened_at=at,
        last_at=at,
        last_channel_kind=thread.channel.kind,
        waiting_since=at,
    )
    show_words(new, matter.words, channel_kind=thread.channel.kind, at=at)
    clocks = clocks_for([(new, at)], [])
    new.save()
    promises.start_many(
        [(promises.About(one.reference, one.customer_id), clock) for one, clock in clocks]
    )
    Conversation.objects.create(
        case=new, channel=thread.channel, identity=thread.identity, opened_at=at
    )
    matter.case = new
    _settle(matter, by=by, now=now)
    link_cases(origin, new, by=by, now=now)
    _tell(matter, origin, new, chosen, by=by, now=now)
    return new


@transaction.atomic
def reunite(matter: OtherMatter, *, by: Colleague, now: datetime) -> Moving:
    """It was one matter after all: its case becomes part of the one the words stand in.

    Nothing said there since is lost, and the union can be undone. Raises what `moves.merge` does.
    """
    matter = OtherMatter.objects.select_related("case", "message__case").get(pk=matter.pk)
    if matter.case is None:
        raise moves.AlreadyMerged(matter.pk)
    return moves.merge(matter.case, into=matter.message.case, by=by, now=now)


@transaction.atomic
def keep_together(matter: OtherMatter, *, by: Colleague, now: datetime) -> None:
    """It is all one matter: nobody is asked again. Raises `AlreadySettled`."""
    matter = _held(matter)
    _settle(matter, by=by, now=now)
    tell("cases.kept_together", matter.message.case, at=now, by=by, matter=matter.pk)


@transaction.atomic
def ask_again(matter: OtherMatter, *, by: Colleague, now: datetime) -> None:
    """Take back that it is all one matter. Where there is a case, nothing changes."""
    again = OtherMatter.objects.filter(pk=matter.pk, case=None, settled_at__isnull=False)
    if again.update(settled_at=None, settled_by=None):
        tell("cases.keeping_undone", matter.message.case, at=now, by=by, matter=matter.pk)


def _held(matter: OtherMatter) -> OtherMatter:
    """As it is now, and nobody else decides until we commit."""
    held = OtherMatter.objects.select_for_update(of=("self",)).select_related(
        "message__case", "message__conversation__channel", "message__conversation__identity"
    )
    matter = held.get(pk=matter.pk)
    if matter.settled_at is not None:
        raise AlreadySettled(matter.pk)
    return matter


def _settle(matter: OtherMatter, *, by: Colleague | None, now: datetime) -> None:
    matter.settled_at, matter.settled_by = now, by
    matter.save(update_fields=["case", "settled_at", "settled_by"])


def _tell(  # what, from where, to where, whose, by whom, when
    matter: OtherMatter,
    origin: Case,
    new: Case,
    chosen: Chosen,
    *,
    by: Colleague | None,
    now: datetime,
) -> None:
    facts: dict[str, Fact] = {
        "topic": matter.topic,
        "beside": matter.beside,
        "share": round(matter.share, 3),
        "words": matter.words[:200],
        "to_team": chosen.team.name,
        "why": chosen.why,
    }
    item = matter.message.item_id
    tell("cases.opened", new, at=now, by=None, item=item or 0, matter=matter.pk)
    tell("cases.matter_opened", origin, at=now, by=by, other=new.number, came=False, **facts)
    tell("cases.matter_opened", new, at=now, by=by, other=origin.number, came=True, **facts)


def _subject(words: str) -> str:
    line = " ".join(without_opener(words).split())
    return line if len(line) <= SUBJECT else f"{line[:SUBJECT].rsplit(' ', 1)[0]}…"
