"""Insults are folded away; what is asked for beside them is read; who opens them has read them."""

from datetime import timedelta

import pytest
from django.test import Client

from ascolto.cases.models import Case, Exposure, MessageReading
from ascolto.cases.queries.exposure import hostile_read_by, without_insults
from ascolto.cases.queries.search import START, STOP
from ascolto.desk.search import seen
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import heard_in, page

pytestmark = pytest.mark.django_db
HELP = "Da tre giorni la linea non va, mandate un tecnico domani a Torino."
ABUSE = "Siete dei ladri e degli incapaci di merda, VERGOGNATEVI TUTTI QUANTI!"
HTMX = {"HX-Request": "true"}


def insulting() -> Case:
    case = make.case(make.mail(f"{ABUSE} {HELP}", subject="Linea giù"))
    MessageReading.objects.filter(message__case=case).update(angry=True, abusive=True)
    return case


def test_what_insults_is_known_when_it_is_read() -> None:
    case = make.case(make.mail(f"{ABUSE} {HELP}"))

    assert MessageReading.objects.get(message__case=case).is_hostile


def test_of_a_folded_message_the_request_stays_readable(desk: Client) -> None:
    case = insulting()

    shown = page(desk, f"/casi/C-{case.pk}/")

    assert HELP in shown
    assert "Messaggio offensivo, mostra" in shown
    assert "ladri" not in shown


def test_the_list_shows_covered_words(desk: Client) -> None:
    insulting()

    shown = page(desk, "/casella/squadra/")

    assert "Siete dei l•••" in shown
    assert "ladri" not in shown


def test_who_opens_it_reads_it_whole_and_it_counts_once(desk: Client, elena: Colleague) -> None:
    case = insulting()
    address = f"/messaggi/{heard_in(case).pk}/mostra/"

    answer = desk.post(address, headers=HTMX).content.decode()
    desk.post(address)

    assert "ladri" in answer
    assert "Messaggio offensivo, mostra" not in answer
    assert Exposure.objects.filter(colleague=elena).count() == 1


def test_who_chose_to_see_everything_does_and_it_counts(desk: Client, elena: Colleague) -> None:
    case = insulting()
    desk.post(
        "/impostazioni/",
        {"language": "it", "undo_seconds": "10", "keys_on": "on", "shows_abuse": "on"},
    )
    Case.objects.filter(pk=case.pk).update(assignee=elena)
    elena.refresh_from_db()

    assert "ladri" in page(desk, f"/casi/C-{case.pk}/")
    assert hostile_read_by([elena], now=make.NOON + timedelta(hours=1)) == {elena.pk: 1}


def test_what_stays_folded_was_not_read(elena: Colleague) -> None:
    Case.objects.filter(pk=insulting().pk).update(assignee=elena)

    assert hostile_read_by([elena], now=make.NOON + timedelta(hours=1)) == {}


def test_a_message_that_is_not_angry_after_all_is_not_folded(desk: Client) -> None:
    case = insulting()
    said = {"genere": "problem", "argomento": "connectivity", "cura": "on"}

    desk.post(f"/messaggi/{heard_in(case).pk}/lettura/correggi/", said)

    assert "ladri" in page(desk, f"/casi/C-{case.pk}/")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (f"{ABUSE} {HELP}", HELP),
        (ABUSE, ""),
        (HELP, HELP),
        ("Ladri. . !", ""),
    ],
)
def test_only_sentences_without_insults_are_left(written: str, read: str) -> None:
    assert without_insults(written) == read


def chooses_to_see(colleague: Colleague) -> None:
    Colleague.objects.filter(pk=colleague.pk).update(shows_abuse=True)


def test_a_subject_is_covered_wherever_it_stands_before_everybody(
    desk: Client, elena: Colleague
) -> None:
    case = make.case(make.mail(HELP, subject="Siete dei ladri"))
    places = ("/casella/squadra/", f"/casi/C-{case.pk}/", "/cerca/?q=tecnico")

    for place in places:
        shown = page(desk, place)
        assert "Siete dei l•••" in shown, place
        assert "Siete dei ladri" not in shown.partition('class="msg"')[0], place

    chooses_to_see(elena)
    assert "Siete dei ladri" in page(desk, places[0])


def test_what_is_found_is_shown_without_its_insults(desk: Client, elena: Colleague) -> None:
    insulting()

    assert "ladri" not in page(desk, "/cerca/?q=tecnico+linea")
    looked_for = page(desk, "/cerca/?q=ladri")
    assert "<mark>l•••</mark>" in looked_for

    chooses_to_see(elena)
    assert "<mark>ladri</mark>" in page(desk, "/cerca/?q=ladri")


def test_an_insult_of_several_words_is_covered_also_where_one_of_them_was_looked_for() -> None:
    said = f"che {START}pezzo{STOP} di merda"

    assert seen(said, whole=False) == "che p•••"
    assert seen(said, whole=True) == said
