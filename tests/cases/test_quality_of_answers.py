"""What became of an answer: taken back, asked again, reopened, handed over, judged."""

from datetime import datetime, timedelta

import pytest

from ascolto.administration.services import articles as deeds
from ascolto.administration.services.articles import Place, Words
from ascolto.cases.models import Message, Rating
from ascolto.cases.queries.quality import (
    Quality,
    Said,
    quality_of,
    times_said_again,
    was_contradicted,
    was_repeated,
    worth_of_article,
)
from ascolto.cases.services import answer, reopen, resolve
from ascolto.knowledge.services import Source, record_uses
from tests import make

ELENA, SARA = 1, 2
QUESTION = "Il router lampeggia rosso e la fibra non naviga"


def told(*said: tuple[int | None, str], apart: timedelta = timedelta(minutes=5)) -> list[Said]:
    start: datetime = make.NOON
    return [Said(start + apart * place, text, who) for place, (who, text) in enumerate(said)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([(ELENA, "Costa 5 euro."), (SARA, "Contrariamente a quanto detto, è gratis.")], True),
        ([(ELENA, "È 5 euro."), (ELENA, "Rettifico: è gratis.")], False),
        ([(ELENA, "Costa 5 euro."), (SARA, "Sì, costa 5 euro.")], False),
        ([(None, "Non è come dite voi."), (SARA, "Costa 5 euro.")], False),
    ],
)
def test_only_a_colleague_takes_back_what_a_colleague_said(
    said: list[tuple[int | None, str]], *, expected: bool
) -> None:
    assert was_contradicted(told(*said)) is expected


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        ("Ancora: la fibra non naviga e il router lampeggia di rosso", True),
        ("Grazie mille, adesso va tutto benissimo davvero", False),
        ("Rosso.", False),
    ],
)
def test_the_same_question_after_an_answer_is_a_repeated_one(again: str, *, expected: bool) -> None:
    said = told((None, QUESTION), (ELENA, "Lo riavvii."), (None, again))

    assert was_repeated(said) is expected


def test_two_questions_before_any_answer_are_no_repetition_but_he_said_it_again() -> None:
    said = told((None, QUESTION), (None, QUESTION), apart=timedelta(hours=2))

    assert not was_repeated(said)
    assert times_said_again(said) == 1


def test_what_was_added_at_once_is_not_said_again() -> None:
    assert times_said_again(told((None, "Salve"), (None, "Dimenticavo: C-12"))) == 0


@pytest.mark.django_db
def test_of_a_case_it_is_known_what_happened_to_it() -> None:
    case, elena = make.case(), make.colleague(teams=(make.team(),))
    said = answer(case, author=elena, text="Lo riavvii.", now=make.NOON)
    resolve(case, by=elena, now=make.NOON)
    reopen(case, by=elena, now=make.NOON)
    heard = Message.objects.get(case=case, item__isnull=False)
    Rating.objects.create(
        case=case,
        message=said,
        identity=heard.conversation.identity,
        score=Rating.Score.FAIR,
        at=make.NOON,
    )

    found = quality_of([case.pk])

    assert found == {case.pk: Quality(reopened=1, judged=2)}


@pytest.mark.django_db
def test_an_article_is_known_by_what_became_of_its_answers() -> None:
    case, elena = make.case(), make.colleague(teams=(make.team(),))
    words = Words("Riavviare", "Così.")
    article = deeds.begin_article(words, Place(), by=elena, now=make.NOON)
    said = answer(case, author=elena, text="Così.", now=make.NOON)
    used = Source("article", article.pk, edited=True)
    record_uses([used], case_id=case.pk, message_id=said.pk, by=elena, now=make.NOON)

    worth = worth_of_article(article.pk)

    assert (worth.cases, worth.edited, worth.reopened, worth.judged) == (1, 1, 0, 0)
