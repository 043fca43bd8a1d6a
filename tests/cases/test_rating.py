"""An answer is judged once by each reader; within a day he may think again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ascolto.cases.models import Case, Message, Rating
from ascolto.cases.services.rating import Judgement, NotAnAnswer, TooLateToChange, rate
from ascolto.timeline.queries import history_of
from tests import make
from tests.portal.pages import we_answer

pytestmark = pytest.mark.django_db
GOOD, BAD = Rating.Score.GOOD, Rating.Score.BAD


def answered_case() -> tuple[Case, Message]:
    case = make.case(now=timezone.now())
    we_answer(case, "Provi adesso.")
    return case, case.messages.get(outgoing__automatic=False)


def told(case: Case) -> list[str]:
    return [deed.kind for deed in history_of(case.reference) if "rat" in deed.kind]


def test_one_click_is_kept_and_stands_in_the_history() -> None:
    case, answer = answered_case()

    rate(answer, Judgement(GOOD, " Grazie! "), identity=make.identity(), now=timezone.now())

    kept = Rating.objects.get(message=answer)
    assert (kept.score, kept.words, kept.case) == (GOOD, "Grazie!", case)
    assert told(case) == ["cases.rated"]


def test_clicking_the_same_twice_is_told_once() -> None:
    case, answer = answered_case()

    for _ in range(2):
        rate(answer, Judgement(GOOD), identity=make.identity(), now=timezone.now())

    assert Rating.objects.count() == 1
    assert told(case) == ["cases.rated"]


def test_within_a_day_he_may_change_his_mind() -> None:
    case, answer = answered_case()
    now = timezone.now()
    rate(answer, Judgement(GOOD), identity=make.identity(), now=now)

    rate(answer, Judgement(BAD), identity=make.identity(), now=now + timedelta(hours=23))

    assert Rating.objects.get().score == BAD
    assert told(case) == ["cases.rated", "cases.rating_changed"]


def test_after_a_day_his_judgement_stands() -> None:
    _, answer = answered_case()
    now = timezone.now()
    rate(answer, Judgement(GOOD), identity=make.identity(), now=now)
    rate(answer, Judgement(BAD), identity=make.identity(), now=now + timedelta(hours=23))

    with pytest.raises(TooLateToChange):
        rate(answer, Judgement(GOOD), identity=make.identity(), now=now + timedelta(hours=25))

    assert Rating.objects.get().score == BAD


@pytest.mark.parametrize("which", ["his own words", "the receipt", "not sent yet"])
def test_only_an_answer_that_has_left_can_be_judged(which: str) -> None:
    case = make.case(now=timezone.now())
    we_answer(case, "Un momento.", leaves=False)
    messages = {
        "his own words": case.messages.get(item__isnull=False),
        "the receipt": case.messages.get(outgoing__automatic=True),
        "not sent yet": case.messages.get(outgoing__automatic=False),
    }

    with pytest.raises(NotAnAnswer):
        rate(messages[which], Judgement(GOOD), identity=make.identity(), now=timezone.now())


def test_a_score_that_is_none_is_refused() -> None:
    _, answer = answered_case()

    with pytest.raises(ValueError, match="7"):
        rate(answer, Judgement(7), identity=make.identity(), now=timezone.now())
