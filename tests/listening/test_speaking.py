"""An answer in public under a post, without a case; and a colleague who is asked."""

from datetime import timedelta

import pytest

from ascolto.alerts.models import Call
from ascolto.alerts.services import NotForHim, see_calls
from ascolto.cases.queries.counts import queue_counts
from ascolto.cases.queries.for_me import for_me
from ascolto.channels import registry
from ascolto.channels.models import Channel, Outgoing
from ascolto.channels.ports import Manners, Refused
from ascolto.channels.services import deliver
from ascolto.listening import queries, services
from ascolto.listening.models import Mention
from ascolto.people.models import Customer
from ascolto.staff.models import Colleague, Team
from ascolto.timeline.queries import history_of
from tests import make
from tests.listening.network import Network
from tests.listening.public import bring, hear, monitor, source

pytestmark = pytest.mark.django_db
LATER = make.NOON + timedelta(minutes=3)
LEFT = LATER + timedelta(minutes=1)


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    one = Network()
    monkeypatch.setitem(registry._carriers, "BLUESKY", lambda _: one)  # noqa: SLF001 # put back after
    return one


@pytest.fixture
def mention(network: Network) -> Mention:
    monitor()
    return hear(bring(answerable={"uri": "at://giulia/1"}))[0]


@pytest.fixture
def elena() -> Colleague:
    return make.colleague(teams=(make.team(),))


def kinds(mention: Mention) -> list[str]:
    return [deed.kind for deed in history_of(mention.reference)]


def test_an_answer_leaves_under_the_post_and_the_way_is_measured(
    mention: Mention, network: Network, elena: Colleague
) -> None:
    sent = services.answer(mention, " Ci pensiamo subito. ", by=elena, now=LATER)

    mention.refresh_from_db()
    assert (mention.standing, mention.settled_by, mention.answered_at) == ("ANSWERED", elena, None)
    deliver(sent.pk, now=LEFT)
    services.answers_left([sent.pk], now=LEFT)

    mention.refresh_from_db()
    assert mention.answered_at == LEFT
    [parcel] = network.carried
    assert (parcel.text, parcel.public) == ("Ci pensiamo subito.", True)
    assert parcel.answers == {"uri": "at://giulia/1"}
    assert Customer.objects.get().name == "Giulia Ferraris"
    told = [kind for kind in kinds(mention) if kind != "channels.evidence"]
    assert told[-3:] == ["listening.settled", "channels.sent", "listening.answered"]


def test_the_same_words_twice_are_one_answer_and_a_second_one_is_told_of_the_first(
    mention: Mention, elena: Colleague
) -> None:
    first = services.answer(mention, "Ci siamo.", by=elena, now=LATER, seen=0)

    assert services.answer(mention, "Ci siamo.", by=elena, now=LATER, seen=0) == first
    marta = make.colleague("Marta Riva")
    with pytest.raises(services.SomebodyAnswered) as told:
        services.answer(mention, "Arriviamo.", by=marta, now=LATER, seen=0)
    assert told.value.args == (first.pk,)
    second = services.answer(mention, "Arriviamo.", by=marta, now=LATER, seen=first.pk)
    assert second != first


def test_called_back_in_time_it_waits_again_and_can_be_written_anew(
    mention: Mention, network: Network, elena: Colleague
) -> None:
    sent = services.answer(mention, "Ci siamo.", by=elena, now=LATER)
    with pytest.raises(services.NotHis):
        services.call_back(sent.pk, by=make.colleague("Marta Riva"), now=LATER)

    services.call_back(sent.pk, by=elena, now=LATER)
    deliver(sent.pk, now=LEFT)

    assert network.carried == []
    assert Mention.objects.get().standing == "WAITING"
    again = services.answer(mention, "Ci siamo.", by=elena, now=LATER)
    assert again != sent
    deliver(again.pk, now=LEFT)
    with pytest.raises(services.TooLate):
        services.call_back(again.pk, by=elena, now=LEFT)


def test_thanks_called_back_can_be_given_again(mention: Mention, elena: Colleague) -> None:
    thanks = services.thank(mention, "Grazie!", by=elena, now=LATER)
    services.call_back(thanks.pk, by=elena, now=LATER)
    assert Mention.objects.get().standing == "WAITING"

    again = services.thank(mention, "Grazie!", by=elena, now=LATER)

    assert again != thanks
    assert Mention.objects.get().standing == "THANKED"


def test_what_the_network_refuses_waits_for_somebody_again(
    mention: Mention, network: Network, elena: Colleague
) -> None:
    sent = services.answer(mention, "Ci siamo.", by=elena, now=LATER)
    network.no = Refused("il post è chiuso")

    deliver(sent.pk, now=LEFT)
    services.answers_failed([sent.pk], now=LEFT)

    assert Mention.objects.get().standing == "WAITING"
    [shown] = queries.answers_to(mention)
    assert shown.failed_at == LEFT


def test_the_manners_of_the_channel_are_minded(
    mention: Mention, elena: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    manners = Manners(longest=30, public=True, names_him=True)
    monkeypatch.setitem(registry._manners, "BLUESKY", manners)  # noqa: SLF001 # put back after

    sent = services.answer(mention, "Ci siamo.", by=elena, now=LATER)

    assert sent.text == "@giulia.example Ci siamo."
    with pytest.raises(services.TooLong) as told:
        services.answer(mention, "Ci siamo, ci siamo.", by=elena, now=LATER)
    assert told.value.args == ("Bluesky", 35, 30)


def test_nothing_is_answered_that_is_gone_or_in_a_case_or_without_words(
    mention: Mention, elena: Colleague
) -> None:
    with pytest.raises(services.NoWords):
        services.answer(mention, "  ", by=elena, now=LATER)
    services.settle(mention, standing="CASE", by=elena, now=LATER)
    with pytest.raises(services.InACase):
        services.answer(mention, "Ci siamo.", by=elena, now=LATER)
    hear(bring("", key="via", change="DELETE", changes=mention.key))
    with pytest.raises(services.CannotAnswer):
        services.answer(mention, "Ci siamo.", by=elena, now=LATER)
    assert not Outgoing.objects.exists()


def test_a_colleague_who_is_asked_finds_it_among_what_waits_for_him(
    mention: Mention, elena: Colleague
) -> None:
    marta = make.colleague("Marta Riva")

    services.ask(mention, to=marta, text="È la cabina di Torino?", by=elena, now=LATER)
    services.ask(mention, to=marta, text="È la cabina di Torino?", by=elena, now=LATER)

    [line] = for_me(marta).lines
    assert (line.kind, line.who, line.path) == ("asked", "Elena Sala", f"/ascolto/{mention.pk}/")
    assert line.title == "Giulia Ferraris su Bluesky"
    assert queue_counts(marta).for_me == 1
    assert kinds(mention).count("listening.asked") == 1
    assert see_calls(marta, subject=mention.reference, now=LATER) == 1
    assert queue_counts(marta).for_me == 0


def test_nobody_is_asked_about_what_he_may_not_see(network: Network, elena: Colleague) -> None:
    Channel.objects.filter(pk=source().pk).update(
        team=Team.objects.create(name="Legale", calendar=make.calendar(), is_reserved=True)
    )
    (secret,) = hear(bring(to_us=True))

    for who in (make.colleague("Marta Riva"), elena):
        with pytest.raises(NotForHim):
            services.ask(secret, to=who, text="Guarda.", by=elena, now=LATER)
    assert not Call.objects.exists()
