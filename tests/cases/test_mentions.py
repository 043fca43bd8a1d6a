"""A colleague called by name in a note finds it among what waits for him."""

import pytest

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case, Follower, Mention
from ascolto.cases.queries.mentions import mentions_of
from ascolto.cases.services import add_note, be_present, see_mentions
from ascolto.staff.models import Colleague
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def marco(db: None) -> Colleague:
    return make.colleague("Marco Vitali")


def noted(case: Case, text: str) -> list[str]:
    elena = make.colleague("Elena Sala")
    note = add_note(case, author=elena, text=text, now=make.NOON)
    return sorted(one.colleague.name for one in note.mentions.select_related("colleague"))


@pytest.mark.parametrize(
    "text",
    [
        "@Marco Vitali puoi guardare?",
        "Chiedo a @marco vitali.",
        "@Marco, ci sei?",
        "(@Marco Vitali)",
        "@Marco e ancora @Marco Vitali",
    ],
)
def test_a_name_after_an_at_sign_calls(marco: Colleague, text: str) -> None:
    assert noted(make.case(), text) == [marco.name]


@pytest.mark.parametrize(
    "text", ["Marco Vitali lo sa.", "marco@vitali.it", "scrivi a info@marco vitali", "@Marcolino"]
)
def test_what_is_no_call_calls_nobody(marco: Colleague, text: str) -> None:
    assert noted(make.case(), text) == []


def test_a_first_name_that_two_have_calls_neither(marco: Colleague) -> None:
    make.colleague("Marco Bianchi")

    assert noted(make.case(), "@Marco puoi guardare?") == []
    assert noted(make.case(), "@Marco Bianchi puoi guardare?") == ["Marco Bianchi"]


def test_nobody_calls_himself() -> None:
    assert noted(make.case(), "Nota per @Elena Sala.") == []


def test_who_may_not_see_the_case_is_asked_to_help(marco: Colleague) -> None:
    legal = make.team("Legale", is_reserved=True)
    case = make.case(channel=make.mailbox("legale", of=legal))
    assert not visible_cases(marco).filter(pk=case.pk).exists()

    noted(case, "@Marco Vitali, un parere?")

    assert visible_cases(marco).filter(pk=case.pk).exists()
    assert Follower.objects.get().why == Follower.Why.ASKED


def test_who_sees_the_case_anyway_does_not_follow_it(marco: Colleague) -> None:
    noted(make.case(), "@Marco Vitali, un parere?")

    assert not Follower.objects.exists()


def test_opening_the_case_sees_the_mention(marco: Colleague) -> None:
    case = make.case()
    noted(case, "@Marco Vitali, un parere?")

    be_present(case, colleague=marco, mode="READS", now=make.NOON)

    assert Mention.objects.get().seen_at == make.NOON


def test_all_can_be_seen_at_once(marco: Colleague) -> None:
    case = make.case()
    for text in ("@Marco uno", "@Marco due"):
        noted(case, text)

    assert see_mentions(marco, now=make.NOON) == 2


def test_the_unseen_stand_first(marco: Colleague) -> None:
    case = make.case()
    noted(case, "@Marco uno")
    see_mentions(marco, now=make.NOON)
    noted(case, "@Marco due")
    noted(case, "@Marco tre")

    words = [mention.note.text for mention in mentions_of(marco)]

    assert words == ["@Marco tre", "@Marco due", "@Marco uno"]
