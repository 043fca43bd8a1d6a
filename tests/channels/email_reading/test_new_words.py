import pytest

from ascolto.channels.adapters.email.html_text import marked_text
from ascolto.channels.adapters.email.replies import cut

ATTRIBUTIONS = [
    "Il giorno mar 12 mar 2026 alle ore 10:30 Acme <aiuto@acme.example> ha scritto:",
    "Il 12/03/2026 10:30, Assistenza Acme ha scritto:",
    "Il giorno mar 12 mar 2026 alle ore 10:30 Assistenza Acme <\naiuto@acme.example> ha scritto:",
    "On Tue, Mar 12, 2026 at 10:30 AM Acme <aiuto@acme.example> wrote:",
    "Am Di., 12. März 2026 um 10:30 Uhr schrieb Acme <aiuto@acme.example>:",
    "Acme <aiuto@acme.example> schrieb am Di., 12.\nMärz 2026 um 10:30 Uhr:",
    "Le mar. 12 mars 2026 à 10:30, Acme <aiuto@acme.example> a écrit :",
    "El mar, 12 mar 2026 a las 10:30, Acme (<aiuto@acme.example>) escribió:",
    "Em ter., 12 de mar. de 2026 às 10:30, Acme <aiuto@acme.example> escreveu:",
    "Op di 12 mrt 2026 om 10:30 schreef Acme <aiuto@acme.example>:",
    "wt., 12 mar 2026 o 10:30 Acme <aiuto@acme.example> napisał(a):",
    "Den tis 12 mars 2026 kl 10:30 skrev Acme <aiuto@acme.example>:",
    "вт, 12 мар. 2026 г. в 10:30, Acme <aiuto@acme.example>:",
    "вт, 12 бер. 2026 р. о 10:30 Acme <aiuto@acme.example> пише:",
    "在 2026年3月12日，上午10:30，Acme <aiuto@acme.example> 写道：",
    "2026年3月12日(木) 10:30 Acme <aiuto@acme.example>:",
    "-----Messaggio originale-----",
    "---------- Forwarded message ---------",
    "Da: Acme <aiuto@acme.example>\nInviato: martedì 12 marzo 2026\nA: Giulia\nOggetto: Bolletta",
    "*Von:* Acme <aiuto@acme.example>\n*Gesendet:* Dienstag\n*An:* Giulia\n*Betreff:* Rechnung",
    "________________________________\nFrom: Acme\nSent: Tuesday\nTo: Giulia\nSubject: Bill",
    "##- Scrivi la risposta sopra questa riga -##",
    "Inviato da Outlook per Android<https://aka.ms/x>",
]


@pytest.mark.parametrize("above", ATTRIBUTIONS)
@pytest.mark.parametrize("quoted", ["> Gentile cliente,\n> ecco.", "\nGentile cliente,\necco."])
def test_what_stands_below_an_attribution_is_not_new(above: str, quoted: str) -> None:
    reply = cut(f"Ho pagato ieri.\n\nGiulia\n\n{above}\n{quoted}\n")

    assert reply.new == "Ho pagato ieri.\n\nGiulia"
    assert "ecco." in reply.quoted


@pytest.mark.parametrize(
    "text",
    [
        "Il 12/03/2026 alle 10:30 il vostro tecnico ha scritto che passava:\nnon è passato.",
        "On 12 March 2026 at 10:30 I wrote:\nplease call me back.",
        "Da: Roma\nA: Milano\nData: 3 maggio\nvorrei spostare la linea.",
        "Il problema è questo: dal 12 marzo la linea non va.\n\nGrazie",
        "Ecco i passi:\n- spengo\n- riaccendo\n\n---\nNiente da fare.",
        "Inviato da casa, dove la linea non funziona da tre giorni.",
        "Ho scritto a Mario <mario@posta.example> due volte:\nnessuna risposta.",
        "Le ore sono:\n10:30\n11:45\nScegliete voi.",
    ],
)
def test_words_that_only_look_like_a_quote_are_kept(text: str) -> None:
    assert cut(text).new == text


def test_a_mobile_signature_is_cut() -> None:
    assert cut("Va bene, grazie\n\nInviato da iPhone\n").new == "Va bene, grazie"


def test_a_marked_signature_is_cut_and_given_back() -> None:
    reply = cut("Va bene.\n\n-- \nGiulia Neri\nvia Roma 1\n")

    assert reply.new == "Va bene."
    assert "via Roma 1" in reply.quoted


def test_a_greeting_is_not_a_signature() -> None:
    assert cut("Va bene.\n\nCordiali saluti\nGiulia\n").new.endswith("Giulia")


def test_an_answer_below_the_quote_is_found() -> None:
    text = "Il 12/03/2026 10:30, Acme ha scritto:\n> Ha pagato?\n\nSì, ieri.\n"

    assert cut(text).new == "Sì, ieri."


def test_answers_among_quoted_questions_keep_the_questions() -> None:
    text = (
        "Eccomi.\nIl 12/03/2026 10:30, Acme ha scritto:\n"
        "> Ha pagato?\nSì.\n> Quando?\nIeri.\n> Saluti\n"
    )

    assert cut(text).new == "Eccomi.\n> Ha pagato?\nSì.\n> Quando?\nIeri."


def test_a_mail_passed_on_without_words_is_all_new() -> None:
    text = (
        "---------- Forwarded message ---------\nFrom: Ugo <ugo@posta.example>\n"
        "Date: mar 12 mar 2026\nSubject: Guasto\nTo: <aiuto@acme.example>\n\nNon va niente.\n"
    )

    assert cut(text).new == "Non va niente."


def test_a_quoted_line_wrapped_by_a_mail_program_stays_quoted() -> None:
    long = "> " + "parola " * 11 + "lunga"
    text = f"Grazie.\n\nIl 12/03/2026 10:30, Acme ha scritto:\n{long}\nche va a capo\n> fine\n"

    assert cut(text).new == "Grazie."


@pytest.mark.parametrize(
    "quote",
    [
        '<div class="gmail_quote">tale e quale<blockquote>Ha pagato?</blockquote></div>',
        '<blockquote type="cite">Ha pagato?</blockquote>',
        '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Da:</b> Acme</div>Ha pagato?',
        '<div style="border-top:solid #E1E1E1 1.0pt"><p><b>Da:</b> Acme</p></div>Ha pagato?',
        '<hr id="zwchr"><b>Da: </b>Acme<br>Ha pagato?',
        '<span id="OLK_SRC_BODY_SECTION">Ha pagato?</span>',
        '<div class="moz-cite-prefix">Acme:</div><blockquote>Ha pagato?</blockquote>',
    ],
)
def test_a_page_is_cut_where_the_mail_program_marked_its_quote(quote: str) -> None:
    assert cut(marked_text(f"<p>Sì, ieri.</p>{quote}")).new == "Sì, ieri."


def test_new_and_quoted_words_together_lose_no_line() -> None:
    text = "Ciao\n\nIl 12/03/2026 10:30, Acme ha scritto:\n> uno\n> due\n"
    reply = cut(text)

    both = f"{reply.new}\n{reply.quoted}"
    assert [line for line in both.split("\n") if line] == [one for one in text.split("\n") if one]
