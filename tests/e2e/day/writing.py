"""The middle of the morning: everything an answer can be."""

import re
import tempfile
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import expect

from ascolto.cases.models import Draft, DraftFile, Message
from ascolto.channels.models import Outgoing
from tests.e2e.day.day import Day
from tests.mailservers.world import until

# A picture in the clipboard, as another program puts it there.
COPY = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 8, height: 8 });
  const picture = await new Promise((yes) => canvas.toBlob(yes, "image/png"));
  await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
}"""


def an_answer_is_called_back_and_its_words_are_there(day: Day) -> None:
    giulia, case = day.giulia, day.case("Fabio Marino")
    giulia.opens(case)
    giulia.answers_with(case, "Passiamo domani.")

    giulia.hand.press("Annulla", "z", within="#avvisi")

    written = giulia.page.locator("#testo-risposta")
    expect(written).to_have_value("Passiamo domani.")
    expect(written).to_be_focused()
    expect(giulia.page.locator("#avvisi .toast[data-until]", has_text="Fabio")).to_have_count(0)
    giulia.page.keyboard.press("End")
    giulia.types(" Alle 10.")
    giulia.sends(case, "Passiamo domani. Alle 10.")
    expect(giulia.history).to_contain_text("Passiamo domani. Alle 10.")


def a_macro_comes_at_the_slash(day: Day) -> None:
    giulia, case = day.giulia, day.case("Elisa Rizzo")
    giulia.opens(case)
    giulia.begins()

    if day.by_keyboard:
        giulia.page.keyboard.type("/guas")
        expect(giulia.page.get_by_role("option")).to_have_count(1)
        giulia.page.keyboard.press("Enter")
    else:
        giulia.hand.press("Macro")
        giulia.page.get_by_role("option", name="Guasto in zona").click()
    expect(giulia.page.locator("#testo-risposta")).to_have_value("Elisa, è un guasto di zona.")
    giulia.sends(case, "Elisa, è un guasto di zona.")

    expect(giulia.side.locator(".tags")).to_contain_text("guasto")


def a_macro_comes_from_the_palette(day: Day) -> None:
    giulia, case = day.giulia, day.case("Elisa Rizzo")
    giulia.opens(case)

    giulia.page.keyboard.press("Control+k")
    giulia.page.keyboard.type("saluto")
    option = giulia.page.locator("#comandi [role=option]", has_text=re.compile("^Saluto"))
    expect(option).to_have_attribute("aria-selected", "true")
    if day.by_keyboard:
        giulia.page.keyboard.press("Enter")
    else:
        option.click()

    expect(giulia.page.locator("#testo-risposta")).to_have_value("Buona giornata, Elisa.")
    expect(giulia.page.locator("#testo-risposta")).to_be_focused()
    giulia.typed.append("Buona giornata, Elisa.")
    giulia.keeps_draft()


def files_come_by_drop_and_by_paste(day: Day) -> None:
    giulia, case = day.giulia, day.case("Nadia Caruso")
    giulia.opens(case)
    giulia.begins()
    giulia.types("In allegato la mappa.")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mappa.txt"
        file.write_text("armadio TO-114", encoding="utf-8")
        giulia.hand.bring(file)
        expect(giulia.page.locator("#allegati")).to_contain_text("mappa.txt")

    giulia.page.evaluate(COPY)
    giulia.begins()
    giulia.page.keyboard.press("Control+v")
    expect(giulia.page.locator("#allegati img")).to_have_count(1)
    giulia.hand.press("Togli image.png")
    expect(giulia.page.locator("#allegati img")).to_have_count(0)

    giulia.sends(case, "In allegato la mappa.")
    expect(giulia.history.locator(".file")).to_contain_text("mappa.txt")
    assert not DraftFile.objects.filter(draft__case=case).exists()


def an_answer_leaves_tomorrow_and_is_stopped(day: Day) -> None:
    giulia, case = day.giulia, day.case("Bruno Ferri")
    giulia.opens(case)
    giulia.begins()
    giulia.types("La chiamo domattina.")
    giulia.hand.press("Scegli quando parte")
    giulia.hand.press("Invia domani alle 9:00")
    expect(giulia.history).to_contain_text(re.compile(r"parte .*9:00"))
    waits = Outgoing.objects.get(text="La chiamo domattina.")
    assert waits.not_before - timezone.now() > timedelta(minutes=30)

    giulia.hand.press("Ferma e riprendi il testo")

    expect(giulia.page.locator("#testo-risposta")).to_have_value("La chiamo domattina.")
    expect(giulia.page.locator("#testo-risposta")).to_be_focused()


def an_answer_leaves_at_an_hour_of_its_own(day: Day) -> None:
    giulia, case = day.giulia, day.case("Carla Testa")
    giulia.opens(case)
    giulia.begins()
    giulia.types("Le scrivo tra una settimana.")
    moment = timezone.localtime(timezone.now() + timedelta(days=7)).replace(second=0, microsecond=0)

    giulia.hand.press("Scegli quando parte")
    giulia.hand.write("Un altro momento", f"{moment:%Y-%m-%dT%H:%M}")
    giulia.hand.press("Invia a quell’ora")

    expect(giulia.history).to_contain_text("Le scrivo tra una settimana.")
    assert Outgoing.objects.get(text="Le scrivo tra una settimana.").not_before == moment


def an_answer_has_the_signature_of_its_language(day: Day) -> None:
    giulia, case = day.giulia, day.case("Hugh Walker")
    giulia.opens(case)

    giulia.answers_with(case, "The engineer comes on Thursday.")

    out = Outgoing.objects.get(text="The engineer comes on Thursday.")
    assert out.footer.startswith("Kind regards, Giulia Conti")


def all_who_read_it_get_a_copy(day: Day) -> None:
    giulia, case = day.giulia, day.case("Anna Colombo")
    giulia.opens(case)
    giulia.begins()
    giulia.types("Rispondo a tutti e due.")

    giulia.hand.press("Rispondi a tutti")
    expect(giulia.page.get_by_label("Indirizzi in copia")).to_have_value("socio@example.net")
    expect(giulia.page.locator("#testo-risposta")).to_have_value("Rispondo a tutti e due.")
    giulia.begins()
    giulia.sends(case, "Rispondo a tutti e due.")

    expect(giulia.history).to_contain_text("in copia socio@example.net")


def a_message_is_sent_on_to_somebody_outside(day: Day) -> None:
    giulia, case = day.giulia, day.case("Anna Colombo")
    giulia.opens(case)

    with giulia.to_another_page("**/inoltra/"):
        giulia.hand.press("Inoltra l’ultimo messaggio", "w")
    giulia.hand.write("A", "tecnico@posa.example")
    giulia.hand.write("Che cosa vuoi dirgli", "Puoi guardare tu?")
    giulia.typed.append("Puoi guardare tu?")
    giulia.keeps_draft()
    with giulia.to_another_page("**/casi/C-*/"):
        giulia.hand.send()

    expect(giulia.history).to_contain_text("tecnico@posa.example")
    assert not Draft.objects.filter(kind="FORWARD").exists()


def the_case_is_put_on_paper(day: Day) -> None:
    giulia, case = day.giulia, day.case("Anna Colombo")
    giulia.goes("/casella/squadra/")
    giulia.opens(case)

    with giulia.watcher.loads(), giulia.page.context.expect_event("page") as paper:
        giulia.hand.from_menu("PDF per noi")
    paper.value.close()
    giulia.page.emulate_media(media="print")
    expect(giulia.page.locator("#componi")).to_be_hidden()
    expect(giulia.history).to_be_visible()
    giulia.page.emulate_media(media="screen")
    until(lambda: Message.objects.filter(case=case).count() >= 2)


PARTS = (
    an_answer_is_called_back_and_its_words_are_there,
    a_macro_comes_at_the_slash,
    a_macro_comes_from_the_palette,
    files_come_by_drop_and_by_paste,
    an_answer_leaves_tomorrow_and_is_stopped,
    an_answer_leaves_at_an_hour_of_its_own,
    an_answer_has_the_signature_of_its_language,
    all_who_read_it_get_a_copy,
    a_message_is_sent_on_to_somebody_outside,
    the_case_is_put_on_paper,
)
