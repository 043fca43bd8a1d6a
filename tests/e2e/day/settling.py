"""Before going home: one's own settings, and words for tomorrow."""

from playwright.sync_api import expect

from ascolto.knowledge.models import Macro
from ascolto.staff.models import Colleague
from tests.e2e.day.day import Day


def one_has_ones_own_signature(day: Day) -> None:
    giulia = day.giulia
    with giulia.to_another_page("**/impostazioni/"):
        giulia.hand.press("Impostazioni", within=".nav")

    giulia.hand.write("Firma sotto le risposte", "Giulia, dal banco 3")
    with giulia.to_another_page():
        giulia.hand.press("Salva le preferenze")
    expect(giulia.page.locator("#avvisi")).to_contain_text("Preferenze salvate.")

    assert Colleague.objects.get(pk=giulia.colleague.pk).signature == "Giulia, dal banco 3"


def words_are_written_once_for_everybody(day: Day) -> None:
    giulia, case = day.giulia, day.case("Gaia Serra")
    with giulia.to_another_page():
        giulia.hand.press("Risposte pronte", within="#luoghi")
    giulia.hand.write("Nome, per ritrovarla", "Orari")
    giulia.hand.write("Testo", "{nome}, siamo aperti dalle 9 alle 18.")
    with giulia.to_another_page():
        giulia.hand.press("Aggiungi la risposta")
    expect(giulia.page.locator("table")).to_contain_text("Orari")
    assert Macro.objects.filter(title="Orari").exists()

    giulia.goes("/casella/squadra/")
    giulia.opens(case)
    giulia.begins()
    giulia.page.keyboard.type("/orar")
    expect(giulia.page.get_by_role("option")).to_have_count(1)
    giulia.page.keyboard.press("Enter")
    expect(giulia.page.locator("#testo-risposta")).to_have_value(
        "Gaia, siamo aperti dalle 9 alle 18."
    )


PARTS = (one_has_ones_own_signature, words_are_written_once_for_everybody)
