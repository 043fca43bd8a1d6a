"""A case put away comes back at its time, or when something happens before."""

from datetime import UTC, datetime, timedelta

import pytest

from ascolto.cases.models import Case
from ascolto.cases.policy import returns
from ascolto.cases.queries.inbox import Cursor, inbox
from ascolto.cases.services import resolve
from ascolto.cases.services.snoozing import NotInFuture, NotOpen, snooze, wake, wake_due
from ascolto.cases.services.snoozing import wake_warned as warned
from ascolto.promises import services as promises
from ascolto.staff.hours import work_calendar
from ascolto.timeline.models import Entry
from tests import make
from tests.desk.builders import many_cases

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def asleep(*, hours: int = 24, sleeps_through: bool = False) -> Case:
    case = make.case()
    snooze(
        case,
        until=make.NOON + hours * HOUR,
        by=make.colleague(),
        now=make.NOON,
        sleeps_through=sleeps_through,
    )
    case.refresh_from_db()
    return case


def writes_again(*, now: datetime) -> None:
    raw = make.mail("Ancora io.", message_id="<due@example.org>", in_reply_to="<uno@example.org>")
    make.receive(raw, now=now)


def in_queue(queue: str) -> set[int]:
    elena = make.colleague(teams=(make.team(),))
    return {row.id for row in inbox(elena, queue, after=None, now=make.NOON).rows}


def why_it_came_back(case: Case) -> str:
    entry = Entry.objects.filter(kind="cases.woken", subject=case.reference).latest("pk")
    return str(entry.facts["cause"])


def test_a_snoozed_case_leaves_the_open_queues_and_waits_in_its_own() -> None:
    case = asleep()

    assert case.pk not in in_queue("team")
    assert case.pk in in_queue("snoozed")


def test_the_queue_of_what_returns_begins_with_what_returns_first() -> None:
    elena = make.colleague(teams=(make.team(),))
    made = many_cases(120, team=make.team())
    for number, case in enumerate(made):
        Case.objects.filter(pk=case.pk).update(snoozed_until=make.NOON + (number // 2) * HOUR)

    seen: list[int] = []
    cursor: Cursor | None = None
    while True:
        found = inbox(elena, "snoozed", after=cursor, now=make.NOON)
        seen += [row.id for row in found.rows]
        if found.next_cursor is None:
            break
        cursor = Cursor.parse(str(found.next_cursor))

    assert seen == [case.pk for case in made]


def test_a_case_comes_back_at_its_time_and_not_before() -> None:
    case = asleep(hours=24)

    assert wake_due(now=make.NOON + 23 * HOUR) == 0
    assert wake_due(now=make.NOON + 24 * HOUR) == 1

    assert case.pk in in_queue("team")
    assert why_it_came_back(case) == "time"


def test_the_customer_wakes_his_case() -> None:
    case = asleep()

    writes_again(now=make.NOON + HOUR)

    case.refresh_from_db()
    assert case.snoozed_until is None
    assert why_it_came_back(case) == "customer"


def test_a_case_may_be_told_to_sleep_through_an_answer() -> None:
    case = asleep(sleeps_through=True)

    writes_again(now=make.NOON + HOUR)

    case.refresh_from_db()
    assert case.snoozed_until == make.NOON + 24 * HOUR
    assert case.messages.filter(item__isnull=False).count() == 2


def test_a_clock_that_warns_brings_its_case_back() -> None:
    case = asleep(sleeps_through=True)
    assert case.warn_at is not None

    promises.sweep(now=case.warn_at)
    warned([case.reference, "order:9"], now=case.warn_at)

    case.refresh_from_db()
    assert case.snoozed_until is None
    assert why_it_came_back(case) == "clock"


def test_snoozing_stops_no_clock() -> None:
    before = make.case().due_at

    case = asleep()

    assert case.due_at == before


def test_taking_a_case_back_by_hand() -> None:
    case = asleep()

    wake(case, by=make.colleague(), now=make.NOON)

    assert case.pk in in_queue("team")
    assert why_it_came_back(case) == "hand"


def test_a_case_cannot_return_in_the_past() -> None:
    case = make.case()

    with pytest.raises(NotInFuture):
        snooze(case, until=make.NOON, by=make.colleague(), now=make.NOON)


def test_a_resolved_case_has_nothing_to_put_off() -> None:
    case = make.case()
    resolve(case, by=make.colleague(), now=make.NOON, reason="Pubblicità.")

    with pytest.raises(NotOpen):
        snooze(case, until=make.NOON + HOUR, by=make.colleague(), now=make.NOON)


def test_resolving_ends_the_sleep() -> None:
    case = asleep()

    resolve(case, by=make.colleague(), now=make.NOON, reason="Pubblicità.")

    assert in_queue("snoozed") == set()


def test_a_morning_begins_when_the_team_opens_and_not_on_a_holiday() -> None:
    hours = work_calendar(make.calendar())
    good_friday = datetime(2026, 4, 3, 10, tzinfo=UTC)  # after it come Easter and its Monday

    offered = {
        one.why: one.at for one in returns(now=good_friday, hours=hours, clocks=[good_friday])
    }

    tuesday = datetime(2026, 4, 7, 7, tzinfo=UTC)  # nine o'clock in Rome
    assert offered == {"tomorrow": tuesday}


def test_who_works_round_the_clock_begins_at_eight() -> None:
    night = make.calendar(name="Notte")
    night.round_the_clock = True
    night.save()

    offered = returns(now=make.NOON, hours=work_calendar(night), clocks=[make.NOON + HOUR])

    assert [(one.why, one.at) for one in offered] == [
        ("clock", make.NOON + HOUR),
        ("tomorrow", datetime(2026, 3, 5, 7, tzinfo=UTC)),
        ("monday", datetime(2026, 3, 9, 7, tzinfo=UTC)),
    ]
