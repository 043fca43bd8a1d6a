"""The afternoon: who the customers are, and what could not be read."""

import re

from playwright.sync_api import expect

from ascolto.channels.models import Arrival, Channel
from ascolto.people.models import Customer
from tests import make
from tests.e2e.day.day import Day


def a_customer_is_written_down_and_corrected(day: Day) -> None:
    giulia = day.giulia
    giulia.goes("/casella/squadra/")
    with giulia.to_another_page("**/clienti/"):
        giulia.hand.go("Clienti", "l")
    with giulia.to_another_page("**/clienti/nuovo/"):
        giulia.hand.press("Nuovo cliente", "n")
    giulia.hand.write("Nome", "Rosa Amato")
    giulia.hand.write("E-mail", "rosa@example.org")
    with giulia.to_another_page(re.compile(r"/clienti/\d+/$")):
        giulia.hand.press("Crea la scheda")
    expect(giulia.page.locator("#scheda")).to_contain_text("rosa@example.org")

    with giulia.to_another_page("**/modifica/"):
        giulia.hand.press("Modifica", "m")
    giulia.hand.write("Chi è", "Fotografa, Ivrea")
    with giulia.to_another_page(re.compile(r"/clienti/\d+/$")):
        giulia.hand.press("Salva la scheda")
    with giulia.to_another_page("**/modifiche/"):
        giulia.hand.from_menu("Modifiche alla scheda")
    expect(giulia.page.locator("table")).to_contain_text("Fotografa, Ivrea")


def what_she_said_stands_on_her_page(day: Day) -> None:
    giulia, rosa = day.giulia, Customer.objects.get(name="Rosa Amato")
    giulia.goes(f"/clienti/{rosa.pk}/")

    giulia.hand.press("Aggiungi qualcosa che ci ha detto")
    giulia.hand.write("Con le sue parole", "Mai prima delle dieci")
    giulia.hand.press("Aggiungi alla scheda")
    expect(giulia.page.locator("#scheda")).to_contain_text("Mai prima delle dieci")
    giulia.hand.press("Aggiungi una nota")
    giulia.hand.write("La vedono solo i colleghi", "Paga sempre puntuale.")
    giulia.hand.press("Aggiungi la nota")
    expect(giulia.page.locator("#scheda")).to_contain_text("Paga sempre puntuale.")
    giulia.hand.press("Aggiungi un recapito")
    giulia.hand.write("E-mail, telefono o profilo", "347 123 4567")
    giulia.hand.press("Aggiungi il recapito")
    expect(giulia.page.locator("#scheda")).to_contain_text("347 123 4567")


def two_records_of_one_person_are_joined_and_parted(day: Day) -> None:
    giulia, rosa = day.giulia, Customer.objects.get(name="Rosa Amato")
    nino = day.case("Nino Parisi").customer
    giulia.goes(f"/clienti/{nino.pk}/")

    with giulia.to_another_page("**/unisci/"):
        giulia.hand.from_menu("Unisci con un’altra scheda")
    giulia.hand.write("Nome, indirizzo o telefono dell’altra scheda", "Rosa Amato")
    with giulia.to_another_page("**/unisci/?q=**"):
        giulia.page.keyboard.press("Enter")
    with giulia.to_another_page(f"**con={rosa.pk}"):
        giulia.hand.press("Rosa Amato", within=".people")
    giulia.hand.write("Da che cosa si capisce che è la stessa persona", "Ha chiamato lei.")
    with giulia.to_another_page(f"**/clienti/{nino.pk}/"):
        giulia.hand.press("Unisci le due schede")
    expect(giulia.page.locator("#scheda")).to_contain_text("rosa@example.org")

    with giulia.to_another_page():
        giulia.hand.press("Separa Rosa Amato")
    expect(giulia.page.locator("#scheda")).not_to_contain_text("rosa@example.org")


def one_story_in_four_voices(day: Day) -> None:
    giulia, paolo = day.giulia, day.case("Paolo Rinaldi").customer
    giulia.goes(f"/clienti/{paolo.pk}/")
    told = giulia.page.locator("#racconto")
    expect(told).to_contain_text("Il tecnico viene giovedì alle 9.")

    giulia.hand.press("Ascoltato", within="#racconto")

    expect(told).not_to_contain_text("Il tecnico viene giovedì alle 9.")
    expect(told).to_contain_text("Quando viene il tecnico?")


def what_could_not_be_read_is_read_again_or_put_aside(day: Day) -> None:
    giulia = day.giulia
    form = Channel.objects.create(
        kind=Channel.Kind.FORM, name="modulo", title="Modulo", team=make.team(), opened_at=make.NOON
    )
    for name in ("mario", "pina"):
        make.receive(f'{{"address": "{name}(at)posta", "text": "Ciao"}}'.encode(), channel=form)
    with giulia.to_another_page("**/quarantena/"):
        giulia.hand.press("Quarantena", within=".nav")
    rows = giulia.page.locator(".qrows > li")
    expect(rows).to_have_count(2)

    with giulia.to_another_page():
        giulia.hand.press("Rileggi")
    expect(giulia.page.locator("#avvisi")).to_contain_text("Lo rileggiamo adesso")
    with giulia.to_another_page():
        giulia.hand.press("Metti da parte")
    expect(giulia.page.locator("#avvisi")).to_contain_text("Messo da parte.")
    assert Arrival.objects.filter(channel=form).count() == 2


PARTS = (
    a_customer_is_written_down_and_corrected,
    what_she_said_stands_on_her_page,
    two_records_of_one_person_are_joined_and_parted,
    one_story_in_four_voices,
    what_could_not_be_read_is_read_again_or_put_aside,
)
