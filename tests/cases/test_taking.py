"""The next case for a colleague."""

from datetime import timedelta

import pytest

from ascolto.cases.models import Case, MessageReading
from ascolto.cases.services.taking import HasEnough, take_next
from ascolto.staff.models import Colleague, Competence, Skill
from tests import make

pytestmark = pytest.mark.django_db


def waiting(n: int, *, topic: str = "other", angry: bool = False, hours: int = 5) -> Case:
    case = make.case(
        make.mail(sender=f"Cliente {n} <c{n}@example.org>", message_id=f"<{n}@example.org>")
    )
    MessageReading.objects.filter(message__case=case).update(topic=topic, angry=angry)
    Case.objects.filter(pk=case.pk).update(
        due_at=make.NOON + timedelta(hours=hours), warn_at=make.NOON + timedelta(hours=hours - 1)
    )
    return case


@pytest.fixture
def elena() -> Colleague:
    return make.colleague("Elena Sala", teams=(make.team(),))


def test_what_ends_first_comes_first(elena: Colleague) -> None:
    waiting(1, hours=9)
    first = waiting(2, hours=3)

    taken = take_next(by=elena, now=make.NOON)

    assert taken == first
    first.refresh_from_db()
    assert first.assignee == elena


def test_what_he_can_do_comes_before_what_he_learns_or_cannot(elena: Colleague) -> None:
    waiting(1, topic="billing", hours=2)
    waiting(2, topic="contract", hours=2)
    line = waiting(3, topic="connectivity", hours=8)
    for topic, learns in (("connectivity", False), ("contract", True)):
        competence = Competence.objects.create(name=topic, topics=[topic])
        Skill.objects.create(competence=competence, colleague=elena, is_learning=learns)

    assert take_next(by=elena, now=make.NOON) == line


def test_what_presses_comes_before_what_he_can_do(elena: Colleague) -> None:
    late = waiting(1, topic="billing", hours=0)
    waiting(2, topic="connectivity", hours=8)
    competence = Competence.objects.create(name="Linea", topics=["connectivity"])
    Skill.objects.create(competence=competence, colleague=elena)

    assert take_next(by=elena, now=make.NOON) == late


def test_who_had_much_anger_today_is_spared_while_anything_else_waits(elena: Colleague) -> None:
    for n in range(3):
        Case.objects.filter(pk=waiting(n, angry=True).pk).update(assignee=elena)
    angry, calm = waiting(8, angry=True, hours=0), waiting(9, hours=20)

    assert take_next(by=elena, now=make.NOON) == calm
    assert take_next(by=elena, now=make.NOON) == angry


def test_the_limit_that_was_agreed_holds(elena: Colleague) -> None:
    Case.objects.filter(pk=waiting(1).pk).update(assignee=elena)
    waiting(2)
    elena.most_cases = 1

    with pytest.raises(HasEnough) as refused:
        take_next(by=elena, now=make.NOON)

    assert refused.value.most == 1


def test_what_sleeps_is_anothers_or_is_over_is_not_given(elena: Colleague) -> None:
    marta = make.colleague("Marta Riva")
    Case.objects.filter(pk=waiting(1).pk).update(snoozed_until=make.NOON + timedelta(days=1))
    Case.objects.filter(pk=waiting(2).pk).update(assignee=marta)
    Case.objects.filter(pk=waiting(3).pk).update(resolved_at=make.NOON)
    Case.objects.filter(pk=waiting(4).pk).update(team=make.team("Conti"))

    assert take_next(by=elena, now=make.NOON) is None


def test_two_who_ask_get_two_cases(elena: Colleague) -> None:
    marta = make.colleague("Marta Riva", teams=(make.team(),))
    first, second = waiting(1, hours=2), waiting(2, hours=3)

    assert take_next(by=elena, now=make.NOON) == first
    assert take_next(by=marta, now=make.NOON) == second
