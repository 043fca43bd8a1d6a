"""One message asks for two things: two cases, one receipt, and the words stay where they are."""

import pytest

from ascolto.cases.models import Case, CaseLink, Message, OtherMatter
from ascolto.cases.queries.ways import way_to_answer
from ascolto.cases.services import answer, matters, moves
from ascolto.channels.models import Outgoing
from ascolto.promises.queries import running
from ascolto.staff.models import Competence, Skill
from ascolto.timeline.queries import history_of
from ascolto.triage import services
from ascolto.triage.matters import open_by_hand
from tests import make

pytestmark = pytest.mark.django_db
LINE = "Buongiorno, da ieri la fibra non funziona e il modem ha la luce rossa."
BILL = "Inoltre la bolletta di ottobre è doppia: chiedo il rimborso della fattura pagata due volte."
PARCEL = "Quando arriva il pacco con il nuovo modem? Doveva essere consegnato lunedì."


def bill_team() -> None:
    accounts = make.team("Conti")
    marta = make.colleague("Marta Riva", teams=(accounts,))
    can = Competence.objects.create(name="Conti", topics=["billing"])
    Skill.objects.create(competence=can, colleague=marta)


def two_in_one() -> tuple[Case, Case]:
    bill_team()
    first = make.case(make.mail(f"{LINE} {BILL}", subject="Due cose"))
    return first, Case.objects.exclude(pk=first.pk).get()


def test_where_both_are_sure_each_has_its_case_and_its_team() -> None:
    first, second = two_in_one()

    assert (first.team.name, second.team.name) == ("Assistenza", "Conti")
    assert second.subject.startswith("La bolletta di ottobre")
    assert CaseLink.objects.filter(first=first, second=second, by=None).exists()
    assert Message.objects.count() - Outgoing.objects.count() == 1


def test_the_second_refers_to_the_words_and_waits_since_they_were_written() -> None:
    first, second = two_in_one()

    matter = OtherMatter.objects.get()
    assert (matter.case, matter.message.case, matter.words) == (second, first, BILL)
    assert second.waiting_since == first.waiting_since
    assert running(second.reference).filter(kind="FIRST_ANSWER").exists()
    assert second.last_words.startswith("Inoltre la bolletta")


def test_the_customer_has_one_receipt() -> None:
    two_in_one()

    assert Outgoing.objects.filter(automatic=True).count() == 1


def test_the_histories_of_both_say_why() -> None:
    first, second = two_in_one()

    [here] = history_of(first.reference, kinds=["cases.matter_opened"])
    [there] = history_of(second.reference, kinds=["cases.matter_opened"])
    assert (here.facts["other"], there.facts["other"]) == (second.number, first.number)
    assert here.facts["share"] > 0.8
    assert here.by_name == ""


def test_an_answer_in_the_second_goes_to_him_under_his_letter() -> None:
    _first, second = two_in_one()
    thread = way_to_answer(second)

    said = answer(second, author=make.colleague("Marta Riva"), text="Rimborsiamo.", now=make.NOON)

    assert thread is not None
    assert thread.identity.value == "giulia@example.org"
    assert said.outgoing is not None
    assert said.outgoing.in_reply_to == "<uno@example.org>"
    second.refresh_from_db()
    assert second.waiting_since is None


def test_where_it_is_not_sure_somebody_is_asked() -> None:
    case = make.case(make.mail(f"{LINE} {PARCEL}"))

    assert Case.objects.get() == case
    assert OtherMatter.objects.get().settled_at is None


def test_a_colleague_opens_the_case_of_the_second() -> None:
    elena, case = make.colleague(), make.case(make.mail(f"{LINE} {PARCEL}"))

    new = open_by_hand(OtherMatter.objects.get(), by=elena, now=make.NOON)

    [deed] = history_of(new.reference, kinds=["cases.matter_opened"])
    assert deed.by_name == "Elena Sala"
    assert new.customer == case.customer
    with pytest.raises(matters.AlreadySettled):
        open_by_hand(OtherMatter.objects.get(), by=elena, now=make.NOON)


def test_two_cases_are_one_again_and_two_again() -> None:
    elena, (first, second) = make.colleague(), two_in_one()

    moving = matters.reunite(OtherMatter.objects.get(), by=elena, now=make.NOON)

    assert Case.objects.get(pk=second.pk).merged_into == first
    moves.undo_move(moving, by=elena, now=make.NOON)
    again = Case.objects.get(pk=second.pk)
    assert again.merged_into is None
    assert again.waiting_since == first.waiting_since


def test_that_it_is_one_thing_is_said_once_and_can_be_taken_back() -> None:
    elena = make.colleague()
    make.case(make.mail(f"{LINE} {PARCEL}"))

    matters.keep_together(OtherMatter.objects.get(), by=elena, now=make.NOON)
    assert OtherMatter.objects.get().settled_by == elena

    matters.ask_again(OtherMatter.objects.get(), by=elena, now=make.NOON)
    assert OtherMatter.objects.get().settled_at is None


def test_what_he_adds_to_his_case_opens_no_other_by_itself() -> None:
    make.case()
    make.receive(
        make.mail(f"{LINE} {BILL}", message_id="<due@example.org>", in_reply_to="<uno@example.org>")
    )

    assert Case.objects.count() == 1
    assert OtherMatter.objects.get().settled_at is None


def test_lists_and_machines_are_not_taken_apart() -> None:
    make.case(make.mail(f"{LINE} {BILL}", headers={"Precedence": "bulk"}))

    assert not OtherMatter.objects.exists()


def test_placing_again_makes_nothing_twice() -> None:
    first, _second = two_in_one()
    item = Message.objects.get(case=first, item__isnull=False).item_id
    assert item is not None

    services.place_many([item], now=make.NOON)

    assert (Case.objects.count(), OtherMatter.objects.count()) == (2, 1)
