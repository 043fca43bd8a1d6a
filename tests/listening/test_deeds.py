"""What people do with a mention, and what becomes of it."""

from datetime import timedelta

import pytest

from ascolto.alerts.models import Alert, Rule
from ascolto.channels import registry
from ascolto.channels.models import Channel, Outgoing
from ascolto.channels.ports import NotNow, Refused
from ascolto.channels.services import deliver
from ascolto.listening import services
from ascolto.listening.models import Mention, Repost
from ascolto.listening.policy.rules import BadRule
from ascolto.listening.services import said, understanding
from ascolto.listening.words import all_said
from ascolto.people.models import Customer
from ascolto.reading.reading import Text
from ascolto.timeline.queries import history_of
from tests import make
from tests.listening.network import Network
from tests.listening.public import HELP, bring, hear, monitor, source

pytestmark = pytest.mark.django_db
LATER = make.NOON + timedelta(minutes=3)


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    one = Network()
    monkeypatch.setitem(registry._speakers, "BLUESKY", lambda _: one)  # noqa: SLF001 # put back after
    monkeypatch.setitem(registry._carriers, "BLUESKY", lambda _: one)  # noqa: SLF001 # as above
    return one


def praise(text: str = "Grazie Alba Telefonia, tecnico puntuale e gentile") -> Mention:
    monitor()
    return hear(bring(text, answerable={"uri": "at://giulia/1"}))[0]


def kinds(mention: Mention) -> list[str]:
    return [deed.kind for deed in history_of(mention.reference)]


def test_what_is_settled_is_told_once_and_its_alert_is_over() -> None:
    mention = praise()
    Rule.objects.create(kind=Rule.Kind.NEEDS_CARE, ways=[], made_at=make.LONG_AGO)
    Mention.objects.update(needs_care=True)
    services.alert([mention.pk], now=make.NOON)

    elena = make.colleague()
    services.settle(mention, standing="CASE", by=elena, now=LATER)
    services.settle(mention, standing="CASE", by=elena, now=LATER)

    mention.refresh_from_db()
    assert (mention.standing, mention.alerted_at) == ("CASE", make.NOON)
    assert Alert.objects.get().closed_at == LATER
    assert kinds(mention).count("listening.settled") == 1


def test_a_mention_alerts_once_for_its_gravest_reason() -> None:
    mention = praise(HELP)
    for kind in (Rule.Kind.ANGRY, Rule.Kind.NEEDS_CARE):
        Rule.objects.create(kind=kind, ways=[], made_at=make.LONG_AGO)
    Mention.objects.update(needs_care=True, angry=True)

    services.alert([mention.pk], now=make.NOON)
    services.alert([mention.pk], now=LATER)

    alert = Alert.objects.get()
    assert (alert.kind, alert.subject, alert.words) == ("ANGRY", mention.reference, HELP)


def test_no_rule_asks_for_it_and_nobody_is_told() -> None:
    mention = praise(HELP)
    Mention.objects.update(needs_care=True)

    assert services.alert([mention.pk], now=make.NOON) == 0
    assert Mention.objects.get().alerted_at is None


def test_what_a_person_says_it_is_no_reading_changes() -> None:
    mention = praise()
    elena = make.colleague()
    services.rekind(mention, kind="PROBLEM", by=elena, now=LATER)

    hear(bring("Alba Telefonia, che bravi", change="EDIT", changes=mention.key))

    mention.refresh_from_db()
    assert (mention.kind, mention.needs_care, mention.kind_by) == ("PROBLEM", True, elena)


def test_noise_is_put_aside_and_comes_back() -> None:
    mention = praise()
    elena = make.colleague()

    services.rekind(mention, kind="NOISE", by=elena, now=LATER)
    assert Mention.objects.get().standing == "NOISE"

    services.rekind(mention, kind="PRAISE", by=elena, now=LATER)
    assert Mention.objects.get().standing == "WAITING"


def test_a_colleague_looks_after_it() -> None:
    mention = praise()
    elena = make.colleague()

    services.assign(mention, to=elena, by=elena, now=LATER)
    services.assign(mention, to=elena, by=elena, now=LATER)

    assert Mention.objects.get().assignee == elena
    assert kinds(mention).count("listening.assigned") == 1


def test_thanks_leave_under_the_post_once_and_its_author_is_known(network: Network) -> None:
    mention = praise()
    elena = make.colleague()

    sent = services.thank(mention, "Grazie a lei!", by=elena, now=LATER)
    again = services.thank(mention, "Grazie a lei!", by=elena, now=LATER)
    deliver(sent.pk, now=LATER + timedelta(minutes=1))
    services.answers_left([sent.pk], now=LATER)

    mention.refresh_from_db()
    assert sent == again
    assert (mention.standing, mention.answered_at) == ("THANKED", LATER + timedelta(minutes=1))
    assert Customer.objects.get().name == "Giulia Ferraris"
    (parcel,) = network.carried
    assert (parcel.public, parcel.answers) == (True, {"uri": "at://giulia/1"})


def test_nobody_is_thanked_where_nothing_can_be_written() -> None:
    monitor()
    (mention,) = hear(bring())

    with pytest.raises(services.CannotThank):
        services.thank(mention, "Grazie!", by=make.colleague(), now=LATER)
    assert not Outgoing.objects.exists()


