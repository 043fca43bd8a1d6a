"""The same work with a thumb, on a telephone 390 pixels wide: once."""

from playwright.sync_api import expect

from ascolto.cases.models import Message
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import case_of
from tests.e2e.day.agents import Agent
from tests.e2e.day.world import writes


def the_whole_loop(elena: Agent) -> None:
    """A line, the case, the composer under the thumb, sent, called back, sent, closed."""
    case = case_of("Paolo Rinaldi", subject="Domanda di Paolo Rinaldi")
    elena.goes("/casella/squadra/")
    elena.opens(case)
    fits(elena)
    composer = elena.page.locator("#componi")
    expect(composer).to_be_in_viewport()

    elena.hand.press("Prendo io")
    elena.begins()
    elena.types("Arrivo alle 16.")
    expect(elena.page.locator("[data-send]:visible")).to_be_in_viewport()
    elena.sends(case, "Arrivo alle 16.")
    elena.hand.press("Annulla", within="#avvisi")
    expect(elena.page.locator("#testo-risposta")).to_have_value("Arrivo alle 16.")
    elena.sends(case, "Arrivo alle 16.")
    expect(elena.history).to_contain_text("Arrivo alle 16.")
    fits(elena)
    elena.hand.press("Risolvi")
    expect(elena.page.locator("#testa")).to_contain_text("risolto")


def sheets_open_and_close(elena: Agent) -> None:
    """Snooze, labels and a promise are sheets; the customer's card is one, too."""
    case = case_of("Anna Colombo", subject="Domanda di Anna Colombo")
    elena.goes("/casella/squadra/")
    elena.opens(case)

    elena.hand.press("Rimanda")
    fits(elena)
    elena.hand.press("Chiudi")
    expect(elena.sheet).to_have_count(0)
    elena.hand.from_menu("Etichette e priorità")
    elena.hand.write("Aggiungi", "modem")
    elena.hand.press("Salva le etichette")
    elena.page.locator("#persona").tap()
    expect(elena.side).to_be_in_viewport()
    expect(elena.side.locator(".tags")).to_contain_text("modem")
    fits(elena)
    elena.hand.press("Chiudi la scheda")
    expect(elena.side).not_to_be_in_viewport()

    elena.hand.press("Prometti")
    elena.hand.write("Che cosa", "una telefonata")
    fits(elena)
    elena.hand.press("Il prossimo giorno, a metà")
    expect(elena.history).to_contain_text("una telefonata")


def what_comes_meanwhile_shows(elena: Agent) -> None:
    case = case_of("Luca Moretti", subject="Domanda di Luca Moretti")
    elena.goes("/casella/squadra/")
    elena.opens(case)
    elena.begins("call")
    elena.types("Ha detto che aspetta.")
    elena.hand.send()
    expect(elena.history).to_contain_text("Ha detto che aspetta.")

    writes("Luca Moretti", "Sono ancora qui.")

    expect(elena.history).to_contain_text("Sono ancora qui.")
    with elena.to_another_page("**/casella/**"):
        elena.hand.press("Torna alla casella")
    assert Message.objects.filter(text__startswith="Sono ancora qui.").exists()
    fits(elena)


def fits(elena: Agent) -> None:
    assert elena.page.evaluate("document.documentElement.scrollWidth") <= 390


def an_agent() -> Colleague:
    elena = make.colleague("Elena Sala", teams=(make.team(),))
    elena.undo_seconds = 60
    elena.save()
    return elena


PARTS = (the_whole_loop, sheets_open_and_close, what_comes_meanwhile_shows)
