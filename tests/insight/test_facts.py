"""What one case adds to the figures."""

from datetime import UTC, datetime, timedelta

import pytest

from ascolto.cases.models import Case, MessageReading, OtherMatter, Rating
from ascolto.cases.services import reopen, resolve, transfer
from ascolto.cases.services.effort import tell_effort
from ascolto.cases.services.matters import Chosen, open_matter
from ascolto.cases.services.rating import Judgement, rate
from ascolto.insight.models import CaseFacts, Hostility
from ascolto.insight.policy.columns import Flag
from ascolto.insight.services.hostility import note_hostility
from ascolto.promises.services import sweep
from tests import make
from tests.insight.past import WEDNESDAY, answered, asked, facts_of, writes_again

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FRIDAY_EVENING = datetime(2026, 3, 6, 16, 0, tzinfo=UTC)  # 17:00 in Rome


def test_the_first_answer_is_measured_by_the_wall_and_in_working_hours() -> None:
    case = asked(at=FRIDAY_EVENING)
    answered(case, at=datetime(2026, 3, 9, 9, 0, tzinfo=UTC))  # Monday at 10

    facts = facts_of(case)

    assert facts.first_seconds == 65 * 3600
    assert facts.open_first_seconds == 2 * 3600


def test_across_the_spring_change_a_night_has_one_hour_less() -> None:
    case = asked(at=datetime(2026, 3, 28, 11, 0, tzinfo=UTC))  # Saturday noon in Rome
    answered(case, at=datetime(2026, 3, 30, 8, 0, tzinfo=UTC))  # Monday at 10, summer time

    facts = facts_of(case)

    assert facts.first_seconds == 45 * 3600
    assert facts.open_first_seconds == 3600
    assert facts.opened_on.isoformat() == "2026-03-28"


def test_a_case_of_just_before_midnight_belongs_to_that_day_in_rome() -> None:
    case = asked(at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))

    assert facts_of(case).opened_on.isoformat() == "2026-07-02"


def test_a_receipt_is_no_answer() -> None:
    case = asked()

    facts = facts_of(case)

    assert facts.first_seconds is None
    assert not facts.flags & Flag.ANSWERED
    assert facts.flags & Flag.WAITS


def test_each_later_word_has_its_own_wait() -> None:
    case = asked()
    answered(case, at=WEDNESDAY + HOUR)
    writes_again(case, at=WEDNESDAY + 2 * HOUR)
    answered(case, at=WEDNESDAY + 5 * HOUR)

    facts = facts_of(case)

    assert facts.next_seconds == [3 * 3600]
    assert facts.contacts == 2
    assert facts.flags & Flag.ASKED_AGAIN


def test_who_writes_again_while_he_waits_has_repeated_himself() -> None:
    case = asked()
    writes_again(case, at=WEDNESDAY + timedelta(minutes=5))  # he had forgotten something
    writes_again(case, at=WEDNESDAY + 3 * HOUR)
    answered(case, at=WEDNESDAY + 4 * HOUR)

    facts = facts_of(case)

    assert (facts.repeats, facts.contacts) == (1, 1)


def test_a_case_handed_over_three_times_is_counted_with_its_clocks() -> None:
    case = asked()
    due = case.due_at
    elena = make.colleague()
    for hours, name in enumerate(("Amministrazione", "Guasti", "Assistenza"), 1):
        at = WEDNESDAY + hours * timedelta(minutes=30)
        team = make.team(name)
        transfer(case, to_team=team, to_colleague=None, by=elena, reason="È loro.", now=at)
    case.refresh_from_db()
    sweep(now=WEDNESDAY + 5 * HOUR)

    facts = facts_of(case)

    assert case.due_at == due
    assert facts.hand_overs == 3
    assert (facts.broken, facts.broken_kinds, facts.broken_why) == (1, 1, 1)


def test_a_clock_that_nobody_had_taken_says_so() -> None:
    case = asked()
    sweep(now=WEDNESDAY + DAY)

    assert facts_of(case).broken_why == 2


