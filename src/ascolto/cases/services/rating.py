"""What the customer says of an answer: one click, and a word if he likes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from ascolto.cases.models import Message, Rating
from ascolto.people.models import Identity
from ascolto.timeline.services import record

CHANGEABLE = timedelta(hours=24)
LONGEST_WORDS = 500


class NotAnAnswer(Exception):
    """Only what a colleague said, and what has left, can be judged."""


class TooLateToChange(Exception):
    """A judgement may be thought over for a day; then it stands."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`score` is one of `Rating.Score`."""

    score: int
    words: str = ""


@transaction.atomic
def rate(message: Message, judgement: Judgement, *, identity: Identity, now: datetime) -> Rating:
    """Keep what this reader thinks of this answer, once. Within a day he may change it.

    Saying the same twice changes nothing. Raises `NotAnAnswer`, `TooLateToChange`, and ValueError
    for a score that is none.
    """
    score, words = Rating.Score(judgement.score), judgement.words.strip()[:LONGEST_WORDS]
    answer = (
        Message.objects.select_for_update(of=("self",))
        .select_related("outgoing", "case", "author")
        .get(pk=message.pk)
    )
    if answer.outgoing is None or answer.outgoing.automatic or answer.outgoing.sent_at is None:
        raise NotAnAnswer(message.pk)
    known = Rating.objects.filter(message=answer, identity=identity).first()
    if known is not None and (known.score, known.words) == (score, words):
        return known
    if known is not None and now > known.at + CHANGEABLE:
        raise TooLateToChange(known.pk)
    rating = _kept(answer, known, Judgement(score, words), identity=identity, now=now)
    record(
        "cases.rating_changed" if known else "cases.rated",
        at=now,
        subject=answer.case.reference,
        customer_id=answer.case.customer_id,
        team_id=answer.case.team_id,
        score=score.value,
        words=words,
        message=answer.pk,
        author=answer.author.name if answer.author else "",
    )
    return rating


def _kept(
    answer: Message,
    known: Rating | None,
    judgement: Judgement,
    *,
    identity: Identity,
    now: datetime,
) -> Rating:
    if known is None:
        return Rating.objects.create(
            case=answer.case,
            message=answer,
            identity=identity,
            score=judgement.score,
            words=judgement.words,
            at=now,
        )
    known.score, known.words = judgement.score, judgement.words
    known.save(update_fields=["score", "words"])  # `at` stays: the day runs from the first click
    return known
