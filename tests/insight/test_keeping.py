"""The facts follow the history, and can be made again from it."""

from datetime import timedelta

import pytest

from ascolto.insight.models import CaseFacts, PublicCall, Sheet, Standing
from ascolto.insight.queries import how_far
from ascolto.insight.services import FORMULAS, keep_up
from ascolto.insight.services.outcries import read_calls
from ascolto.listening.models import Mention
from ascolto.promises.services import sweep
from tests import make
from tests.insight.past import ROME, WEDNESDAY, answered, asked
from tests.listening.public import bring, hear, monitor

HOUR = timedelta(hours=1)
NOW = WEDNESDAY + timedelta(days=2)


@pytest.mark.django_db(transaction=True)
def test_what_happens_after_the_first_reading_is_read_too() -> None:
    first = asked()
    while keep_up(now=NOW):
        pass
    assert how_far().complete

    second = asked("Marta Riva", at=WEDNESDAY + HOUR)
    answered(first, at=WEDNESDAY + 2 * HOUR)
    touched = keep_up(now=NOW)

    facts = {one.case_id: one.first_seconds for one in CaseFacts.objects.all()}
    assert touched == 2
    assert facts == {first.pk: 2 * 3600, second.pk: None}
    assert Sheet.objects.get().cases == 2
    assert keep_up(now=NOW) == 0


@pytest.mark.django_db(transaction=True)
def test_a_call_for_help_in_public_is_read_once_it_is_heard() -> None:
    while keep_up(now=NOW):
        pass
    monitor()

    mention = hear(bring(now=NOW), now=NOW)[0]
    keep_up(now=NOW)

    assert PublicCall.objects.get().mention == mention


@pytest.mark.django_db
def test_other_formulas_mean_that_all_of_it_is_read_again() -> None:
    case = asked()
    while keep_up(now=NOW):
        pass
    CaseFacts.objects.update(first_seconds=1)
    Standing.objects.update(formulas=FORMULAS - 1)

    while keep_up(now=NOW):
        pass

    assert CaseFacts.objects.get().case == case
    assert CaseFacts.objects.get().first_seconds is None


def called(*, at: int, kind: str = "PROBLEM") -> Mention:
    """Giulia asks for help in public so many hours after Wednesday noon."""
    monitor()
    mention = hear(bring(now=WEDNESDAY + at * HOUR), now=WEDNESDAY + at * HOUR)[0]
    identity = make.identity()
    Mention.objects.filter(pk=mention.pk).update(kind=kind, identity=identity)
    return mention


def reason_of(mention: Mention) -> str:
    read_calls([mention.pk], zone=ROME)
    return PublicCall.objects.get(mention=mention).reason


@pytest.mark.django_db
def test_who_had_no_answer_and_asks_in_public_says_why() -> None:
    case = asked()

    mention = called(at=2)

    assert reason_of(mention) == "UNANSWERED"
    assert PublicCall.objects.get().case == case


@pytest.mark.django_db
def test_a_clock_that_ran_out_before_is_the_reason() -> None:
    case = asked()
    sweep(now=WEDNESDAY + 10 * HOUR)
    answered(case, at=WEDNESDAY + 22 * HOUR)

    assert reason_of(called(at=23)) == "LATE"


@pytest.mark.django_db
def test_who_was_answered_in_time_and_not_helped_is_told_apart() -> None:
    answered(asked(), at=WEDNESDAY + HOUR)

    assert reason_of(called(at=2)) == "UNSOLVED"


@pytest.mark.django_db
def test_who_had_not_written_before_was_failed_by_nobody() -> None:
    asked("Marta Riva")

    assert reason_of(called(at=2)) == "NONE"


@pytest.mark.django_db
def test_praise_is_no_call_for_help() -> None:
    mention = called(at=2, kind="PRAISE")
    Mention.objects.update(needs_care=False)

    read_calls([mention.pk], zone=ROME)

    assert not PublicCall.objects.exists()
