"""Beside a message: what it asks for besides, how it was read, and one click to put it right."""

import pytest
from django.test import Client

from ascolto.cases.models import Case, MessageReading, OtherMatter
from ascolto.cases.queries import search as look
from ascolto.learning.models import Correction
from ascolto.staff.models import Colleague, Competence, Skill
from tests import make
from tests.desk.builders import heard_in, page

pytestmark = pytest.mark.django_db
LINE = "Buongiorno, da ieri la fibra non funziona e il modem ha la luce rossa."
PARCEL = "Quando arriva il pacco con il nuovo modem? Doveva essere consegnato lunedì."
BILL = "Inoltre la bolletta di ottobre è doppia: chiedo il rimborso della fattura pagata due volte."
HTMX = {"HX-Request": "true"}
LINE_AGAIN = {"genere": "problem", "argomento": "connectivity", "cura": "on"}


def test_the_page_proposes_a_case_for_the_second_thing(desk: Client) -> None:
    case = make.case(make.mail(f"{LINE} {PARCEL}"))

    shown = page(desk, f"/casi/C-{case.pk}/")

    assert "<b>linea e guasti</b> e <b>consegne e riparazioni</b>" in shown
    assert "Apri un caso per la seconda" in shown


def test_one_click_opens_it_and_one_click_takes_it_back(desk: Client) -> None:
    case = make.case(make.mail(f"{LINE} {PARCEL}"))
    matter = OtherMatter.objects.get()

    answer = desk.post(f"/cose/{matter.pk}/apri/", headers=HTMX).content.decode()

    second = Case.objects.exclude(pk=case.pk).get()
    assert f"La seconda cosa è in C-{second.pk}, alla squadra Assistenza." in answer
    assert f"/cose/{matter.pk}/riunisci/" in answer
    desk.post(f"/cose/{matter.pk}/riunisci/")
    second.refresh_from_db()
    assert second.merged_into == case


def test_the_second_case_begins_with_the_words_and_says_where_they_stand(desk: Client) -> None:
    case = make.case(make.mail(f"{LINE} {BILL}"))
    second = Case.objects.exclude(pk=case.pk).get()

    shown = page(desk, f"/casi/C-{second.pk}/")

    assert "Inoltre la bolletta di ottobre" in shown
    assert "leggi tutto il messaggio" in shown
    assert "Riunisci i due casi" in shown
    assert "Chi scrive dice da sé che è un’altra cosa" in shown
    assert LINE not in shown
    assert f"si segue in C-{second.pk}" in page(desk, f"/casi/C-{case.pk}/")


def test_that_it_is_one_thing_is_said_once(desk: Client) -> None:
    case = make.case(make.mail(f"{LINE} {PARCEL}"))
    matter = OtherMatter.objects.get()

    answer = desk.post(f"/cose/{matter.pk}/una-sola/", headers=HTMX).content.decode()

    assert "Qui ci sono due cose" not in answer
    assert "Elena Sala dice che il messaggio è una cosa sola." in answer
    desk.post(f"/cose/{matter.pk}/chiedi/")
    assert "Qui ci sono due cose" in page(desk, f"/casi/C-{case.pk}/")


def test_who_is_late_hears_that_somebody_has_decided(desk: Client) -> None:
    make.case(make.mail(f"{LINE} {PARCEL}"))
    matter = OtherMatter.objects.get()
    desk.post(f"/cose/{matter.pk}/apri/")

    answer = desk.post(f"/cose/{matter.pk}/apri/", headers=HTMX)

    assert answer.status_code == 409
    assert "Nel frattempo qualcuno ha già deciso." in answer.content.decode()


def test_a_misread_message_is_put_right_beside_it_and_teaches(desk: Client) -> None:
    case = make.case(make.mail(BILL))
    message = heard_in(case)
    assert "letto come:" in page(desk, f"/casi/C-{case.pk}/")
    assert 'name="argomento"' in page(desk, f"/messaggi/{message.pk}/lettura/")

    answer = desk.post(f"/messaggi/{message.pk}/lettura/correggi/", LINE_AGAIN, headers=HTMX)

    assert "problema, linea e guasti" in answer.content.decode()
    assert "Elena Sala ha corretto la lettura di un messaggio:" in answer.content.decode()
    lesson = Correction.objects.get(head="topic")
    assert (lesson.was, lesson.became) == ("billing", "connectivity")


def test_a_correction_is_taken_back_with_its_lesson(desk: Client) -> None:
    case = make.case(make.mail(BILL))
    message = heard_in(case)
    desk.post(f"/messaggi/{message.pk}/lettura/correggi/", LINE_AGAIN)

    desk.post(f"/messaggi/{message.pk}/lettura/annulla/")
    desk.post(f"/messaggi/{message.pk}/lettura/annulla/")

    assert MessageReading.objects.get(message=message).topic == "billing"
    assert not Correction.objects.exists()
    assert "ha annullato una correzione" in page(desk, f"/casi/C-{case.pk}/")


def test_a_matter_of_another_team_is_proposed_to_it_and_stays_where_it_is(
    desk: Client, marta: Colleague
) -> None:
    marta.teams.add(make.team("Guasti"), through_defaults={"joined_at": make.NOON})
    can = Competence.objects.create(name="Linea", topics=["connectivity"])
    case = make.case(make.mail(BILL))
    Skill.objects.create(competence=can, colleague=marta)
    address = f"/messaggi/{heard_in(case).pk}/lettura/correggi/"

    answer = desk.post(address, LINE_AGAIN, headers=HTMX).content.decode()

    assert "Passa il caso a Guasti" in answer
    case.refresh_from_db()
    assert case.team.name == "Assistenza"


def test_a_word_that_is_none_is_refused(desk: Client) -> None:
    message = heard_in(make.case(make.mail(BILL)))
    address = f"/messaggi/{message.pk}/lettura/correggi/"

    answer = desk.post(address, {"genere": "altro", "argomento": "altro"}, headers=HTMX)

    assert answer.status_code == 422
    assert "Scegli un genere e un argomento della lista." in answer.content.decode()


def test_the_words_of_the_second_thing_are_found_in_both_cases_and_those_of_the_first_in_one(
    desk: Client, elena: Colleague
) -> None:
    first = make.case(make.mail(f"{LINE} {BILL}"))
    second = Case.objects.exclude(pk=first.pk).get()

    both = look.search(elena, "bolletta ottobre", scope="all", now=make.NOON).hits
    one = look.search(elena, "modem luce rossa", scope="all", now=make.NOON).hits

    assert [hit.case for hit in both] == [first, second]
    assert "luce rossa" not in both[1].snippet
    assert [hit.case for hit in one] == [first]
    assert f'href="/casi/C-{second.pk}/"' in page(desk, "/cerca/?q=bolletta+ottobre")


def test_the_second_case_is_found_by_nobody_who_may_not_see_it(elena: Colleague) -> None:
    first = make.case(make.mail(f"{LINE} {BILL}"))
    second = Case.objects.exclude(pk=first.pk).get()
    legal = make.team("Legale", is_reserved=True)
    Case.objects.filter(pk=second.pk).update(team=legal)

    hits = look.search(elena, "bolletta ottobre", scope="all", now=make.NOON).hits

    assert [hit.case for hit in hits] == [first]
