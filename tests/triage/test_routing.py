"""A new case finds the team that can do what it asks for, and its history says why."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from ascolto.cases.models import Case, MessageReading
from ascolto.cases.services import transfer
from ascolto.reading import Text, read
from ascolto.staff.models import Colleague, Competence, Membership, Skill, Team
from ascolto.timeline.queries import history_of
from ascolto.triage import services
from ascolto.triage.routing import Routing
from tests import make

pytestmark = pytest.mark.django_db
BILL = """Buongiorno, la bolletta di ottobre è doppia: ho due fatture per lo stesso mese e il
pagamento addebitato due volte sul conto. Chiedo il rimborso della fattura pagata due volte."""


def able(name: str, team: Team, *topics: str, learning: bool = False) -> Colleague:
    colleague = make.colleague(name)
    Membership.objects.get_or_create(
        team=team, colleague=colleague, defaults={"joined_at": make.NOON}
    )
    competence, _ = Competence.objects.get_or_create(
        name=" ".join(topics), defaults={"topics": list(topics)}
    )
    Skill.objects.create(competence=competence, colleague=colleague, is_learning=learning)
    return colleague


def bill(n: int = 1) -> Case:
    raw = make.mail(
        sender=f"Cliente {n} <c{n}@example.org>",
        message_id=f"<{n}@example.org>",
        subject="Fattura doppia",
        text=BILL,
    )
    return make.case(raw)


def test_what_a_customer_wrote_is_read_and_kept_with_its_words() -> None:
    reading = MessageReading.objects.get(message__case=bill())

    assert reading.topic == "billing"
    assert reading.needs_care
    assert reading.why["topic"]
    assert reading.shares["topic"] > 0.5


def test_a_case_goes_to_the_team_that_can_do_it() -> None:
    accounts = make.team("Conti")
    able("Marta Riva", accounts, "billing")

    case = bill()

    assert case.team == accounts
    [deed] = history_of(case.reference, kinds=["triage.routed"])
    assert deed.facts["why"] == "competence"
    assert deed.facts["from_team"] == "Assistenza"
    assert deed.facts["to_team"] == "Conti"
    assert deed.facts["words"]


def test_its_clocks_are_those_of_the_team_it_goes_to() -> None:
    accounts = make.team("Conti")
    Team.objects.filter(pk=accounts.pk).update(first_answer_minutes=30)
    able("Marta Riva", accounts, "billing")

    case = bill()

    assert case.due_at is not None
    assert case.due_at - case.opened_at == timedelta(minutes=30)


def test_nobody_who_only_learns_it_is_given_it() -> None:
    able("Marta Riva", make.team("Conti"), "billing", learning=True)

    assert bill().team.name == "Assistenza"


def test_a_reserved_team_neither_gives_nor_is_given() -> None:
    able("Marta Riva", make.team("Direzione", is_reserved=True), "billing")

    assert bill().team.name == "Assistenza"


def test_of_two_teams_the_one_with_less_to_do_takes_it() -> None:
    first, second = make.team("Conti"), make.team("Incassi")
    marta = able("Marta Riva", first, "billing")
    able("Sara Neri", second, "billing")
    Case.objects.filter(pk=bill(1).pk).update(assignee=marta, team=first)

    assert bill(2).team == second


def test_transfers_teach_where_such_cases_go() -> None:
    accounts, elena = make.team("Conti"), make.colleague("Elena Sala", teams=(make.team(),))
    for n in range(1, 6):
        case = bill(n)
        assert case.team.name == "Assistenza"
        transfer(
            case,
            to_team=accounts,
            to_colleague=None,
            by=elena,
            reason="È una fattura",
            now=make.NOON,
        )

    case = bill(6)

    assert case.team == accounts
    [deed] = history_of(case.reference, kinds=["triage.routed"])
    assert (deed.facts["why"], deed.facts["handed"], deed.facts["began"]) == ("learnt", 5, 5)


def test_placing_again_keeps_the_team_and_the_reading() -> None:
    case = bill()
    item = case.messages.exclude(item=None).get().item_id
    assert item is not None

    services.place_many([item], now=make.NOON)

    assert MessageReading.objects.filter(message__case=case).count() == 1
    assert history_of(case.reference, kinds=["triage.routed"]) == []


def test_nothing_is_asked_of_the_teams_before_a_case_opens(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        Routing([read(Text(BILL))], [Team(pk=1, name="Assistenza")], now=make.NOON)
