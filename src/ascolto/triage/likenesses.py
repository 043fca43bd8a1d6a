"""Who opened a case may be somebody we know: proposed, never joined by itself."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from ascolto.administration.services.likenesses import confirm_likeness
from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case, Message, Moving
from ascolto.cases.services.moves import merge as merge_cases
from ascolto.kit.work import later_at
from ascolto.people.likeness.policy import Evidence
from ascolto.people.likeness.services import Beside, propose_for
from ascolto.people.models import Likeness, Merge
from ascolto.people.queries import with_merged
from ascolto.staff.models import Colleague
from ascolto.triage.policy.questions import WITHIN, Asked, asked_in, same_question

AT_ONCE = 50  # cases a job
MINUTES = timedelta(minutes=30)  # two channels within these: the same hand, perhaps
LATELY = timedelta(days=14)  # words of others that are looked at
FEW = 5  # messages of each


def look_for_likenesses(case_ids: Sequence[int], *, now: datetime) -> None:
    """Look, soon and in the background, whom those who opened these cases may be."""
    for start in range(0, len(case_ids), AT_ONCE):
        later_at("triage.propose_likenesses", now, case_ids=list(case_ids[start : start + AT_ONCE]))


def propose_likenesses(case_ids: Collection[int], *, now: datetime) -> list[Likeness]:
    """Compare each of these customers with those we know, by what he said and how he is called."""
    made: list[Likeness] = []
    cases = Case.objects.filter(pk__in=case_ids).select_related("customer", "team")
    for case in cases.order_by("pk"):
        spoken = _spoken(case)
        if not spoken:
            continue
        look = _Beside(case, spoken[0], now)
        words = [] if case.team.is_reserved else [message.text for message in spoken]
        made += propose_for(case.customer, words=words, look=look, now=now)
    return made


@dataclass(frozen=True, slots=True)
class _Beside:
    """What those he may be have said lately, and whether it is the same question."""

    case: Case
    first: Message
    now: datetime

    def __call__(self, customer_ids: Collection[int]) -> list[Beside]:
        spoken = (
            Message.objects.filter(
                case__customer__in=customer_ids, item__isnull=False, at__gte=self.now - LATELY
            )
            .exclude(case=self.case)
            .exclude(case__team__is_reserved=True)  # what is quoted is read by everybody
            .select_related("conversation__channel", "case")
            .order_by("-at")[: FEW * len(customer_ids)]
        )
        mine = asked_in(self.first.text, subject=self.first.subject)
        by_person: dict[int, list[Message]] = {}
        for message in spoken:
            by_person.setdefault(message.case.customer_id, []).append(message)
        return [
            Beside(
                pk,
                words=[one.text for one in several],
                evidence=[
                    Evidence("QUESTION", _quoted(self.first), _quoted(one))
                    for one in several
                    if self._same(mine, one)
                ][:1],
            )
            for pk, several in by_person.items()
        ]

    def _same(self, mine: Asked, other: Message) -> bool:
        apart = abs(self.first.at - other.at) > MINUTES
        channel = self.first.conversation.channel.kind
        reserved = self.case.team.is_reserved
        if apart or reserved or channel == other.conversation.channel.kind:
            return False
        return same_question(mine, asked_in(other.text, subject=other.subject)).same


def _spoken(case: Case) -> list[Message]:
    heard = Message.objects.filter(case=case, item__isnull=False).exclude(
        proof=Message.Proof.OTHER_ADDRESS
    )
    return list(heard.select_related("conversation__channel").order_by("at", "pk")[:FEW])


def _quoted(message: Message) -> str:
    return " ".join((message.text or message.subject).split())[:120]


@dataclass(frozen=True, slots=True)
class Confirmed:
    merge: Merge
    joined: list[Moving]


@transaction.atomic
def confirm_and_join(likeness_id: int, *, by: Colleague, now: datetime) -> Confirmed:
    """They are one person: what he asked on two channels becomes one case, the older of the two.

    Taken back, the cases are two again. Raises `AlreadyAnswered`, `AlreadyMerged`.
    """
    likeness = Likeness.objects.get(pk=likeness_id)
    sides = [_open_cases(pk, by) for pk in (likeness.left_id, likeness.right_id)]
    merge = confirm_likeness(likeness_id, by=by, now=now)
    joined: list[Moving] = []
    gone: set[int] = set()
    for one in sides[0]:
        for other in sides[1]:
            if {one.pk, other.pk} & gone or not _one_question(one, other):
                continue
            older, younger = sorted((one, other), key=lambda case: (case.opened_at, case.pk))
            joined.append(merge_cases(younger, into=older, by=by, now=now))
            gone.add(younger.pk)
    return Confirmed(merge, joined)


def _open_cases(customer_id: int, colleague: Colleague) -> list[Case]:
    """Of all his records; of those the colleague may see."""
    cases = visible_cases(colleague).filter(
        customer__in=with_merged([customer_id]), resolved_at=None, merged_into=None
    )
    return list(cases.order_by("-last_at")[:FEW])


def _one_question(one: Case, other: Case) -> bool:
    mine, his = _spoken(one), _spoken(other)
    for first in mine:
        for second in his:
            channels = {first.conversation.channel.kind, second.conversation.channel.kind}
            if len(channels) == 1 or abs(first.at - second.at) > WITHIN:
                continue
            asked = asked_in(first.text, subject=first.subject)
            if same_question(asked, asked_in(second.text, subject=second.subject)).same:
                return True
    return False
