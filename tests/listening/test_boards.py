"""What is said under a post of ours: found together, in lanes, and told to its owner once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ascolto.alerts.models import Alert, Notice
from ascolto.alerts.services import first_rules
from ascolto.listening import queries
from ascolto.listening.models import Board, Cause, Mention
from ascolto.listening.services import alert, sort_board
from tests import make
from tests.listening.boards import OFFER, comment, lanes, page, spoken_under
from tests.listening.comments import CAUSES
from tests.listening.public import bring, hear, source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("really_read")]
NOW = make.NOON


def test_comments_under_one_post_stand_on_one_board() -> None:
    board = spoken_under("Vale anche per chi è già cliente?", "Prezzo bloccato o solo sei mesi?")

    assert Board.objects.count() == 1
    assert (board.title, board.url) == (OFFER, "https://social.example/promo")
    assert Mention.objects.filter(board=board).count() == 2


def test_what_answers_a_stranger_elsewhere_stands_on_no_board() -> None:
    hear(bring("@alba che ne dite?", key="at://giulia/2", root="at://giulia/1", to_us=True))
    hear(bring("La fibra di Alba non va", key="at://marta/1", channel=source()))

    assert not Board.objects.exists()


def test_what_a_reader_wrote_on_our_page_is_his_and_no_board() -> None:
    own = bring("Vi scrivo qui", key="facebook:1001_88", channel=page(), to_us=True)
    hear(own)

    hear(comment("Anche a me", root="facebook:1001_88"))

    assert not Board.objects.exists()


def test_each_comment_stands_in_the_lane_of_what_it_asks() -> None:
    board = spoken_under(
        "Vale anche per chi è già cliente?",
        "Bella offerta, ma io aspetto il trasloco della linea da tre settimane. Quattro risposte",
        "Bravissimi, con voi da 6 anni e mai un problema, grazie!",
        "Siete degli stronzi",
        "Siete dei ladri, mi avete addebitato due volte la fattura di ottobre",
        "@marco guarda qui",
    )

    assert list(lanes(board).values()) == ["OFFER", "HELP", "PRAISE", "ABUSE", "HELP", "NOISE"]


def test_who_says_me_too_under_a_call_for_help_asks_for_the_same() -> None:
    first = comment("Mi avete fatturato due volte ottobre")
    hear(first)
    key = first.post["key"]
    hear(comment("Doppia fattura anche per me, quando stornate?"), comment("idem", parent=key))
    board = Board.objects.get()

    sort_board(board.pk, now=NOW)

    assert len(set(Mention.objects.values_list("cause", flat=True))) == 1
    assert Mention.objects.get(text="idem").lane == "HELP"


def test_calls_for_help_are_sorted_by_cause_as_they_come() -> None:
    board = spoken_under(*CAUSES["trasloco"][:4], *CAUSES["doppia fattura"][:4])
    hear(comment(CAUSES["trasloco"][5]), comment("Doppia fattura di ottobre anche a me, perché?"))

    made = sort_board(board.pk, now=NOW)

    assert made == []
    shown = queries.board(board.pk, now=NOW + timedelta(minutes=1))
    assert shown is not None
    assert [row.comments for row in shown.causes] == [5, 5]
    assert shown.causes[0].name.startswith(("Trasloco", "Fattura", "Ottobre"))
    assert sum(row.share for row in shown.causes) == pytest.approx(1)


def test_a_single_call_for_help_stays_single_until_another_asks_the_same() -> None:
    board = spoken_under("Ho restituito il modem ad agosto e continuate ad addebitarmelo")

    assert not Cause.objects.exists()

    hear(comment("Modem reso a luglio, e mi addebitate 90 euro"))
    sort_board(board.pk, now=NOW)

    assert Mention.objects.exclude(cause=None).count() == 2


def test_questions_of_the_offer_are_counted_as_one_question() -> None:
    board = spoken_under(
        "Vale anche per chi è già cliente?",
        "Ma vale per chi è già cliente?",
        "Vale pure per chi è già vostro cliente?",
    )

    rows = queries.lane(board.pk, "OFFER", one_of_each=True).rows

    assert [(row.text, row.same_question_count) for row in rows] == [
        ("Vale pure per chi è già vostro cliente?", 3)
    ]


def test_its_owner_is_told_once_that_it_became_a_help_desk() -> None:
    first_rules(now=NOW)
    dario = make.colleague("Dario Leone")
    board = spoken_under(*["Vale anche per chi è già cliente?"] * 10)
    Board.objects.update(owner=dario)
    calls = [text for texts in CAUSES.values() for text in texts][:30]
    later = NOW + timedelta(hours=12)

    for number, text in enumerate(calls):
        hear(comment(text, now=later + timedelta(seconds=number)))
        sort_board(board.pk, now=later + timedelta(seconds=number))

    alert = Alert.objects.get(kind="BOARD")
    assert alert.path == f"/ascolto/post/{board.pk}/"
    assert "pausa" in alert.why[0]
    assert set(Notice.objects.filter(alert=alert).values_list("colleague", flat=True)) == {dario.pk}
    shown = queries.board(board.pk, now=later)
    assert shown is not None
    assert shown.warning is not None
    assert shown.warning.usual == 0
    assert shown.warning.share >= 0.4


def test_a_post_of_which_few_speak_warns_nobody() -> None:
    first_rules(now=NOW)

    spoken_under(*CAUSES["trasloco"][:10])

    assert not Alert.objects.filter(kind="BOARD").exists()


def test_what_a_reserved_team_hears_is_neither_shown_nor_counted() -> None:
    board = spoken_under(*CAUSES["trasloco"][:3])
    reserved = make.team("Legale", is_reserved=True)
    hidden = Mention.objects.order_by("pk")[0]
    Mention.objects.filter(pk=hidden.pk).update(team=reserved)

    shown = queries.board(board.pk, hidden_teams={reserved.pk}, now=NOW)
    rows = queries.lane(board.pk, "HELP", hidden_teams={reserved.pk}).rows

    assert shown is not None
    assert (shown.comments, shown.causes[0].comments) == (2, 2)
    assert hidden.pk not in {row.id for row in rows}


def test_a_page_of_a_lane_goes_on_where_the_one_before_ended() -> None:
    board = spoken_under(*CAUSES["trasloco"][:5])

    first = queries.lane(board.pk, "HELP", limit=3)
    second = queries.lane(board.pk, "HELP", limit=3, after=first.after)

    assert [len(first.rows), len(second.rows), second.after] == [3, 2, ""]
    assert not {row.id for row in first.rows} & {row.id for row in second.rows}


def test_a_deleted_comment_is_quoted_by_no_warning_any_more() -> None:
    first_rules(now=NOW)
    calls = [text for texts in CAUSES.values() for text in texts][:30]
    items = [comment(text, now=NOW + timedelta(seconds=at)) for at, text in enumerate(calls)]
    hear(*items, now=NOW + timedelta(minutes=1))
    sort_board(Board.objects.get().pk, now=NOW + timedelta(minutes=1))
    assert calls[-1][:40] in Alert.objects.get(kind="BOARD").words

    key = items[-1].post["key"]
    gone = bring("", key=key, by=None, channel=page(), change="DELETE", changes=key)
    hear(gone, now=NOW + timedelta(minutes=2))

    assert calls[-1][:40] not in Alert.objects.get(kind="BOARD").words


def test_a_question_of_the_offer_and_an_insult_ring_for_nobody() -> None:
    first_rules(now=NOW)
    spoken_under("Vale anche per chi è già cliente?", "Siete degli stronzi")

    alert(list(Mention.objects.values_list("pk", flat=True)), now=NOW)

    assert not Alert.objects.exists()


def test_what_rings_says_nothing_that_somebody_did_not_ask_to_read() -> None:
    first_rules(now=NOW)
    spoken_under(f"{CAUSES['guasto'][0]} Siete degli stronzi!")

    alert(list(Mention.objects.values_list("pk", flat=True)), now=NOW)

    [alarm] = Alert.objects.all()
    assert "s•••" in alarm.words
    assert "stronzi" not in f"{alarm.title} {alarm.words} {alarm.why}"


def test_a_call_for_help_rings_until_its_owner_knows_that_there_are_many() -> None:
    first_rules(now=NOW)
    spoken_under(CAUSES["guasto"][0])
    first = Mention.objects.get()

    alert([first.pk], now=NOW)
    Board.objects.update(warned_at=NOW)
    hear(comment(CAUSES["guasto"][1]))
    alert([Mention.objects.latest("pk").pk], now=NOW)

    assert [one.subject for one in Alert.objects.all()] == [first.reference]


@pytest.mark.parametrize("many", [3, 20])
def test_a_page_asks_as_often_of_few_comments_as_of_many(many: int) -> None:
    calls = [text for texts in CAUSES.values() for text in texts]
    board = spoken_under(*calls[:many], "Siete degli stronzi", "Prezzo bloccato o solo sei mesi?")

    with CaptureQueriesContext(connection) as of_page:
        queries.board(board.pk, now=NOW)
    with CaptureQueriesContext(connection) as of_lane:
        queries.lane(board.pk, "HELP")
    with CaptureQueriesContext(connection) as of_list:
        queries.boards(now=NOW)

    assert (len(of_page), len(of_lane), len(of_list)) == (7, 2, 2)
