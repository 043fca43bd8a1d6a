"""After lunch: lists of one's own, words that are looked for, and the keys."""

import re

from playwright.sync_api import expect

from ascolto.cases.models import SavedView
from tests.e2e.day.day import Day


def a_list_is_narrowed_and_kept_for_oneself(day: Day) -> None:
    giulia = day.giulia
    giulia.goes("/casella/tutti/")

    with giulia.to_another_page("**filtra=1**"):
        giulia.hand.press("Filtra la lista")
    giulia.hand.write("Etichetta", "fibra")
    giulia.hand.choose("Priorità", "Alta")
    with giulia.to_another_page("**etichetta=fibra**"):
        giulia.hand.press("Filtra la lista", within="#filtri")
    lines = giulia.page.locator("#righe .it")
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text("Franco Poli")

    giulia.hand.press("Filtri")
    giulia.hand.write("Nome della vista", "Fibra, alta")
    with giulia.to_another_page("**vista=**"):
        giulia.hand.press("Salva come vista")

    saved = giulia.page.locator(".nav .views a", has_text="Fibra, alta")
    expect(saved.locator(".n")).to_have_text("1")
    expect(lines).to_have_count(1)
    view = SavedView.objects.get(name="Fibra, alta")
    assert not view.is_shared


def a_view_is_shared_and_its_count_is_right_for_the_other(day: Day) -> None:
    giulia, marta = day.giulia, day.marta

    with giulia.to_another_page("**vista=**"):
        giulia.hand.press("Fibra, alta", within=".nav .views")
    giulia.hand.press("Vista: Fibra, alta")
    giulia.hand.choose("Per chi", "Per tutti")
    with giulia.to_another_page():
        giulia.hand.press("Cambia la vista")
    expect(giulia.page.locator(".nav .views a", has_text="Fibra, alta")).to_be_visible()

    marta.goes("/casella/miei/")
    shared = marta.page.locator(".nav .views a", has_text="Fibra, alta")
    expect(shared.locator(".n")).to_have_text("1")
    with marta.to_another_page("**vista=**"):
        marta.hand.press("Fibra, alta", within=".nav .views")
    expect(marta.page.locator("#righe .it")).to_have_count(1)


def words_are_looked_for_with_operators(day: Day) -> None:
    giulia = day.giulia

    giulia.goes("/casella/squadra/")
    with giulia.to_another_page("**/cerca/"):
        giulia.hand.press("Cerca", "f")
    field = "Parole, persona, indirizzo o numero di caso"
    giulia.hand.write(field, "da:diego tecnico -fibra")
    with giulia.to_another_page("**/cerca/?q=da**"):
        giulia.hand.press("Cerca", within=".top form")
    found = giulia.page.locator(".results")
    expect(found).to_contain_text("Diego Sanna")
    expect(found.locator("mark").first).to_contain_text(re.compile("tecnico", re.IGNORECASE))

    giulia.hand.write(field, "ilaria")
    with giulia.to_another_page("**/cerca/?q=ilaria**"):
        giulia.page.keyboard.press("Enter")
    expect(found.locator("h2", has_text="Persone")).to_be_visible()
    expect(found).to_contain_text("Ancora io")


def the_palette_leads_to_a_case(day: Day) -> None:
    giulia, case = day.giulia, day.case("Hugh Walker")

    giulia.page.keyboard.press("Control+k")
    giulia.page.keyboard.type("walker")
    row = giulia.page.locator("#comandi [role=option]", has_text="Domanda di Hugh Walker")
    expect(row).to_be_visible()
    with giulia.to_another_page(f"**/casi/C-{case.pk}/"):
        if day.by_keyboard:
            while row.get_attribute("aria-selected") != "true":
                giulia.page.keyboard.press("ArrowDown")
            giulia.page.keyboard.press("Enter")
        else:
            row.click()

    expect(giulia.history).to_contain_text("The engineer comes on Thursday.")


def the_keys_are_listed_and_can_be_turned_off(day: Day) -> None:
    giulia = day.giulia
    giulia.goes("/casella/squadra/")
    giulia.hand.press("Tasti", "?")
    expect(giulia.sheet.locator("#tasti-vai")).to_contain_text("Promesse")
    giulia.hand.press("Chiudi")
    expect(giulia.page.locator("#tasti")).to_be_hidden()

    giulia.goes("/impostazioni/")
    giulia.hand.press("Tasti rapidi di una lettera")
    with giulia.to_another_page():
        giulia.hand.press("Salva le preferenze")
    expect(giulia.page.locator("#avvisi")).to_contain_text("Preferenze salvate.")
    giulia.page.keyboard.press("?")
    expect(giulia.page.locator("#tasti")).to_be_hidden()

    giulia.hand.press("Tasti rapidi di una lettera")
    with giulia.to_another_page():
        giulia.hand.press("Salva le preferenze")
    expect(giulia.page.locator("body[data-keys]")).to_have_count(1)


PARTS = (
    a_list_is_narrowed_and_kept_for_oneself,
    a_view_is_shared_and_its_count_is_right_for_the_other,
    words_are_looked_for_with_operators,
    the_palette_leads_to_a_case,
    the_keys_are_listed_and_can_be_turned_off,
)
