"""A call for help is acknowledged in public with one click; the rest is written in private."""

from datetime import timedelta

import pytest

from ascolto.cases.models import Case, Conversation, Message
from ascolto.cases.queries.first_answers import first_answers
from ascolto.cases.queries.ways import ways_to_answer
from ascolto.cases.services import (
    InPublicThere,
    TooLate,
    answer,
    answer_failed,
    answer_left,
    undo_answer,
)
from ascolto.cases.services.manners import setting_of
from ascolto.channels import registry
from ascolto.channels.models import Item, Outgoing
from ascolto.channels.ports import Manners
from ascolto.channels.services import deliver
from ascolto.knowledge.models import Template
from ascolto.listening import services as listening
from ascolto.listening.models import Mention
from ascolto.promises.models import Promise
from ascolto.staff.models import Colleague
from ascolto.timeline.queries import history_of
from ascolto.triage.reading_it import CannotGoAside, SaidAlready, read_it, what_one_click_says
from tests import make
from tests.listening.boards import comment, reader
from tests.listening.comments import CAUSES
from tests.listening.network import Network
from tests.listening.public import hear

pytestmark = pytest.mark.django_db
NOW = make.NOON + timedelta(minutes=5)
SENT = NOW + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    one = Network()
    manners = Manners(longest=8000, public=True, private=True, aside=True)
    monkeypatch.setitem(registry._carriers, "FACEBOOK", lambda _: one)  # noqa: SLF001 # put back after
    monkeypatch.setitem(registry._manners, "FACEBOOK", manners)  # noqa: SLF001 # put back after
    return one


@pytest.fixture
def elena() -> Colleague:
    return make.colleague(teams=(make.team(),))


@pytest.fixture
def giulia() -> Mention:
    """She asks for help under a post of ours."""
    return hear(comment(CAUSES["guasto"][0], sender=reader("Giulia Ferraris")))[0]


def leave(message: Message) -> None:
    """After the seconds in which it can be called back."""
    assert message.outgoing is not None
    deliver(message.outgoing.pk, now=message.outgoing.not_before)
    answer_left(message.outgoing.pk)
    listening.answers_left([message.outgoing.pk], now=message.outgoing.not_before)


def kinds(case: Case) -> list[str]:
    return [deed.kind for deed in history_of(case.reference)]


def test_one_click_says_so_in_public_by_name_and_the_rest_goes_on_in_private(
    giulia: Mention, elena: Colleague, network: Network
) -> None:
    assert what_one_click_says(giulia, by=elena).startswith("Giulia, abbiamo letto")

    said = read_it(giulia, by=elena, now=NOW)
    leave(said)
    written = answer(said.case, author=elena, text="Il tecnico passa domani.", now=SENT)
    leave(written)

    first, second = network.carried
    assert first.public
    assert first.text.startswith("Giulia, abbiamo letto il suo messaggio")
    assert first.answers == giulia.item.post["answerable"]
    assert (second.public, second.text) == (False, "Il tecnico passa domani.")
    case = Case.objects.get()
    assert said.case == written.case == case
    assert case.assignee == elena


def test_it_is_no_answer_and_stops_no_clock(giulia: Mention, elena: Colleague) -> None:
    said = read_it(giulia, by=elena, now=NOW)
    waiting = Case.objects.get().waiting_since
    leave(said)

    case = Case.objects.get()
    assert case.waiting_since == waiting is not None
    assert not Promise.objects.filter(subject=case.reference, ended_at__isnull=False).exists()
    giulia.refresh_from_db()
    assert (giulia.standing, giulia.answered_at) == ("CASE", None)
    [first] = first_answers(since=make.LONG_AGO, until=SENT + timedelta(days=1))
    assert (first.threads, first.answered) == (1, 0)


def test_nobody_is_told_twice(giulia: Mention, elena: Colleague) -> None:
    first = read_it(giulia, by=elena, now=NOW)

    again = read_it(giulia, by=make.colleague("Dario Leone"), now=SENT)

    assert again == first
    assert Outgoing.objects.count() == 1
    assert kinds(first.case).count("cases.acknowledged") == 1
    assert what_one_click_says(giulia, by=elena) == ""


def test_it_is_called_back_before_it_leaves(giulia: Mention, elena: Colleague) -> None:
    said = read_it(giulia, by=elena, now=NOW)

    assert undo_answer(said.pk, by=elena, now=NOW) is None

    assert not Message.objects.filter(outgoing__isnull=False).exists()
    assert Conversation.objects.get().aside_at is None, "what is written there is public again"
    again = read_it(giulia, by=elena, now=SENT)
    leave(again)
    with pytest.raises(TooLate):
        undo_answer(again.pk, by=elena, now=SENT)


def test_what_did_not_arrive_makes_nothing_private(
    giulia: Mention, elena: Colleague, network: Network
) -> None:
    said = read_it(giulia, by=elena, now=NOW)
    Outgoing.objects.update(failed_at=SENT, error="il commento non c’è più")

    answer_failed(said.outgoing_id or 0)

    assert Conversation.objects.get().aside_at is None


def test_what_was_written_for_him_alone_never_leaves_in_public(
    giulia: Mention, elena: Colleague, network: Network
) -> None:
    said = read_it(giulia, by=elena, now=NOW)
    undo_answer(said.pk, by=elena, now=NOW)  # in another window

    with pytest.raises(InPublicThere):
        answer(said.case, author=elena, text="Il suo IBAN finisce per 44.", private=True, now=SENT)

    assert not Outgoing.objects.filter(cancelled_at=None).exists()


def test_when_he_speaks_in_public_again_so_do_we(giulia: Mention, elena: Colleague) -> None:
    case = read_it(giulia, by=elena, now=NOW).case
    assert [way.public for way in ways_to_answer(case, [], ())] == [False]

    Message.objects.filter(item=giulia.item).update(at=SENT)
    Item.objects.filter(pk=giulia.item_id).update(heard_at=SENT)

    assert [way.public for way in ways_to_answer(case, [], ())] == [True]
    assert setting_of(Conversation.objects.get()).public


def test_whoever_has_an_answer_needs_no_such_word(giulia: Mention, elena: Colleague) -> None:
    listening.answer(giulia, "Ci siamo.", by=elena, now=NOW)

    with pytest.raises(SaidAlready):
        read_it(giulia, by=elena, now=SENT)


def test_where_nothing_can_follow_in_private_nothing_is_promised(
    giulia: Mention, elena: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry._manners, "FACEBOOK", Manners(public=True))  # noqa: SLF001 # put back after

    with pytest.raises(CannotGoAside):
        read_it(giulia, by=elena, now=NOW)

    assert what_one_click_says(giulia, by=elena) == ""
    assert not Case.objects.exists()


def test_the_company_says_it_in_its_own_words(giulia: Mention, elena: Colleague) -> None:
    make.company()
    Template.objects.create(
        key=Template.Key.READ_IT,
        language="it",
        text="{nome}, qui {azienda}: ti scriviamo in privato.",
        changed_at=make.LONG_AGO,
    )

    said = read_it(giulia, by=elena, now=NOW)

    assert said.text == "Giulia, qui Alba Telefonia: ti scriviamo in privato."
