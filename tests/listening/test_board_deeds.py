"""What people decide of a post of ours, and of the comments under it."""

from datetime import timedelta

import pytest

from ascolto.alerts.models import Alert
from ascolto.alerts.services import first_rules
from ascolto.learning.models import Correction
from ascolto.listening import queries, services
from ascolto.listening.models import Board, Cause, Exposure, Mention
from ascolto.timeline.queries import history_of
from tests import make
from tests.listening.boards import comment, spoken_under
from tests.listening.comments import CAUSES
from tests.listening.public import bring, hear, source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("really_read")]
NOW = make.NOON
LATER = NOW + timedelta(hours=2)
STEP = timedelta(minutes=1)


def two_causes() -> tuple[Cause, Cause]:
    """Of the move of the line, and of the invoice that came twice."""
    spoken_under(*CAUSES["trasloco"][:4], *CAUSES["doppia fattura"][:4])
    move, invoice = Cause.objects.order_by("pk")
    return move, invoice


def inside(cause: Cause) -> list[str]:
    return list(Mention.objects.filter(cause=cause).order_by("pk").values_list("text", flat=True))


def test_a_post_has_an_owner_from_the_moment_somebody_gives_it_one() -> None:
    elena, dario = make.colleague(), make.colleague("Dario Leone")
    board = spoken_under("Vale anche per chi è già cliente?")

    services.give_owner(board, to=dario, by=elena, now=LATER)
    services.give_owner(board, to=dario, by=elena, now=LATER)

    assert Board.objects.get().owner == dario
    assert [deed.kind for deed in history_of(board.reference)] == ["listening.board_given"]


def test_the_answer_to_the_warning_ends_its_alert() -> None:
    first_rules(now=NOW)
    dario = make.colleague("Dario Leone")
    board = spoken_under(*[text for texts in CAUSES.values() for text in texts][:30])
    assert Alert.objects.get(kind="BOARD").stands

    services.decide(board, decision="PAUSED", by=dario, now=LATER)

    assert not Alert.objects.get(kind="BOARD").stands
    page = queries.board(board.pk, now=LATER)
    assert page is not None
    assert page.warning is not None
    assert (page.warning.decided, page.warning.decided_by) == ("PAUSED", "Dario Leone")


def test_whoever_leaves_it_as_it_is_says_why() -> None:
    dario = make.colleague("Dario Leone")
    board = spoken_under("Vale anche per chi è già cliente?")

    with pytest.raises(services.NeedsAReason):
        services.decide(board, decision="LEFT", why="  ", by=dario, now=LATER)
    services.decide(board, decision="LEFT", why="Domani finisce", by=dario, now=LATER)

    assert Board.objects.get().decided_why == "Domani finisce"


def test_a_closed_post_stays_closed_while_nobody_asks_for_help() -> None:
    elena = make.colleague()
    board = spoken_under(CAUSES["trasloco"][0], "Vale anche per chi è già cliente?")

    services.close_board(board, by=elena, now=LATER)
    services.close_board(board, by=elena, now=LATER)
    spoken_under("Bravissimi, con voi da 6 anni e mai un problema, grazie!", now=LATER + STEP)

    assert Board.objects.get().closed_by == elena
    assert [deed.kind for deed in history_of(board.reference)] == ["listening.board_closed"]
    assert [row.id for row in queries.boards(closed=True, now=LATER).rows] == [board.pk]
    assert queries.boards(closed=False, now=LATER).rows == []


def test_a_call_for_help_opens_a_closed_post_again() -> None:
    first_rules(now=NOW)
    board = spoken_under("Vale anche per chi è già cliente?")
    services.close_board(board, by=make.colleague(), now=NOW)

    spoken_under(*[text for texts in CAUSES.values() for text in texts][:30], now=NOW + STEP)

    board.refresh_from_db()
    assert (board.closed_at, board.closed_by) == (None, None)
    assert Alert.objects.filter(kind="BOARD").count() == 1, "whoever answers for it hears of it"
    by = {deed.kind: deed.by_name for deed in history_of(board.reference)}
    assert by["listening.board_reopened"] == "", "nobody of us"


def test_a_person_opens_a_closed_post_again() -> None:
    elena, board = make.colleague(), spoken_under("Vale anche per chi è già cliente?")
    services.close_board(board, by=elena, now=NOW)

    services.close_board(board, closed=False, by=elena, now=LATER)

    assert Board.objects.get().closed_at is None
    assert [row.id for row in queries.boards(closed=False, now=LATER).rows] == [board.pk]


