import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ascolto.cases.models import Case, Message
from ascolto.cases.queries.case_page import case_page
from ascolto.cases.services import add_note, answer_left, resolve, transfer
from ascolto.channels.models import Evidence
from ascolto.pressure.services import mark_unreachable
from ascolto.promises.models import Promise
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import answered, case_of, heard_in, many_cases, page, part, sent

pytestmark = pytest.mark.django_db


def shown(desk: Client, case: Case) -> str:
    return page(desk, f"/casi/C-{case.pk}/")


def test_a_case_shows_who_wrote_what_and_by_when_he_hears_from_us(desk: Client) -> None:
    case = case_of("Giulia Ferraris", subject="Fibra giù", text="Da ieri sera niente linea.")

    text = shown(desk, case)

    assert "Fibra giù" in text
    assert "Da ieri sera niente linea." in text
    assert "prima risposta entro" in text
    assert f"C-{case.pk}" in text


def test_a_strangers_words_are_words_and_his_links_say_nothing_of_us(desk: Client) -> None:
    case = case_of("Giulia", text="<script>alert(1)</script> vedi https://example.org/x?a=1&b=2")

    text = shown(desk, case)

    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert 'rel="nofollow noopener noreferrer" target="_blank"' in text


def test_our_silence_is_an_event(desk: Client) -> None:
    case = case_of("Giulia Ferraris", minutes_ago=8 * 60 + 34)

    assert "8 ore e 34 minuti senza risposta, finora." in shown(desk, case)


def test_a_silence_ends_with_our_words(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris", minutes_ago=3 * 60)
    answered(case, elena)

    text = shown(desk, case)

    assert "3 ore senza risposta." in text
    assert "finora" not in text


def test_an_answer_says_how_far_it_came(desk: Client, elena: Colleague) -> None:
    message = answered(case_of("Giulia Ferraris"), elena)
    outgoing = sent(message)
    for kind, grade in (("SMTP_ACCEPTED", "D"), ("BOUNCED_HARD", "N")):
        Evidence.objects.create(outgoing=outgoing, kind=kind, grade=grade, at=timezone.now())

    text = shown(desk, message.case)

    assert "preso in carico dal server di posta" in text
    assert "respinto: l’indirizzo non esiste" in text


def test_an_answer_that_waits_can_be_called_back_from_the_page(
    desk: Client, elena: Colleague
) -> None:
    message = answered(case_of("Giulia Ferraris"), elena)

    text = shown(desk, message.case)

    assert f"/messaggi/{message.pk}/annulla/" in text
    assert "parte tra" in text


@pytest.mark.parametrize(
    ("proof", "said"),
    [
        (Message.Proof.SAME_ADDRESS, "non verificato: stesso indirizzo, nessuna prova"),
        (Message.Proof.OTHER_ADDRESS, "risponde da un altro indirizzo"),
    ],
)
def test_a_message_without_proof_says_so(desk: Client, proof: str, said: str) -> None:
    case = case_of("Giulia Ferraris")
    Message.objects.filter(case=case).update(proof=proof)

    assert said in shown(desk, case)


def test_a_note_is_seen_among_the_rest_and_signed(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    add_note(case, author=elena, text="Armadio TO-114 guasto.", now=timezone.now())

    text = shown(desk, case)

    assert "Armadio TO-114 guasto." in text
    assert "nota interna" in text


def test_a_promise_tells_how_it_ended(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    outgoing = sent(answered(case, elena))
    answer_left(outgoing.pk)

    assert Promise.objects.get().ending == "KEPT"
    assert "mantenuta alle" in shown(desk, case)


def test_deeds_are_sentences(desk: Client, elena: Colleague, marta: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    billing = make.team("Fatture")
    now = timezone.now()
    transfer(case, to_team=billing, to_colleague=None, by=elena, reason="È una fattura.", now=now)
    resolve(case, by=marta, now=now, reason="Risolto al telefono.")

    text = shown(desk, case)

    assert "da Assistenza a Fatture, da parte di Elena Sala. È una fattura." in text
    assert "da Marta Riva. Risolto al telefono." in text
    assert "Riapri" in text


def test_quoted_text_is_folded(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    item = heard_in(case).item
    assert item is not None
    item.quoted = "Il 3 marzo avete scritto:"
    item.save()

    text = shown(desk, case)

    assert text.index("Mostra tutto") < text.index("Il 3 marzo avete scritto:")


def test_mail_that_comes_back_is_said_before_one_writes(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    identity = heard_in(case).conversation.identity
    mark_unreachable(identity, reason="550", now=timezone.now())

    assert "torna indietro" in shown(desk, case)


def test_the_live_part_leaves_the_box_one_writes_in_alone(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    live = part(desk, f"/casi/C-{case.pk}/", vivo="1")

    assert 'id="testa"' in live
    assert "<textarea" not in live


def test_a_case_asked_for_by_htmx_comes_with_its_title_and_without_the_list(desk: Client) -> None:
    case = case_of("Giulia Ferraris", subject="Fibra giù")

    alone = part(desk, f"/casi/C-{case.pk}/")

    assert f"<title>C-{case.pk} Fibra giù · Ascolto</title>" in alone
    assert 'id="lista"' not in alone


@pytest.mark.parametrize(("answers", "expected"), [(0, 10), (1, 12), (12, 12)])
def test_a_case_costs_a_fixed_number_of_queries_and_none_for_what_is_not_there(
    elena: Colleague, answers: int, expected: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = case_of("Giulia Ferraris")
    for number in range(answers):
        answered(case, elena, text=f"Messaggio {number}.")
        add_note(case, author=elena, text="Nota.", now=timezone.now())

    with django_assert_num_queries(expected):
        case_page(case.pk, elena, now=timezone.now())


def test_other_cases_of_the_same_person_stand_beside_it(desk: Client) -> None:
    case = case_of("Giulia Ferraris", subject="Fibra giù")
    case_of("Giulia Ferraris", subject="Trasloco dello studio", minutes_ago=90)

    assert "Trasloco dello studio" in shown(desk, case)


def test_an_id_is_never_written_with_a_dot(desk: Client) -> None:
    [case] = many_cases(1, team=make.team(), first_id=48_213_000)

    text = part(desk, f"/casi/C-{case.pk}/")

    assert 'data-case="48213000"' in text
    assert "48.213" not in text


def test_a_case_that_is_not_there_says_so_by_its_number(desk: Client) -> None:
    response = desk.get("/casi/C-999999/")

    assert response.status_code == 404
    assert "Il caso C-999999 non c’è" in response.content.decode()


def test_the_way_shown_is_never_the_thread_of_a_stranger(desk: Client, marta: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    ours = answered(case, marta).outgoing
    assert ours is not None
    for number, quoted in enumerate([ours.message_id, "<0@example.net>"]):
        make.receive(
            make.mail(
                sender="Ladro <ladro@example.net>",
                message_id=f"<{number}@example.net>",
                in_reply_to=quoted,
            ),
            now=timezone.now(),
        )

    shown = page(desk, f"/casi/C-{case.pk}/")

    assert case.messages.filter(conversation__identity__normal="ladro@example.net").count() == 2
    assert "Risponde a giulia@example.org" in shown
