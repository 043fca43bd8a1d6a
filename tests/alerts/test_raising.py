from datetime import timedelta

import pytest

from ascolto.alerts import services
from ascolto.alerts.models import Alert, Notice, Rule, Wishes
from ascolto.alerts.policy import Shift
from ascolto.alerts.services import AlreadyTaken
from ascolto.timeline.queries import history_of
from tests import make
from tests.alerts import builders
from tests.alerts.builders import MIDNIGHT, cause, raised, rule

pytestmark = pytest.mark.django_db
PUSH = (Notice.Way.SCREEN, Notice.Way.PUSH)


def told(alert: Alert, way: str = Notice.Way.SCREEN) -> set[str]:
    notices = alert.notices.filter(way=way).select_related("colleague")
    return {one.colleague.name for one in notices if one.colleague}


def test_without_a_rule_nobody_is_alerted() -> None:
    rule(Rule.Kind.ANGRY)

    assert services.raise_alert(cause(Rule.Kind.NEEDS_CARE), now=make.NOON) is None
    assert not Alert.objects.exists()


def test_the_same_thing_is_alerted_once() -> None:
    make.colleague(teams=(make.team(),))
    rule()

    first = raised()
    again = services.raise_alert(cause(), now=make.NOON + timedelta(seconds=1))

    assert again is None
    assert list(Alert.objects.all()) == [first]


def test_what_happens_again_after_it_was_taken_is_alerted_again() -> None:
    elena = make.colleague(teams=(make.team(),))
    rule()
    services.take(raised().pk, by=elena, now=make.NOON)

    assert services.raise_alert(cause(), now=make.NOON) is not None


def test_those_on_duty_are_told_and_the_others_sleep() -> None:
    team = make.team()
    elena, marco = make.colleague(teams=(team,)), make.colleague("Marco Riva", teams=(team,))
    services.set_duty(team, [Shift(marco.pk, 3, 0, 480)], by=elena, now=make.NOON)
    rule()

    assert told(raised(team=team, now=MIDNIGHT + timedelta(minutes=1))) == {"Marco Riva"}


def test_where_nobody_has_a_shift_the_whole_team_is_told() -> None:
    team = make.team()
    make.colleague(teams=(team,))
    make.colleague("Marco Riva", teams=(make.team("Guasti"),))
    rule()

    assert told(raised(team=team)) == {"Elena Sala"}


def test_a_light_helper_is_woken_for_nothing() -> None:
    make.colleague("Ugo Neri", role="HELPER", teams=(make.team(),))
    make.colleague("Sara Bo", role="OWNER")
    rule()

    assert told(raised(team=make.team())) == {"Sara Bo"}


def test_quiet_hours_postpone_a_notice_but_not_the_screen() -> None:
    elena = make.colleague(teams=(make.team(),))
    services.set_wishes(elena, Wishes(quiet_from=22 * 60, quiet_until=7 * 60))
    rule(ways=PUSH)

    alert = raised(now=MIDNIGHT)

    assert alert.notices.get(way="SCREEN").sent_at == MIDNIGHT
    assert alert.notices.get(way="PUSH").due_at == MIDNIGHT + timedelta(hours=7)


def test_what_is_urgent_does_not_wait_for_the_morning() -> None:
    elena = make.colleague(teams=(make.team(),))
    services.set_wishes(elena, Wishes(quiet_from=22 * 60, quiet_until=7 * 60))
    rule(ways=PUSH, urgent=True)

    assert raised(now=MIDNIGHT).notices.get(way="PUSH").due_at == MIDNIGHT


def test_whoever_wants_no_mail_gets_none() -> None:
    elena = make.colleague(teams=(make.team(),))
    services.set_wishes(elena, Wishes(email=False))
    rule(ways=("SCREEN", "EMAIL"))

    assert set(raised().notices.values_list("way", flat=True)) == {"SCREEN"}


def test_of_two_rules_each_way_is_told_once() -> None:
    make.colleague(teams=(make.team(),))
    rule(ways=("SCREEN",))
    rule(ways=("SCREEN", "PUSH"), urgent=True)

    alert = raised()

    assert alert.urgent
    assert sorted(alert.notices.values_list("way", flat=True)) == ["PUSH", "SCREEN"]


def test_a_rule_of_one_monitor_does_not_hear_another() -> None:
    rule(monitors=(7,))

    assert services.raise_alert(cause(monitors=(8,)), now=make.NOON) is None
    assert services.raise_alert(cause(monitors=(7, 8)), now=make.NOON) is not None


@pytest.mark.parametrize(("reach", "known"), [(9_999, False), (10_000, True), (None, False)])
def test_reach_counts_from_the_number_of_the_rule(reach: int | None, *, known: bool) -> None:
    rule(Rule.Kind.REACH, least_reach=10_000)

    alert = services.raise_alert(cause(Rule.Kind.REACH, reach=reach), now=make.NOON)

    assert (alert is not None) is known


def test_who_comes_second_hears_who_was_first() -> None:
    elena, marco = make.colleague(), make.colleague("Marco Riva")
    rule()
    alert = services.take(raised().pk, by=elena, now=make.NOON)

    with pytest.raises(AlreadyTaken) as refused:
        services.take(alert.pk, by=marco, now=make.NOON)

    assert refused.value.alert.taken_by == elena


def test_taking_is_undone() -> None:
    elena = make.colleague()
    rule()
    alert = services.take(raised().pk, by=elena, now=make.NOON)

    given = services.give_back(alert.pk, by=elena, now=make.NOON)

    assert given.taken_by is None
    kinds = [deed.kind for deed in history_of(alert.reference)]
    assert kinds == ["alerts.raised", "alerts.taken", "alerts.given_back"]


def test_what_nobody_takes_goes_on_to_others_once() -> None:
    head = make.colleague("Sara Bo", role="SUPERVISOR")
    make.colleague(teams=(make.team(),))
    rule(escalate_minutes=15)
    alert = raised(team=make.team())

    early = services.escalate(now=make.NOON + timedelta(minutes=14))
    late = services.escalate(now=make.NOON + timedelta(minutes=15))
    again = services.escalate(now=make.NOON + timedelta(minutes=16))

    assert (early, late, again) == (0, 1, 0)
    assert told(alert) == {"Elena Sala", head.name}


def test_what_was_taken_does_not_go_on() -> None:
    elena = make.colleague(teams=(make.team(),))
    rule(escalate_minutes=15)
    services.take(raised().pk, by=elena, now=make.NOON)

    assert services.escalate(now=make.NOON + timedelta(hours=1)) == 0


def test_when_the_matter_is_over_the_alert_is(django_assert_num_queries: object) -> None:
    rule()
    alert = raised()

    assert services.close(alert.subject, now=make.NOON) == 1
    alert.refresh_from_db()
    assert alert.closed_at == make.NOON


def test_a_new_house_has_rules_and_only_a_wave_wakes_anybody() -> None:
    services.first_rules(now=make.NOON)
    services.first_rules(now=make.NOON)

    urgent = list(Rule.objects.filter(urgent=True).values_list("kind", flat=True))
    assert urgent == [Rule.Kind.WAVE]
    assert Rule.objects.count() == len(Rule.Kind.values) - 1


def test_a_rule_that_tells_nobody_is_refused() -> None:
    with pytest.raises(services.BadRule):
        builders.rule(ways=())
