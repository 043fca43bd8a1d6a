"""A post of ours at the desk: who came for what, its owner's answer, comments moved, insults."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ascolto.cases.models import Case
from ascolto.channels import registry
from ascolto.channels.models import Outgoing
from ascolto.channels.ports import Manners
from ascolto.listening.models import AnswerToAll, Board, Cause, Exposure, Mention
from ascolto.listening.services import sort_board
from ascolto.staff.models import Colleague
from ascolto.triage.boards import carry_answer
from tests import make
from tests.desk.builders import page
from tests.desk.conftest import browser_of
from tests.listening.boards import comment, spoken_under
from tests.listening.comments import CAUSES
from tests.listening.network import Network
from tests.listening.public import hear

pytestmark = pytest.mark.django_db
MOVES, BILLS = CAUSES["trasloco"][:4], CAUSES["doppia fattura"][:4]
INSULT = "Siete dei ladri e degli idioti"
PART = {"HX-Request": "true"}


@pytest.fixture
def board(elena: Colleague) -> Board:
    return spoken_under(*MOVES, *BILLS, INSULT, now=timezone.now() - timedelta(minutes=20))


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    one = Network()
    manners = Manners(longest=8000, public=True, private=False)
    monkeypatch.setitem(registry._carriers, "FACEBOOK", lambda _: one)  # noqa: SLF001 # put back after
    monkeypatch.setitem(registry._manners, "FACEBOOK", manners)  # noqa: SLF001 # put back after
    return one


def at(board: Board, deed: str = "") -> str:
    return f"/ascolto/post/{board.pk}/{deed}"


def warned(board: Board, owner: Colleague | None = None) -> None:
    Board.objects.filter(pk=board.pk).update(
        owner=owner,
        warned_at=timezone.now(),
        warned_share=0.61,
        usual_share=0.12,
        warned_topics=["Trasloco della linea"],
    )


def said(text: str) -> Mention:
    return Mention.objects.get(text=text)


def cause_of(text: str) -> Cause:
    cause = said(text).cause
    assert cause is not None
    return cause


def many_in(cause: Cause) -> int:
    return Mention.objects.filter(cause=cause).count()


def test_a_post_is_found_from_the_stream_and_in_the_list(board: Board, desk: Client) -> None:
    assert 'href="/ascolto/post/"' in page(desk, "/ascolto/")

    listed = page(desk, "/ascolto/post/")

    assert f'href="{at(board)}"' in listed
    assert '<b class="num">9</b> commenti' in listed


def test_without_posts_the_list_says_when_there_will_be_some(desk: Client) -> None:
    assert "Nessun post con dei commenti." in page(desk, "/ascolto/post/")


def test_the_lanes_and_the_noise_are_all_the_comments(board: Board, desk: Client) -> None:
    shown = page(desk, at(board))

    assert "9 commenti, nessuno perso" in shown
    lanes = dict(Mention.objects.filter(board=board).values_list("text", "lane"))
    for lane, css in (("HELP", "help"), ("ABUSE", "abuse"), ("OFFER", "offer")):
        many = list(lanes.values()).count(lane)
        assert f'href="#corsia-{css}"><b class="num">{many}</b>' in shown
    assert "Perché chiedono aiuto qui" in shown


def test_what_many_ask_for_is_one_row_and_one_answer(board: Board, desk: Client) -> None:
    causes = Cause.objects.filter(board=board, lane="HELP", joined_at=None)
    assert causes.count() >= 2

    shown = page(desk, at(board))

    for cause in causes:
        assert f'id="causa-{cause.pk}"' in shown
        assert f"/ascolto/post/cause/{cause.pk}/rispondi/" in shown


def test_its_owner_is_told_by_name_what_to_do(
    board: Board, desk: Client, elena: Colleague, marta: Colleague
) -> None:
    warned(board, elena)

    hers, others = page(desk, at(board)), page(browser_of(marta), at(board))

    assert "Elena, questo post sta diventando uno sportello" in hers
    assert "Questo post sta diventando uno sportello" in others
    assert "61 commenti su 100 chiedevano aiuto; prima erano 12." in others


def test_leaving_it_so_wants_a_reason_and_then_it_stands_there(
    board: Board, desk: Client, elena: Colleague
) -> None:
    warned(board, elena)

    refused = desk.post(at(board, "decidi/"), {"scelta": "LEFT", "perche": " "})

    assert refused.status_code == 422
    assert "Scrivi perché resta così" in refused.content.decode()
    desk.post(at(board, "decidi/"), {"scelta": "LEFT", "perche": "Finisce stasera."})
    shown = page(desk, at(board))
    assert "Elena Sala ha deciso: lasciato così" in shown
    assert "«Finisce stasera.»" in shown
    assert "sta diventando uno sportello" not in shown


def test_a_post_is_given_to_whoever_may_see_it(
    board: Board, desk: Client, marta: Colleague
) -> None:
    helper = make.colleague("Piero Lupi", role=Colleague.Role.HELPER)

    desk.post(at(board, "responsabile/"), {"chi": marta.pk})

    assert "Responsabile: Marta Riva" in page(desk, at(board))
    assert desk.post(at(board, "responsabile/"), {"chi": helper.pk}).status_code == 404
    desk.post(at(board, "responsabile/"), {"chi": ""})
    assert "Nessun responsabile" in page(desk, at(board))


def test_an_insult_is_shown_to_whoever_asks_and_that_counts(
    board: Board, desk: Client, elena: Colleague
) -> None:
    insult = said(INSULT)
    assert insult.lane == "ABUSE"
    assert INSULT not in page(desk, at(board))
    assert INSULT not in page(desk, "/ascolto/")
    assert INSULT not in page(desk, f"/ascolto/{insult.pk}/")

    shown = desk.post(f"/ascolto/post/commenti/{insult.pk}/mostra/", headers=PART)

    assert INSULT in shown.content.decode()
    assert Exposure.objects.get().colleague == elena
    alone = desk.post(f"/ascolto/post/commenti/{insult.pk}/mostra/")
    assert INSULT in alone.content.decode()
    assert Exposure.objects.count() == 1


def test_a_comment_is_moved_to_another_lane_and_another_cause(board: Board, desk: Client) -> None:
    one = said(MOVES[0])
    other = said(BILLS[0]).cause
    assert other is not None
    where = f"/ascolto/post/commenti/{one.pk}/"
    asked = desk.get(f"{where}sposta/", headers=PART).content.decode()
    assert 'value="HELP" checked' in asked
    assert f'<option value="{other.pk}"' in asked

    desk.post(f"{where}causa/", {"causa": other.pk})

    assert said(MOVES[0]).cause == other
    desk.post(f"{where}corsia/", {"corsia": "PRAISE"})
    moved = said(MOVES[0])
    assert (moved.lane, moved.cause) == ("PRAISE", None)


def test_a_cause_is_named_divided_and_joined_again(board: Board, desk: Client) -> None:
    cause = said(MOVES[0]).cause
    assert cause is not None
    where = f"/ascolto/post/cause/{cause.pk}/"
    theirs = list(Mention.objects.filter(cause=cause).values_list("pk", flat=True))

    desk.post(f"{where}nome/", {"nome": "Trasloco oltre i 10 giorni"})
    desk.post(f"{where}dividi/", {"scelti": theirs[:2]})

    assert "Trasloco oltre i 10 giorni" in page(desk, at(board))
    made = Mention.objects.get(pk=theirs[0]).cause
    assert made is not None
    assert made != cause
    desk.post(f"/ascolto/post/cause/{made.pk}/unisci/", {"con": cause.pk})
    assert Mention.objects.get(pk=theirs[0]).cause == cause
    assert desk.get(f"/ascolto/post/cause/{made.pk}/").status_code == 404


def test_before_an_answer_leaves_one_reads_how_two_of_them_get_it(
    network: Network, board: Board, desk: Client
) -> None:
    cause = cause_of(MOVES[0])
    where = f"/ascolto/post/cause/{cause.pk}/rispondi/"

    asked = desk.get(where, headers=PART).content.decode()
    shown = desk.post(f"{where}?anteprima=1", {"testo": "{nome}, ci pensiamo noi."}, headers=PART)

    assert ">{nome}, </textarea>" in asked
    assert f"Invia a {many_in(cause)}" in asked
    preview = shown.content.decode()
    assert preview.count("Lettrice, ci pensiamo noi.") == 2
    assert f"Parte per {many_in(cause)} persone." in preview
    assert not AnswerToAll.objects.exists()


def test_an_answer_to_all_is_undone_and_its_words_stand_in_the_box_again(
    network: Network, board: Board, desk: Client
) -> None:
    cause = cause_of(MOVES[0])
    where = f"/ascolto/post/cause/{cause.pk}/rispondi/"
    desk.post(where, {"testo": "{nome}, ci siamo."})
    answer = AnswerToAll.objects.get()
    leaving = page(desk, at(board))
    assert f"Risposta a {many_in(cause)} commenti:" in leaving
    assert "risposta in partenza" in leaving

    back = desk.post(f"/ascolto/post/risposte/{answer.pk}/annulla/", follow=True)

    assert ">{nome}, ci siamo.</textarea>" in back.content.decode()
    carry_answer(answer.pk, now=timezone.now() + timedelta(minutes=1))
    assert not Outgoing.objects.exists()
    assert "risposta in partenza" not in page(desk, at(board))


def test_each_gets_one_answer_and_later_all_hear_the_news(
    network: Network, board: Board, desk: Client
) -> None:
    cause = cause_of(MOVES[0])
    where = f"/ascolto/post/cause/{cause.pk}/rispondi/"
    desk.post(where, {"testo": "{nome}, ci siamo."})
    answer = AnswerToAll.objects.get()

    carry_answer(answer.pk, now=answer.leaves_at + timedelta(seconds=1))

    assert Outgoing.objects.count() == many_in(cause)
    assert set(Outgoing.objects.values_list("text", flat=True)) == {"Lettrice, ci siamo."}
    assert "Aggiorna tutti" in page(desk, at(board))
    again = desk.get(where, headers=PART).content.decode()
    assert "Qui non c’è più nessuno che aspetta una risposta." in again
    news = desk.get(f"{where}?novita=1", headers=PART).content.decode()
    assert f"Invia a {many_in(cause)}" in news


def test_nothing_is_sent_without_words(network: Network, board: Board, desk: Client) -> None:
    where = f"/ascolto/post/cause/{cause_of(MOVES[0]).pk}/rispondi/"

    refused = desk.post(where, {"testo": " "})

    assert refused.status_code == 422
    assert "scrivi la risposta" in refused.content.decode()


def test_one_case_for_all_stands_beside_its_cause(
    network: Network, board: Board, desk: Client
) -> None:
    cause = cause_of(MOVES[0])
    where = f"/ascolto/post/cause/{cause.pk}/caso/"
    assert f"{many_in(cause)} persone" in desk.get(where, headers=PART).content.decode()

    desk.post(where)

    case = Case.objects.get()
    assert f'href="/casi/{case.number}/">{case.number}</a>' in page(desk, at(board))


def test_further_down_a_lane_only_that_part_is_drawn(board: Board, desk: Client) -> None:
    now = timezone.now()
    hear(*[comment(text, now=now) for text in CAUSES["trasloco"][4:]], now=now)
    whole = page(desk, at(board))
    more = whole.split("?corsia=HELP&amp;dopo=")[1].split('"')[0]

    part = desk.get(f"{at(board)}?corsia=HELP&dopo={more}", headers=PART).content.decode()

    assert "<html" not in part
    assert "data-next-page" in part
    assert MOVES[0] in part


def test_a_helper_is_told_whom_to_ask(board: Board, marta: Colleague) -> None:
    helper = make.colleague("Piero Lupi", role=Colleague.Role.HELPER)

    answer = browser_of(helper).get(at(board))

    assert answer.status_code == 403
    assert "Marta Riva" in answer.content.decode()
    assert MOVES[0] not in answer.content.decode()


def test_a_full_post_asks_no_more_queries_than_a_small_one(board: Board, desk: Client) -> None:
    few = asked(desk, at(board))
    now = timezone.now()
    hear(*[comment(text, now=now) for texts in CAUSES.values() for text in texts[4:]], now=now)
    sort_board(board.pk, now=now)

    assert asked(desk, at(board)) == few


def asked(desk: Client, address: str) -> int:
    desk.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(address).status_code == 200
    return len(queries)