def test_praise_is_passed_on_once(network: Network) -> None:
    mention = praise()
    elena = make.colleague()

    made = services.repost(mention, source(), by=elena, now=LATER)
    assert services.repost(mention, source(), by=elena, now=LATER) == made
    services.carry_repost(made.pk, now=LATER)
    services.carry_repost(made.pk, now=LATER)

    made.refresh_from_db()
    assert network.reposted == [f"repost:{made.pk}"]
    assert (made.carried_as, made.posted_at) == ("at://us/at://giulia/1", LATER)


def test_who_thinks_again_in_time_passes_nothing_on(network: Network) -> None:
    made = services.repost(praise(), source(), by=make.colleague(), now=LATER)

    assert services.undo_repost(made.pk, by=make.colleague(), now=LATER)
    services.carry_repost(made.pk, now=LATER)
    services.withdraw_repost(made.pk, now=LATER)

    assert (network.reposted, network.withdrawn) == ([], [])


def test_what_was_passed_on_is_taken_back(network: Network) -> None:
    mention = praise()
    elena = make.colleague()
    made = services.repost(mention, source(), by=elena, now=LATER)
    services.carry_repost(made.pk, now=LATER)

    services.undo_repost(made.pk, by=elena, now=LATER)
    services.withdraw_repost(made.pk, now=LATER)
    services.withdraw_repost(made.pk, now=LATER)

    assert network.withdrawn == ["at://us/at://giulia/1"]
    assert Repost.objects.get().withdrawn_at == LATER
    assert services.repost(mention, source(), by=elena, now=LATER) != made


def test_a_network_that_does_not_answer_is_asked_again_and_one_that_refuses_is_not(
    network: Network,
) -> None:
    made = services.repost(praise(), source(), by=make.colleague(), now=LATER)

    network.no = NotNow("occupata")
    services.carry_repost(made.pk, now=LATER)
    assert Repost.objects.get().error == ""

    network.no = Refused("il post non è più visibile")
    services.carry_repost(made.pk, now=LATER)
    assert Repost.objects.get().error == "il post non è più visibile"


def test_another_network_cannot_pass_it_on(network: Network) -> None:
    elsewhere = source("mastodon", kind=Channel.Kind.MASTODON)

    with pytest.raises(services.CannotRepost):
        services.repost(praise(), elsewhere, by=make.colleague(), now=LATER)


@pytest.mark.usefixtures("really_read")
def test_what_is_read_is_kept_with_its_reasons() -> None:
    monitor()

    (mention,) = hear(bring())

    assert (mention.kind, mention.needs_care, mention.language) == ("PROBLEM", True, "it")
    assert mention.reading["why"]


@pytest.mark.usefixtures("really_read")
def test_a_fault_of_the_reading_loses_no_mention(monkeypatch: pytest.MonkeyPatch) -> None:
    monitor()
    monkeypatch.setattr(understanding, "import_module", lambda _: None)

    (mention,) = hear(bring())

    assert (mention.text, mention.kind, mention.reading) == (HELP, "REQUEST", {"edits": []})


def test_what_is_read_as_noise_is_put_aside_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def noise(several: list[Text]) -> list[understanding.Understood]:
        return [understanding.Understood(kind="NOISE")] * len(several)

    monkeypatch.setattr(said, "understand", noise)
    monitor()

    hear(bring("Vinci con Alba Telefonia"), bring("Alba Telefonia, sponsor", to_us=True))

    standings = Mention.objects.order_by("pk").values_list("standing", flat=True)
    assert list(standings) == ["NOISE", "WAITING"]


def test_a_monitor_takes_effect_with_the_next_post_and_its_name_is_its_own() -> None:
    elena, team = make.colleague(), make.team()
    wanted = services.Wanted("Noi", {"any": ["alba telefonia"]}, team)
    made = services.make_monitor(wanted, by=elena, now=make.NOON)
    assert len(hear(bring())) == 1

    services.change_monitor(
        made.pk, services.Wanted("Noi", {"any": ["bolletta"]}, team), by=elena, now=LATER
    )
    assert hear(bring(key="at://altro", by=None)) == []
    assert len(hear(bring("che bolletta"))) == 1

    services.pause_monitor(made.pk, paused=True, by=elena, now=LATER + timedelta(minutes=1))
    assert hear(bring("altra bolletta")) == []
    with pytest.raises(services.NameTaken):
        services.make_monitor(wanted, by=elena, now=LATER)
    assert [deed.kind for deed in history_of(f"monitor:{made.pk}")] == [
        "listening.monitor_made",
        "listening.monitor_changed",
        "listening.monitor_paused",
    ]


def test_a_bad_rule_is_refused_in_a_sentence() -> None:
    wanted = services.Wanted("Noi", {"any": ["++"], "languages": ["italiano"]}, make.team())

    with pytest.raises(BadRule) as refused:
        services.make_monitor(wanted, by=make.colleague(), now=make.NOON)

    assert all_said(refused.value) == [
        "«++» non ha né lettere né numeri: non si può cercare.",
        "«italiano» non è una lingua: scriva due lettere, come «it» o «en».",
    ]
