"""Words given, and the clocks that keep them."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from ascolto.promises.models import Promise
from tests.e2e.day.day import Day


def a_promise_in_the_answer_is_offered_as_a_clock(day: Day) -> None:
    giulia, case = day.giulia, day.case("Irene Basile")
    giulia.goes("/casella/squadra/")
    giulia.opens(case)
    giulia.begins()
    giulia.types("Verifico e la richiamo entro domani alle 17.")
    chip = giulia.page.locator("#promessa-rilevata")
    expect(chip).to_contain_text("Promessa: richiamare")

    giulia.sends(case, "Verifico e la richiamo entro domani alle 17.")

    expect(giulia.side.locator(".clocks")).to_contain_text("la richiamo entro domani alle 17")
    assert Promise.objects.filter(subject=case.reference, kind="WORD").exists()


def one_that_is_refused_makes_no_clock(day: Day) -> None:
    giulia, case = day.giulia, day.case("Livio Conte")
    giulia.opens(case)
    giulia.begins()
    giulia.types("Le scrivo entro domani alle 17, spero.")
    chip = giulia.page.locator("#promessa-rilevata")
    expect(chip).to_contain_text("Promessa: riscrivere")

    giulia.hand.press("Promessa: riscrivere", within="#promessa-rilevata")
    expect(chip.get_by_role("checkbox")).not_to_be_checked()
    giulia.begins()
    giulia.sends(case, "Le scrivo entro domani alle 17, spero.")

    expect(giulia.history).to_contain_text("Le scrivo entro domani alle 17, spero.")
    assert not Promise.objects.filter(subject=case.reference, kind="WORD").exists()


def a_promise_is_made_rests_goes_on_and_is_kept(day: Day) -> None:
    giulia, case = day.giulia, day.case("Mara Orlando")
    giulia.opens(case)
    clocks = giulia.side.locator(".clocks")

    giulia.hand.press("Prometti", "p")
    giulia.hand.write("Che cosa", "il nuovo modem")
    giulia.hand.press("Il prossimo giorno, alla fine")
    expect(clocks).to_contain_text("il nuovo modem")

    giulia.hand.press("Che cosa fare di «il nuovo modem»")
    giulia.hand.write("Perché", "aspettiamo il corriere")
    giulia.hand.press("Metti in pausa")
    expect(clocks).to_contain_text("in pausa: aspettiamo il corriere")
    giulia.hand.press("Che cosa fare di «il nuovo modem»")
    giulia.hand.press("Riprendi l’orologio")
    expect(clocks).not_to_contain_text("in pausa: ")
    giulia.hand.press("Che cosa fare di «il nuovo modem»")
    giulia.hand.press("Segna come mantenuta")

    giulia.hand.press("Finiti", within="#cliente")
    expect(clocks.locator(".over")).to_contain_text("mantenuta")


def a_promise_for_an_hour_of_its_own_is_let_go(day: Day) -> None:
    giulia, case = day.giulia, day.case("Mara Orlando")
    giulia.opens(case)
    clocks = giulia.side.locator(".clocks")
    moment = timezone.localtime(timezone.now() + timedelta(days=4))

    giulia.hand.press("Prometti", "p")
    giulia.hand.write("Che cosa", "una visita")
    giulia.hand.write("Un altro giorno, a quest’ora", f"{moment:%Y-%m-%dT%H:%M}")
    giulia.hand.press("Prometti per quell’ora")
    expect(clocks).to_contain_text("una visita")
    giulia.hand.press("Che cosa fare di «una visita»")
    giulia.hand.write("Perché", "il cliente ha disdetto")
    giulia.hand.press("Sciogli la promessa")

    giulia.hand.press("Finiti", within="#cliente")
    expect(clocks.locator(".over")).to_contain_text("sciolta: il cliente ha disdetto")


def all_promises_stand_on_one_page(day: Day) -> None:
    giulia = day.giulia

    with giulia.to_another_page("**/promesse/"):
        giulia.hand.go("Promesse", "p")
    expect(giulia.page.locator(".board")).to_contain_text("la richiamo entro domani alle 17")
    giulia.hand.choose("Tipo", "parola data")
    with giulia.to_another_page("**/promesse/?*"):
        giulia.hand.press("Mostra queste")
    expect(giulia.page.locator(".board")).to_contain_text("la richiamo entro domani alle 17")
    with giulia.to_another_page("**/casi/**"):
        giulia.hand.press("Verifico e la richiamo entro domani alle 17.", within=".board")


PARTS = (
    a_promise_in_the_answer_is_offered_as_a_clock,
    one_that_is_refused_makes_no_clock,
    a_promise_is_made_rests_goes_on_and_is_kept,
    a_promise_for_an_hour_of_its_own_is_let_go,
    all_promises_stand_on_one_page,
)
