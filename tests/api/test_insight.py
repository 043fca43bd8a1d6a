"""The figures, asked for by a program of somebody who leads."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ascolto.insight.services import keep_up
from ascolto.staff.models import Colleague
from tests.api.callers import caller, refusal, said
from tests.insight.past import answered, asked

pytestmark = pytest.mark.django_db


def read_everything() -> None:
    while keep_up(now=timezone.now()):
        pass


def test_a_program_reads_the_figures_with_what_they_mean() -> None:
    at = timezone.now() - timedelta(days=1)
    case = asked(at=at)
    answered(case, at=at + timedelta(minutes=20))
    read_everything()
    marta = caller("Marta Riva", role=Colleague.Role.SUPERVISOR)

    told = said(marta.get("/insight?hours=calendar&period=7"))
    meant = said(marta.get("/insight/definitions"))
    behind = said(marta.get("/insight/cases?figure=first_answer&period=7"))

    figures = {one["key"]: one for one in told["figures"]}
    assert told["complete"]
    assert told["cases"] == 1
    assert figures["first_answer.median"]["value"] == 1200
    assert figures["first_answer.median"]["low"] is None  # one case tells no precision
    assert figures["handed_over"]["n"] == 1
    assert {part["dimension"] for part in told["parts"]} == {"channel", "team", "topic", "priority"}
    assert "first_answer" in {one["key"] for one in meant}
    assert [one["case"] for one in behind["items"]] == [case.number]


def test_an_agent_s_program_does_not_see_them() -> None:
    agent = caller(role=Colleague.Role.AGENT)

    assert refusal(agent.get("/insight"))[0] == 403


def test_a_question_that_makes_no_sense_is_refused() -> None:
    marta = caller("Marta Riva", role=Colleague.Role.SUPERVISOR)

    assert refusal(marta.get("/insight?channel=PIGEON")) == (422, "unknown_channel")
    assert refusal(marta.get("/insight?topic=love")) == (422, "unknown_topic")
    assert refusal(marta.get("/insight/cases?figure=luck")) == (422, "unknown_figure")
