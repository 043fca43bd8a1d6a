"""Many things to be told of at once, as a stream brings them."""

import threading
from collections.abc import Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from ascolto.alerts import services
from ascolto.alerts.models import Alert, Notice, Rule, Wishes
from ascolto.alerts.services import Cause
from tests import make
from tests.alerts.builders import MIDNIGHT, cause, raised, rule

pytestmark = pytest.mark.django_db


def calls_for_help(number: int, *, first: int = 1) -> list[list[Cause]]:
    return [[cause(about=f"mention:{first + at}", team=make.team())] for at in range(number)]


def queries(several: Sequence[Sequence[Cause]]) -> int:
    with CaptureQueriesContext(connection) as asked:
        services.raise_many(several, now=make.NOON)
    return len(asked)


def test_forty_alerts_take_as_many_queries_as_two() -> None:
    make.colleague(teams=(make.team(),))
    rule(ways=("SCREEN", "PUSH"))

    two = queries(calls_for_help(2))
    forty = queries(calls_for_help(40, first=100))

    assert forty == two
    assert Alert.objects.count() == 42
    assert Notice.objects.count() == 84


def test_of_one_thing_the_gravest_cause_is_told_that_a_rule_asks_for() -> None:
    rule(Rule.Kind.ANGRY)
    rule(Rule.Kind.NEEDS_CARE)
    kinds = (Rule.Kind.LEAVING, Rule.Kind.ANGRY, Rule.Kind.NEEDS_CARE)

    (alert,) = services.raise_many([[cause(kind) for kind in kinds]], now=make.NOON)

    assert alert.kind == Rule.Kind.ANGRY


def test_what_is_known_already_hinders_nothing_else() -> None:
    rule()
    known = raised()

    alerts = services.raise_many(calls_for_help(3), now=make.NOON)

    assert [alert.subject for alert in alerts] == ["mention:2", "mention:3"]
    assert known.subject == "mention:1"


def test_one_wave_named_twice_is_told_once() -> None:
    make.colleague(teams=(make.team(),))
    rule(Rule.Kind.WAVE)
    wave = [cause(Rule.Kind.WAVE, about="wave:7")]

    alerts = services.raise_many([wave, wave], now=make.NOON)

    assert len(alerts) == 1
    assert Notice.objects.count() == 1


def test_a_receiver_has_one_job_for_all_his_alerts_and_none_for_another() -> None:
    make.colleague(teams=(make.team(),))
    make.colleague("Marco Riva", teams=(make.team(),))
    rule(ways=("PUSH",))

    services.raise_many(calls_for_help(5), now=make.NOON)

    jobs = ProcrastinateJob.objects.filter(task_name="alerts.tell")
    assert sorted(len(job.args["notice_ids"]) for job in jobs) == [5, 5]


def test_among_many_quiet_hours_are_those_of_each() -> None:
    elena = make.colleague(teams=(make.team(),))
    make.colleague("Marco Riva", teams=(make.team(),))
    services.set_wishes(elena, Wishes(quiet_from=22 * 60, quiet_until=7 * 60))
    rule(ways=("PUSH",))
    rule(Rule.Kind.GOING_PUBLIC, ways=("PUSH",), urgent=True)
    both = [*calls_for_help(1), [cause(Rule.Kind.GOING_PUBLIC, about="mention:2")]]

    services.raise_many(both, now=MIDNIGHT)

    waiting = Notice.objects.filter(due_at__gt=MIDNIGHT)
    assert [(one.alert.subject, one.colleague) for one in waiting] == [("mention:1", elena)]


@pytest.mark.django_db(transaction=True)
def test_two_who_raise_the_same_at_once_raise_each_once() -> None:
    make.colleague(teams=(make.team(),))
    rule()
    causes = calls_for_help(20)
    together, raised_by = threading.Barrier(2), []

    def work(mine: list[list[Cause]]) -> None:
        together.wait(60)
        raised_by.append(len(services.raise_many(mine, now=make.NOON)))
        connection.close()

    threads = [threading.Thread(target=work, args=[mine]) for mine in (causes, causes[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sum(raised_by) == Alert.objects.count() == Notice.objects.count() == 20
