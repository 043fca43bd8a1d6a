"""Many comments under one post of ours: cases for the right team, one answer for all, one case."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ascolto.cases.models import Case, CaseLink, Message
from ascolto.channels.models import Item, Outgoing
from ascolto.kit.work import running_inline
from ascolto.listening import services as listening
from ascolto.listening.models import Board, Cause, Mention
from ascolto.people.policy import Sender
from ascolto.people.services import recognise
from ascolto.staff.models import Competence, Skill
from ascolto.triage import boards
from ascolto.triage.authors import author_of
from ascolto.triage.services import consider_mentions
from tests import make
from tests.listening.boards import comment, reader, spoken_under
from tests.listening.comments import CAUSES
from tests.listening.public import hear

pytestmark = pytest.mark.django_db
NOW = make.NOON
SOON = NOW + timedelta(minutes=2)


def consider_all() -> list[Case]:
    return consider_mentions(list(Mention.objects.values_list("pk", flat=True)), now=SOON)


def _writer(item: Item) -> Sender:
    return author_of(Mention(item=item, author_name=item.author_name, key=item.post["key"]))


def the_cause(*texts: str) -> Cause:
    spoken_under(*(texts or CAUSES["doppia fattura"][:4]))
    return Cause.objects.get()


def test_a_call_for_help_of_somebody_we_know_becomes_a_case_and_a_strangers_waits() -> None:
    giulia, stranger = comment(CAUSES["guasto"][0]), comment(CAUSES["guasto"][1])
    recognise(_writer(giulia), now=make.LONG_AGO, language="it")
    hear(giulia, stranger)

    consider_all()

    assert [case.customer.name for case in Case.objects.all()] == [giulia.author_name]
    assert Mention.objects.get(item=stranger).standing == "WAITING"


def test_a_question_of_the_offer_opens_no_case_not_even_of_somebody_we_know() -> None:
    question = comment("Vale anche per chi è già cliente?")
    recognise(_writer(question), now=make.LONG_AGO, language="it")
    hear(question)

    consider_all()

    assert not Case.objects.exists()


def test_a_board_may_open_cases_for_everybody_and_what_one_says_twice_is_one_case() -> None:
    giulia = reader("Giulia Ferraris")
    for text in CAUSES["doppia fattura"][:2]:
        hear(comment(text, sender=giulia))
    Board.objects.update(opens_for=Board.Opens.EVERYBODY)

    consider_all()

    assert Case.objects.count() == 1
    assert Message.objects.count() == 2


def test_cases_go_to_the_team_that_can_and_it_is_asked_for_once() -> None:
    make.company()
    billing = make.team("Fatture")
    marco = make.colleague("Marco Testa")
    billing.members.add(marco, through_defaults={"joined_at": make.LONG_AGO})
    skill = Competence.objects.create(name="Fatture", topics=["billing"])
    Skill.objects.create(competence=skill, colleague=marco)
    few, many = CAUSES["doppia fattura"][:2], CAUSES["doppia fattura"][2:10]
    hear(*[comment(text) for text in few])
    Board.objects.update(opens_for=Board.Opens.EVERYBODY)
    with CaptureQueriesContext(connection) as first:
        consider_all()
    hear(*[comment(text) for text in many])
    with CaptureQueriesContext(connection) as second:
        consider_all()

    assert set(Case.objects.values_list("team__name", flat=True)) == {"Fatture"}
    routings = [sum("with able as" in one["sql"] for one in asked) for asked in (first, second)]
    assert routings == [1, 1]


def test_a_new_cause_is_given_to_the_team_that_can() -> None:
    billing = make.team("Fatture")
    marco = make.colleague("Marco Testa")
    billing.members.add(marco, through_defaults={"joined_at": make.LONG_AGO})
    skill = Competence.objects.create(name="Fatture", topics=["billing"])
    Skill.objects.create(competence=skill, colleague=marco)
    make.company()
    cause = the_cause()

    boards.choose_teams([cause.pk], now=SOON)

    cause.refresh_from_db()
    assert cause.team == billing


def test_one_answer_reaches_each_by_name_once() -> None:
    sara = make.colleague("Sara Neri")
    cause = the_cause()
    giulia = Mention.objects.earliest("pk")
    Mention.objects.filter(pk=giulia.pk).update(author_name="Giulia Ferraris")
    preview = boards.preview_answer(cause, "{nome}, stiamo stornando.", by=sara)
    answer = boards.answer_all(cause, "{nome}, stiamo stornando.", by=sara, now=NOW)
    twice = boards.answer_all(cause, "{nome}, stiamo stornando.", by=sara, now=NOW)

    boards.carry_answer(answer.pk, now=answer.leaves_at)
    boards.carry_answer(answer.pk, now=answer.leaves_at)

    assert twice == answer
    assert preview.many == 4
    assert preview.examples[0].words == "Giulia, stiamo stornando."
    assert Outgoing.objects.count() == 4
    assert "Giulia, stiamo stornando." in Outgoing.objects.get(subject_ref=giulia.reference).text
    assert not Mention.objects.filter(standing="WAITING").exists()


def test_whoever_has_an_answer_already_gets_no_second_one() -> None:
    sara = make.colleague("Sara Neri")
    cause = the_cause()
    listening.answer(Mention.objects.earliest("pk"), "Ci siamo.", by=sara, now=NOW)

    preview = boards.preview_answer(cause, "{nome}, eccoci.", by=sara)
    boards.answer_all(cause, "{nome}, eccoci.", by=sara, now=NOW)

    assert preview.many == 3
    assert preview.left_out == {boards.LeftOut.ANSWERED: 1}
    with pytest.raises(boards.NobodyToAnswer):
        boards.answer_all(cause, "Un'altra cosa", by=sara, now=NOW)


def test_news_reach_those_who_had_an_answer_before() -> None:
    sara = make.colleague("Sara Neri")
    cause = the_cause()
    first = boards.answer_all(cause, "{nome}, ci siamo.", by=sara, now=NOW)
    boards.carry_answer(first.pk, now=first.leaves_at)

    news = boards.answer_all(cause, "{nome}, è fatto.", by=sara, now=SOON, is_update=True)
    boards.carry_answer(news.pk, now=news.leaves_at)

    assert Outgoing.objects.count() == 8
    cause.refresh_from_db()
    assert (cause.answered_at, cause.told_at) == (first.leaves_at, news.leaves_at)


def test_whose_name_is_an_insult_is_not_called_by_it_and_no_field_is_left_open() -> None:
    sara = make.colleague("Sara Neri")
    cause = the_cause()
    Mention.objects.update(author_name="Ladri Schifosi")

    preview = boards.preview_answer(cause, "{nome}, eccoci {caso}.", by=sara)

    assert {one.words for one in preview.examples} == {"Eccoci ."}


def test_an_answer_to_all_that_was_called_back_reaches_nobody() -> None:
    sara = make.colleague("Sara Neri")
    answer = boards.answer_all(the_cause(), "{nome}, eccoci.", by=sara, now=NOW)

    boards.call_back_all(answer.pk, by=sara, now=NOW)
    boards.carry_answer(answer.pk, now=answer.leaves_at)

    assert not Outgoing.objects.exists()
    with pytest.raises(listening.NotHis):
        boards.call_back_all(answer.pk, by=make.colleague("Marta Riva"), now=NOW)


def test_who_has_a_case_is_answered_in_it_and_the_case_stays_nobodys() -> None:
    sara = make.colleague("Sara Neri")
    cause = the_cause()
    Board.objects.update(opens_for=Board.Opens.EVERYBODY)
    consider_all()
    answer = boards.answer_all(cause, "{nome}, eccoci.", by=sara, now=NOW)

    boards.carry_answer(answer.pk, now=answer.leaves_at)

    assert Message.objects.filter(outgoing__isnull=False).count() == 4
    assert not Case.objects.exclude(assignee=None).exists()


def test_what_a_reserved_team_hears_is_left_to_it() -> None:
    sara = make.colleague("Sara Neri")
    cause = the_cause()
    reserved = make.team("Legale", is_reserved=True)
    Mention.objects.filter(pk=Mention.objects.earliest("pk").pk).update(team=reserved)

    preview = boards.preview_answer(cause, "{nome}, eccoci.", by=sara)
    with running_inline():
        boards.one_case(cause, by=sara, now=NOW)

    assert (preview.many, preview.left_out) == (3, {})
    assert Case.objects.count() == 3
    assert Mention.objects.get(team=reserved).standing == "WAITING"


def test_one_case_leads_and_everybodys_is_linked_to_it() -> None:
    sara = make.colleague("Sara Neri")
    cause = the_cause()

    with running_inline():
        lead = boards.one_case(cause, by=sara, now=NOW)

    assert boards.one_case(cause, by=sara, now=NOW) == lead
    assert Case.objects.count() == 4
    assert CaseLink.objects.count() == 3
    assert lead.subject == cause.name
    assert set(Mention.objects.values_list("standing", flat=True)) == {"CASE"}


def test_who_comes_to_a_cause_later_is_linked_to_its_case() -> None:
    sara = make.colleague("Sara Neri")
    cause = the_cause()
    with running_inline():
        boards.one_case(cause, by=sara, now=NOW)

    with running_inline():
        hear(comment("Doppia fattura di ottobre anche a me, perché?", now=SOON), now=SOON)

    assert Case.objects.count() == 5
    assert CaseLink.objects.count() == 4


@pytest.mark.parametrize("many", [3, 10])
def test_its_page_asks_as_often_of_few_as_of_many(many: int) -> None:
    make.colleague("Sara Neri", teams=(make.team(),))
    spoken_under(*CAUSES["doppia fattura"][:many])
    Board.objects.update(opens_for=Board.Opens.EVERYBODY)
    consider_all()
    board = Board.objects.get()

    with CaptureQueriesContext(connection) as of_page:
        boards.board_page(board.pk, now=SOON)
    with CaptureQueriesContext(connection) as of_lane:
        boards.lane_page(board.pk, "HELP")

    assert (len(of_page), len(of_lane)) == (13, 4)


def test_the_page_says_who_had_a_case_before_and_what_each_carries() -> None:
    sara = make.colleague("Sara Neri")
    make.team().members.add(sara, through_defaults={"joined_at": make.LONG_AGO})
    known = make.case(now=make.LONG_AGO)
    item = comment(CAUSES["doppia fattura"][0])
    hear(item, *[comment(text) for text in CAUSES["doppia fattura"][1:4]])
    Mention.objects.filter(item=item).update(identity=known.customer.identities.get())
    board = Board.objects.get()
    listening.sort_board(board.pk, now=SOON)
    listening.read_insult(Mention.objects.latest("pk"), by=sara, now=SOON)

    page = boards.board_page(board.pk, now=SOON)

    assert page is not None
    assert [row.knew_already for row in page.causes] == [1]
    assert [(row.colleague, row.hostile_read_today) for row in page.load] == [("Sara Neri", 1)]
