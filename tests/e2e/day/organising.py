"""Before noon: the queue is put in order."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from ascolto.cases.models import Case, Moving
from tests.e2e.day.agents import path_of
from tests.e2e.day.day import Day
from tests.e2e.day.world import the_hour_comes


def labels_and_priority_are_given(day: Day) -> None:
    giulia, case = day.giulia, day.case("Franco Poli")
    giulia.goes("/casella/squadra/")
    giulia.opens(case)

    giulia.hand.press("Cambia etichette, priorità e campi", "l")
    expect(giulia.sheet.get_by_label("Aggiungi")).to_be_focused()
    giulia.page.keyboard.type("fibra, urgente davvero")
    giulia.hand.pick("alta")
    giulia.hand.press("Salva le etichette")

    expect(giulia.side.locator(".tags")).to_contain_text("fibra")
    expect(giulia.side.locator(".tags")).to_contain_text("urgente davvero")
    expect(giulia.side.locator(".tags")).to_contain_text("alta")
    giulia.hand.press("Togli l’etichetta urgente davvero")
    expect(giulia.side.locator(".tags")).not_to_contain_text("urgente davvero")


def what_the_company_asks_is_filled_in(day: Day) -> None:
    giulia, case = day.giulia, day.case("Franco Poli")
    giulia.opens(case)

    giulia.hand.press("compila", within="#cliente")
    giulia.hand.write("Codice impianto", "TO-114")
    giulia.hand.press("Salva i dati")

    expect(giulia.side).to_contain_text("TO-114")


def a_case_is_put_away_and_comes_back(day: Day) -> None:
    giulia, case = day.giulia, day.case("Gaia Serra")
    giulia.opens(case)

    giulia.hand.press("Rimanda", "h")
    expect(giulia.sheet).to_be_visible()
    giulia.hand.press("Domattina", "d")
    expect(giulia.page.locator("#testa")).to_contain_text("torna")
    expect(giulia.page.locator("#avvisi")).to_contain_text("Rimandato: torna")
    giulia.hand.press("Annulla", "z", within="#avvisi [data-undo]")
    expect(giulia.page.locator("#testa")).not_to_contain_text("torna")

    giulia.hand.press("Rimanda", "h")
    moment = timezone.localtime(timezone.now() + timedelta(days=3))
    giulia.hand.write("Un altro giorno, a quest’ora", f"{moment:%Y-%m-%dT%H:%M}")
    giulia.hand.press("Rimanda a quell’ora")
    expect(giulia.page.locator("#testa")).to_contain_text("torna")
    the_hour_comes(case)
    expect(giulia.page.locator("#testa")).not_to_contain_text("torna")
    expect(giulia.history).to_contain_text("torna")


def two_cases_of_one_matter_become_one_and_two_again(day: Day) -> None:
    giulia, first = day.giulia, day.case("Ilaria Fontana")
    second = day.case("Ilaria Fontana, ancora")
    giulia.opens(second)

    giulia.hand.from_menu("Unisci a un altro caso")
    giulia.hand.pick(f"{first.number} Domanda di Ilaria Fontana")
    giulia.hand.press("Unisci i due casi")
    expect(giulia.page.locator("#avvisi")).to_contain_text(f"è unito a {first.number}")
    expect(giulia.history).to_contain_text(f"Unito a {first.number}")
    giulia.hand.press("Annulla", "z", within="#avvisi [data-undo]")

    expect(giulia.history).not_to_contain_text(f"Unito a {first.number}")
    assert Case.objects.get(pk=second.pk).merged_into_id is None


def messages_go_into_a_case_of_their_own_and_come_back(day: Day) -> None:
    giulia, case = day.giulia, day.case("Sara Greco")
    giulia.opens(case)

    giulia.hand.from_menu("Dividi in due casi")
    giulia.hand.press("sara@example.org", within="dialog:modal")
    giulia.hand.write("Oggetto del caso nuovo", "La luce verde")
    giulia.hand.press("Porta via i messaggi scelti")
    expect(giulia.page.locator("#avvisi")).to_contain_text("I messaggi scelti sono in")
    assert Moving.objects.filter(origin=case, target__subject="La luce verde").exists()

    giulia.hand.press("Annulla la divisione")

    expect(giulia.history).to_contain_text("Ora la luce è verde.")


def a_case_is_linked_and_followed(day: Day) -> None:
    giulia, case, other = day.giulia, day.case("Irene Basile"), day.case("Livio Conte")
    giulia.opens(case)

    giulia.hand.from_menu("Collega a un altro caso")
    giulia.hand.write("Numero del caso", other.number)
    giulia.hand.write("Perché (se vuoi)", "Stesso palazzo")
    giulia.hand.press("Collega i due casi")
    expect(giulia.side).to_contain_text(f"{other.number} Domanda di Livio Conte")
    giulia.hand.press(f"Togli il collegamento con {other.number}")
    expect(giulia.side).not_to_contain_text("Livio Conte")

    giulia.hand.from_menu("Segui il caso")
    expect(giulia.side).to_contain_text("Giulia Conti")
    giulia.hand.from_menu("Smetti di seguirlo")
    expect(giulia.side.locator("h3", has_text="Danno una mano")).to_have_count(0)


def many_are_labelled_at_once_and_it_is_undone(day: Day) -> None:
    giulia = day.giulia
    cases = [day.case(name) for name in ("Irene Basile", "Livio Conte", "Mara Orlando")]
    for case in cases:
        giulia.hand.tick_line(path_of(case))
    bar = giulia.page.locator("#insieme")
    expect(bar).to_contain_text("3 scelti")

    with giulia.to_another_page("**/insieme/?*"):
        giulia.hand.press("Scegli che cosa fare")
    giulia.hand.write("Etichetta da mettere", "palazzo")
    with giulia.to_another_page(re.compile(r"/insieme/\d+/")):
        giulia.hand.press("Metti l’etichetta")
    expect(giulia.page.locator("#avanza")).to_have_text("Fatti 3 di 3")
    with giulia.to_another_page(re.compile(r"/insieme/\d+/")):
        giulia.hand.press("Annulla tutto", "z")
    expect(giulia.page.locator("#avanza")).to_have_text("Annullati 3 di 3")

    assert not Case.objects.filter(tags__name="palazzo").exists()
    with giulia.to_another_page("**/casella/**"):
        giulia.hand.press("Torna alla casella")


def what_was_ticked_can_be_let_go(day: Day) -> None:
    giulia, case = day.giulia, day.case("Mara Orlando")
    giulia.goes("/casella/squadra/")
    giulia.hand.tick_line(path_of(case))
    expect(giulia.page.locator("#insieme")).to_be_visible()

    giulia.hand.press("Lasciali")

    expect(giulia.page.locator("#insieme")).to_be_hidden()
    expect(giulia.page.locator(".choose:checked")).to_have_count(0)


PARTS = (
    labels_and_priority_are_given,
    what_the_company_asks_is_filled_in,
    a_case_is_put_away_and_comes_back,
    two_cases_of_one_matter_become_one_and_two_again,
    messages_go_into_a_case_of_their_own_and_come_back,
    a_case_is_linked_and_followed,
    many_are_labelled_at_once_and_it_is_undone,
    what_was_ticked_can_be_let_go,
)
