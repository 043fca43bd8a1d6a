"""What a message asks for besides, and how it is read, through the API."""

import pytest

from ascolto.cases.models import Case, MessageReading, OtherMatter
from ascolto.learning.models import Correction
from tests import make
from tests.api.callers import caller, refusal, said
from tests.desk.builders import heard_in

pytestmark = pytest.mark.django_db
TWO = (
    "Buongiorno, da ieri la fibra non funziona e il modem ha la luce rossa. Quando arriva il pacco"
    " con il nuovo modem? Doveva essere consegnato lunedì."
)
BILLING = {"kind": "request", "topic": "billing", "needs_care": True}


def test_a_second_case_is_opened_and_reunited() -> None:
    case, program = make.case(make.mail(TWO)), caller()
    [matter] = said(program.get(f"/cases/{case.number}/matters"))
    place = f"/cases/{case.number}/matters/{matter['id']}"

    second = said(program.post(f"{place}/open"))

    assert matter["topic"] == "delivery_repair"
    assert OtherMatter.objects.get().case == Case.objects.get(pk=second["id"])
    assert refusal(program.post(f"{place}/open")) == (409, "already_settled")
    said(program.post(f"{place}/reunite"))
    assert Case.objects.get(pk=second["id"]).merged_into == case


def test_that_it_is_one_matter_is_said_and_taken_back() -> None:
    case, program = make.case(make.mail(TWO)), caller()
    place = f"/cases/{case.number}/matters/{OtherMatter.objects.get().pk}/keep"

    assert said(program.post(place))["settled_at"] is not None
    assert said(program.delete(place))["settled_at"] is None


def test_a_misread_message_is_put_right_and_back() -> None:
    case, program = make.case(), caller()
    message = heard_in(case)
    place = f"/cases/{case.number}/messages/{message.pk}/reading"
    before = MessageReading.objects.get(message=message).topic

    assert said(program.put(place, BILLING))["topic"] == "billing"
    assert Correction.objects.filter(head="topic", became="billing").exists()
    assert said(program.delete(place))["topic"] == before
    assert not Correction.objects.exists()


def test_a_word_that_is_none_is_refused() -> None:
    case, program = make.case(), caller()
    place = f"/cases/{case.number}/messages/{heard_in(case).pk}/reading"

    assert refusal(program.put(place, BILLING | {"topic": "weather"})) == (422, "no_such_word")
