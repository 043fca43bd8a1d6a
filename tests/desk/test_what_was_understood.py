"""What was understood of a message stands beside it; why its team has the case, in the history."""

from django.test import Client

from ascolto.cases.models import MessageReading
from ascolto.staff.models import Colleague, Competence, Skill
from tests import make

BILL = "La bolletta di ottobre è doppia: ho pagato due volte la stessa fattura."


def test_the_case_says_what_it_is_about_and_that_he_thinks_of_leaving(desk: Client) -> None:
    case = make.case(make.mail(f"{BILL} Basta, do la disdetta e passo a un altro operatore."))

    page = desk.get(f"/casi/C-{case.pk}/").content.decode()

    understood = MessageReading.objects.get(message__case=case)
    assert f"{understood.get_kind_display()}, {understood.get_topic_display()}" in page
    assert "pensa di andarsene: «" in page


def test_the_case_says_why_it_went_to_its_team(desk: Client, marta: Colleague) -> None:
    marta.teams.add(make.team("Conti"), through_defaults={"joined_at": make.NOON})
    competence = Competence.objects.create(name="Conti", topics=["billing"])
    Skill.objects.create(competence=competence, colleague=marta)
    case = make.case(make.mail(BILL))

    page = desk.get(f"/casi/C-{case.pk}/").content.decode()

    assert "da Assistenza a Conti: parla di bollette e pagamenti («" in page
    assert "lì sanno fare questo, nella squadra del canale no" in page
