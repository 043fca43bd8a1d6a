"""Two at one case: who is here, what the other writes, and a send that comes too late."""

from playwright.sync_api import expect

from ascolto.cases.models import Message
from tests.e2e.day.day import Day
from tests.e2e.day.world import writes


def each_sees_that_the_other_is_here_and_writes(day: Day) -> None:
    giulia, marta, case = day.giulia, day.marta, day.case("Diego Sanna")
    marta.goes("/casella/squadra/")
    marta.opens(case)
    marta.begins()
    marta.types("Diego, la chiamo io.")
    marta.keeps_draft()

    giulia.opens(case)

    beside = giulia.page.locator("#accanto")
    expect(beside).to_contain_text("Marta Riva sta scrivendo.")
    giulia.hand.press("bozza di Marta Riva,", within="#accanto")
    expect(beside.locator(".words")).to_be_visible()
    expect(beside.locator(".words")).to_have_text("Diego, la chiamo io.")


def a_send_after_the_other_answered_is_stopped_with_its_words_kept(day: Day) -> None:
    giulia, marta, case = day.giulia, day.marta, day.case("Diego Sanna")
    giulia.page.route("**/casi/*/?vivo=1*", lambda route: route.fulfill(status=204))  # late
    with giulia.watcher.refused(409):
        giulia.opens(case)
        giulia.begins()
        giulia.types("Viene un tecnico venerdì.")
        marta.sends(case, "Diego, la chiamo io.")
        expect(marta.history).to_contain_text("Diego, la chiamo io.")
        giulia.page.wait_for_timeout(500)

        giulia.hand.send()
        expect(giulia.page.locator(".came")).to_contain_text("Marta Riva")
    expect(giulia.page.locator(".came .theirs, .came .words").first).to_contain_text("la chiamo io")
    expect(giulia.page.locator("#testo-risposta")).to_have_value("Viene un tecnico venerdì.")
    assert not Message.objects.filter(text="Viene un tecnico venerdì.").exists()
    giulia.page.unroute("**/casi/*/?vivo=1*")

    giulia.sends(case, "Viene un tecnico venerdì.")

    expect(giulia.page.locator(".came")).to_have_count(0)
    expect(marta.history).to_contain_text("Viene un tecnico venerdì.")


def what_is_typed_outlives_what_happens_meanwhile(day: Day) -> None:
    giulia, marta, case = day.giulia, day.marta, day.case("Emma Villa")
    giulia.opens(case)
    giulia.begins()
    giulia.types("Emma, sto guardando")

    marta.opens(case)
    marta.begins("note")
    marta.types("È già successo a marzo.")
    marta.hand.send()
    writes("Emma Villa", "Aggiungo una cosa.")

    expect(giulia.history).to_contain_text("È già successo a marzo.")
    expect(giulia.history).to_contain_text("Aggiungo una cosa.")
    expect(giulia.page.locator("#testo-risposta")).to_have_value("Emma, sto guardando")
    expect(giulia.page.locator("#testo-risposta")).to_be_focused()


def going_to_another_case_and_back_keeps_the_draft(day: Day) -> None:
    giulia, case = day.giulia, day.case("Emma Villa")
    giulia.opens(case)
    giulia.begins()
    giulia.page.keyboard.press("Control+End")
    giulia.types(" il contatore")

    giulia.opens(day.case("Franco Poli"))
    expect(giulia.page.locator("#testo-risposta")).to_have_value("")
    giulia.opens(case)

    expect(giulia.page.locator("#testo-risposta")).to_have_value("Emma, sto guardando il contatore")


PARTS = (
    each_sees_that_the_other_is_here_and_writes,
    a_send_after_the_other_answered_is_stopped_with_its_words_kept,
    what_is_typed_outlives_what_happens_meanwhile,
    going_to_another_case_and_back_keeps_the_draft,
)
