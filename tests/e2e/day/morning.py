"""The first hour: the list, a case of one's own, a hand-over, a call, and what is done with it."""

from playwright.sync_api import expect

from ascolto.cases.models import Message, Transfer
from tests.e2e.day.day import Day
from tests.e2e.day.world import writes
from tests.mailservers.world import until


def the_oldest_is_taken_answered_and_closed(day: Day) -> None:
    giulia, case = day.giulia, day.case("Paolo Rinaldi")
    giulia.goes("/casella/squadra/")
    giulia.opens(case)

    giulia.hand.press("Prendo io", "a")
    expect(giulia.page.locator(".th .team")).to_contain_text("Giulia Conti")
    giulia.answers_with(case, "Il tecnico viene giovedì alle 9.")
    giulia.hand.press("Risolvi", "e")
    expect(giulia.page.locator("#testa")).to_contain_text("risolto")
    giulia.hand.press("Riapri")
    expect(giulia.page.locator("#testa")).not_to_contain_text("risolto")


def who_still_waits_is_closed_only_with_a_reason(day: Day) -> None:
    giulia, case = day.giulia, day.case("Nino Parisi")
    giulia.opens(case)

    giulia.hand.press("Risolvi", "e")
    giulia.hand.write("Il cliente aspetta. Perché lo chiudi lo stesso?", "Abbiamo parlato ieri.")
    giulia.hand.press("Chiudi il caso")

    expect(giulia.page.locator("#testa")).to_contain_text("risolto")
    expect(giulia.history).to_contain_text("Abbiamo parlato ieri.")


def a_case_is_handed_over_with_a_line(day: Day) -> None:
    giulia, marta, case = day.giulia, day.marta, day.case("Luca Moretti")
    giulia.opens(case)

    giulia.hand.from_menu("Passa a un’altra squadra")
    giulia.hand.choose("Squadra o persona", "Amministrazione, chi è libero")
    giulia.hand.write("Perché", "Vuole una copia della fattura.")
    giulia.hand.press("Passa il caso")

    expect(giulia.history).to_contain_text("Vuole una copia della fattura.")
    assert Transfer.objects.get(case=case).to_team.name == "Amministrazione"
    marta.goes("/casella/squadra/")
    marta.opens(case)
    expect(marta.history).to_contain_text("Vuole una copia della fattura.")


def what_is_said_on_the_telephone_is_written_down(day: Day) -> None:
    giulia, case = day.giulia, day.case("Sara Greco")
    giulia.opens(case)

    giulia.begins("call")
    giulia.types("Dice che la luce è rossa.")
    giulia.hand.send()

    expect(giulia.history).to_contain_text("Dice che la luce è rossa.")
    expect(giulia.page.locator("#testo-telefonata")).to_have_value("")


def a_colleague_is_called_in_a_note_and_finds_it(day: Day) -> None:
    giulia, marta, case = day.giulia, day.marta, day.case("Dario Longo")
    giulia.opens(case)

    note = giulia.begins("note")
    if day.by_keyboard:
        giulia.page.keyboard.type("@Mart")
        expect(giulia.page.get_by_role("option")).to_have_count(1)
        giulia.page.keyboard.press("Enter")
    else:
        giulia.hand.press("Chiama un collega")
        giulia.page.get_by_role("option", name="Marta Riva").click()
    expect(note).to_have_value("@Marta Riva ")
    giulia.types("lo conosci tu?")
    giulia.hand.send()
    expect(giulia.history).to_contain_text("@Marta Riva lo conosci tu?")

    with marta.to_another_page("**/menzioni/"):
        marta.hand.press("Per te", within=".nav")
    with marta.to_another_page("**/casi/**"):
        marta.hand.press("Domanda di Dario Longo", within=".mentions")
    expect(marta.history).to_contain_text("lo conosci tu?")


def a_new_message_shows_by_itself(day: Day) -> None:
    giulia, case = day.giulia, day.case("Sara Greco")
    giulia.opens(case)

    writes("Sara Greco", "Ora la luce è verde.")

    expect(giulia.history).to_contain_text("Ora la luce è verde.")
    until(lambda: Message.objects.filter(case=case).count() >= 3)


def help_is_asked_for(day: Day) -> None:
    giulia, case = day.giulia, day.case("Dario Longo")
    giulia.opens(case)

    giulia.hand.from_menu("Chiedi aiuto a un collega")
    giulia.hand.choose("Collega", "Marta Riva")
    giulia.hand.press("Chiedi aiuto")

    expect(giulia.side).to_contain_text("Marta Riva")


PARTS = (
    the_oldest_is_taken_answered_and_closed,
    who_still_waits_is_closed_only_with_a_reason,
    a_case_is_handed_over_with_a_line,
    what_is_said_on_the_telephone_is_written_down,
    a_colleague_is_called_in_a_note_and_finds_it,
    a_new_message_shows_by_itself,
    help_is_asked_for,
)