def test_a_solution_that_does_not_last_a_week_came_back() -> None:
    case = asked()
    answered(case, at=WEDNESDAY + HOUR)
    resolve(case, by=make.colleague(), now=WEDNESDAY + 2 * HOUR)
    asked(at=WEDNESDAY + 3 * DAY)

    facts = facts_of(case)

    assert facts.flags & Flag.CAME_BACK
    assert facts.solved_seconds == 2 * 3600


def test_a_solution_that_lasts_did_not_come_back() -> None:
    case = asked()
    answered(case, at=WEDNESDAY + HOUR)
    resolve(case, by=make.colleague(), now=WEDNESDAY + 2 * HOUR)
    asked(at=WEDNESDAY + 9 * DAY)
    asked("Marta Riva", at=WEDNESDAY + DAY)

    assert not facts_of(case).flags & Flag.CAME_BACK


def test_a_case_that_was_opened_again_says_so() -> None:
    case = asked()
    answered(case, at=WEDNESDAY + HOUR)
    resolve(case, by=make.colleague(), now=WEDNESDAY + 2 * HOUR)
    reopen(case, by=make.colleague(), now=WEDNESDAY + 3 * HOUR)

    facts = facts_of(case)

    assert facts.flags & Flag.REOPENED
    assert not facts.flags & Flag.RESOLVED


def test_what_he_thinks_of_the_answer_is_known() -> None:
    case = asked()
    answered(case, at=WEDNESDAY + HOUR)
    message = case.messages.get(outgoing__automatic=False)
    good = Judgement(Rating.Score.GOOD)
    rate(message, good, identity=make.identity(), now=WEDNESDAY + 2 * HOUR)

    facts = facts_of(case)

    assert facts.score == 3
    assert facts.flags & Flag.COULD_RATE


def test_a_case_that_began_with_the_second_half_of_a_letter_counts_as_one() -> None:
    case = asked()
    message = case.messages.get(item__isnull=False)
    matter = OtherMatter.objects.create(
        message=message, starts=0, ends=5, topic="billing", beside="contract", share=0.9
    )
    second = open_matter(matter, Chosen(case.team), by=None, now=message.at)
    answered(second, at=WEDNESDAY + HOUR)

    facts = facts_of(second)

    assert (facts.topic, facts.channel_kind) == ("billing", facts_of(case).channel_kind)
    assert facts.first_seconds == 3600
    assert facts_of(case).first_seconds is None


def test_how_easy_it_was_is_known() -> None:
    case = asked()
    answered(case, at=WEDNESDAY + HOUR)
    resolve(case, by=make.colleague(), now=WEDNESDAY + 2 * HOUR)
    tell_effort(case, 5, identity=make.identity(), now=WEDNESDAY + 3 * HOUR)
    assert facts_of(case).flags & Flag.EASY

    tell_effort(case, 4, identity=make.identity(), now=WEDNESDAY + 4 * HOUR)

    facts = facts_of(case)
    assert facts.flags & Flag.EFFORT_TOLD
    assert not facts.flags & Flag.EASY


def test_reading_it_twice_changes_nothing() -> None:
    case = asked()
    answered(case, at=WEDNESDAY + HOUR)
    first = facts_of(case)

    again = facts_of(case)

    assert CaseFacts.objects.count() == 1
    assert all(
        getattr(first, field.name) == getattr(again, field.name)
        for field in CaseFacts._meta.fields  # noqa: SLF001 # Django's own way to look at a model
    )


def test_who_has_the_case_of_an_angry_message_has_read_it() -> None:
    case = make.case()
    marta = make.colleague("Marta Riva", teams=(make.team(),))
    Case.objects.filter(pk=case.pk).update(assignee=marta)
    MessageReading.objects.filter(message__case=case).update(angry=True)

    note_hostility([case.pk], since=make.NOON - timedelta(days=1))
    note_hostility([case.pk], since=make.NOON - timedelta(days=1))

    assert list(Hostility.objects.values_list("colleague", flat=True)) == [marta.pk]
