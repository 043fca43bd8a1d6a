"""The team of a new case is chosen by competence, hours and load, and the choice says why."""

from datetime import timedelta

from ascolto.triage.policy.competence import Candidate, Choice, Lesson, Why, choose

HELP, BILLS, NET = 1, 2, 3  # teams; the door is that of HELP
SURE = 0.9
TOMORROW = timedelta(hours=14)


def test_what_nobody_can_tell_stays_with_the_team_of_the_channel() -> None:
    chosen = choose(HELP, [Candidate(BILLS, able=3)], share=0.3)

    assert chosen == Choice(HELP, Why.UNCLEAR)


def test_a_team_that_can_do_it_takes_it_from_one_that_cannot() -> None:
    chosen = choose(HELP, [Candidate(HELP, able=0), Candidate(BILLS, able=3)], share=SURE)

    assert chosen == Choice(BILLS, Why.COMPETENCE)


def test_where_nobody_can_do_it_the_team_of_the_channel_keeps_it() -> None:
    assert choose(HELP, [Candidate(HELP, able=0)], share=SURE) == Choice(HELP, Why.NOBODY_CAN)


def test_a_team_that_can_do_it_keeps_what_came_by_its_own_door() -> None:
    busier = Candidate(HELP, able=2, load=9.0)

    chosen = choose(HELP, [busier, Candidate(BILLS, able=2, load=6.0)], share=SURE)

    assert chosen == Choice(HELP, Why.HOME_CAN)


def test_of_two_that_can_the_one_with_less_to_do_takes_it() -> None:
    teams = [Candidate(BILLS, able=2, load=8.0), Candidate(NET, able=1, load=3.0)]

    assert choose(HELP, teams, share=SURE) == Choice(NET, Why.COMPETENCE)


def test_a_closed_team_leaves_it_to_one_that_is_open() -> None:
    teams = [Candidate(HELP, able=2, closed_for=TOMORROW), Candidate(NET, able=1, load=30.0)]

    assert choose(HELP, teams, share=SURE) == Choice(NET, Why.HOME_CLOSED)


def test_at_night_when_all_are_closed_it_waits_at_its_own_door() -> None:
    teams = [Candidate(team, able=2, closed_for=TOMORROW) for team in (HELP, BILLS)]

    assert choose(HELP, teams, share=SURE) == Choice(HELP, Why.HOME_CAN)


def test_whose_people_have_all_they_may_have_gets_no_more() -> None:
    teams = [Candidate(HELP, able=2, room=0), Candidate(NET, able=1, room=4, load=30.0)]

    assert choose(HELP, teams, share=SURE) == Choice(NET, Why.HOME_FULL)


def test_where_all_are_full_it_is_not_sent_around() -> None:
    teams = [Candidate(HELP, able=2, room=0), Candidate(NET, able=1, room=0)]

    assert choose(HELP, teams, share=SURE) == Choice(HELP, Why.HOME_CAN)


def test_a_far_heavier_load_is_levelled() -> None:
    teams = [Candidate(HELP, able=2, load=21.0), Candidate(NET, able=1, load=10.0)]

    assert choose(HELP, teams, share=SURE) == Choice(NET, Why.HOME_FULL)


def test_what_was_handed_on_again_and_again_goes_straight_there() -> None:
    lesson = Lesson(began=9, handed=7, to_team=NET)

    chosen = choose(HELP, [Candidate(HELP, able=2)], share=SURE, lessons={HELP: lesson})

    assert chosen == Choice(NET, Why.LEARNT, lesson)


def test_a_few_transfers_teach_nothing_yet() -> None:
    lesson = Lesson(began=4, handed=4, to_team=NET)

    chosen = choose(HELP, [Candidate(HELP, able=2)], share=SURE, lessons={HELP: lesson})

    assert chosen.why == Why.HOME_CAN


def test_what_is_handed_back_as_often_stays() -> None:
    there, back = Lesson(began=9, handed=9, to_team=NET), Lesson(began=8, handed=8, to_team=HELP)

    chosen = choose(HELP, [Candidate(HELP, able=1)], share=SURE, lessons={HELP: there, NET: back})

    assert chosen == Choice(HELP, Why.HOME_CAN)


def test_the_order_in_which_teams_are_named_does_not_matter() -> None:
    teams = [Candidate(BILLS, able=2, load=5.0), Candidate(NET, able=2, load=5.0)]

    assert choose(HELP, teams, share=SURE) == choose(HELP, teams[::-1], share=SURE)