def test_a_comment_that_a_person_moved_stays_where_it_is_and_the_reader_learns() -> None:
    elena = make.colleague()
    board = spoken_under("Bravissimi, con voi da 6 anni e mai un problema, grazie!")
    mention = Mention.objects.get()

    services.relane(mention, lane="HELP", by=elena, now=LATER)
    services.relane(mention, lane="HELP", by=elena, now=LATER)

    mention.refresh_from_db()
    assert (mention.lane, mention.lane_by, mention.kind) == ("HELP", elena, "PROBLEM")
    assert Correction.objects.get(head="kind").became == "problem"
    kinds = [deed.kind for deed in history_of(mention.reference)]
    assert kinds.count("listening.relaned") == 1
    assert queries.board(board.pk, now=LATER).many("HELP") == 1  # type: ignore[union-attr] # it is there


def test_an_edit_does_not_move_what_a_person_moved() -> None:
    item = comment("Vale anche per chi è già cliente?")
    hear(item)
    services.relane(Mention.objects.get(), lane="PRAISE", by=make.colleague(), now=NOW)

    hear(
        bring(
            "Vale per tutti? Il trasloco non arriva",
            key=item.post["key"],
            by=None,
            channel=item.channel,
            change="EDIT",
            changes=item.post["key"],
            now=LATER,
        )
    )

    assert Mention.objects.get().lane == "PRAISE"


def test_a_question_that_was_taken_for_help_teaches_that_it_is_about_the_post() -> None:
    board = spoken_under(CAUSES["doppia fattura"][1])
    mention = Mention.objects.get(board=board)
    assert mention.reading["unrelated_to_post"]

    services.relane(mention, lane="OFFER", by=make.colleague(), now=LATER)

    assert Correction.objects.filter(head="unrelated_to_post", became="false").exists()


def test_what_stands_under_nothing_of_ours_has_no_lane() -> None:
    hear(bring("Alba Telefonia, rispondete", to_us=True, channel=source()))

    with pytest.raises(services.NoBoard):
        services.relane(Mention.objects.get(), lane="HELP", by=make.colleague(), now=NOW)


def test_whoever_unfolds_an_insult_has_read_it_once() -> None:
    elena = make.colleague()
    spoken_under("Siete degli stronzi")

    services.read_insult(Mention.objects.get(), by=elena, now=NOW)
    services.read_insult(Mention.objects.get(), by=elena, now=LATER)

    assert [(one.colleague, one.at) for one in Exposure.objects.all()] == [(elena, NOW)]


def test_a_cause_keeps_the_name_that_a_person_gave_it() -> None:
    move, _invoice = two_causes()

    services.rename_cause(move, name="Traslochi in ritardo", by=make.colleague(), now=LATER)
    hear(comment(CAUSES["trasloco"][5]))
    services.sort_board(move.board_id, now=LATER)

    assert Cause.objects.get(pk=move.pk).name == "Traslochi in ritardo"
    assert len(inside(move)) == 5


def test_a_comment_moved_to_another_cause_is_not_sorted_again() -> None:
    move, invoice = two_causes()
    mention = Mention.objects.filter(cause=move).earliest("pk")

    services.move_to_cause(mention, invoice, by=make.colleague(), now=LATER)
    services.move_to_cause(mention, None, by=make.colleague(), now=LATER)
    services.sort_board(move.board_id, now=LATER)

    assert Mention.objects.get(pk=mention.pk).cause is None
    assert (len(inside(move)), len(inside(invoice))) == (3, 4)
    sizes = [Cause.objects.get(pk=one.pk).words["size"] for one in (move, invoice)]
    assert sizes == [3, 4]


def test_a_cause_of_another_post_takes_nothing() -> None:
    move, _invoice = two_causes()
    hear(comment("Guasto da ieri, quando riparate?", root="facebook:1001_3003"))
    elsewhere = Mention.objects.latest("pk")

    with pytest.raises(services.NotOfThisBoard):
        services.move_to_cause(elsewhere, move, by=make.colleague(), now=LATER)


def test_two_causes_that_are_one_are_joined_and_what_comes_goes_to_the_one() -> None:
    move, invoice = two_causes()

    services.join_causes(move, into=invoice, by=make.colleague(), now=LATER)
    hear(comment(CAUSES["trasloco"][5]))
    services.sort_board(move.board_id, now=LATER)

    assert len(inside(invoice)) == 9
    page = queries.board(move.board_id, now=LATER)
    assert page is not None
    assert [row.comments for row in page.causes] == [9]


def test_one_cause_that_is_two_is_split() -> None:
    move, _invoice = two_causes()
    out = list(Mention.objects.filter(cause=move).order_by("pk")[:2])

    made = services.split_cause(
        move, [one.pk for one in out], name="Quattro risposte", by=make.colleague(), now=LATER
    )

    assert (len(inside(made)), len(inside(move))) == (2, 2)
    assert made.name == "Quattro risposte"


@pytest.mark.parametrize("whom", ["NOBODY", "EVERYBODY"])
def test_for_whom_a_post_opens_cases_is_a_persons_word(whom: str) -> None:
    board = spoken_under("Vale anche per chi è già cliente?")

    services.open_for(board, whom, by=make.colleague(), now=LATER)

    assert Board.objects.get().opens_for == whom
