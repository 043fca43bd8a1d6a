"""A mail and a post of one person that ask the same are one case, in whatever order they come."""

from datetime import datetime, timedelta

import pytest

from ascolto.cases.models import Case, Message
from ascolto.cases.services import resolve
from ascolto.channels.models import Channel, Item
from ascolto.kit.work import later
from ascolto.listening.models import Mention
from ascolto.people.models import Identity
from ascolto.people.services import merge
from ascolto.staff.models import Colleague
from ascolto.triage.services import case_from_mention, consider_mentions, place_many
from tests import make
from tests.triage.public import hear, mention_of, network, writer

pytestmark = pytest.mark.django_db
MIDNIGHT = datetime.fromisoformat("2026-03-04T00:00+01:00")
MINUTE = timedelta(minutes=1)
MAIL = "Buonasera, da stasera la fibra non funziona e il modem ha la luce rossa. Giulia"
POST = "@alba fibra giù da stasera, luce rossa sul modem, c'è qualcuno?"


@pytest.fixture
def elena() -> Colleague:
    return make.colleague(teams=(make.team(),))


@pytest.fixture
def known_handle() -> Identity:
    """A colleague wrote down by which name Giulia goes on Bluesky."""
    giulia = make.customer()
    return Identity.objects.create(
        customer=giulia,
        kind=Identity.Kind.HANDLE,
        value="@giulia.example",
        normal="@giulia.example",
        first_seen_at=make.NOON,
    )


def mailed(text: str = MAIL, *, at: datetime = MIDNIGHT) -> Case:
    return make.case(make.mail(text, subject="Fibra"), now=at)


def posted(
    text: str = POST,
    *,
    at: datetime = MIDNIGHT + MINUTE,
    handle: str = "giulia.example",
    opens_cases: bool = False,
    parent: str = "",
) -> Mention:
    item = hear(text, sender=writer(handle), parent=parent, now=at)
    mention = mention_of(item, opens_cases=opens_cases)
    consider_mentions([mention.pk], now=at)
    mention.refresh_from_db()
    return mention


def threads(case: Case) -> list[str]:
    return list(case.conversations.order_by("opened_at").values_list("channel__kind", flat=True))


@pytest.mark.usefixtures("known_handle")
def test_a_post_after_the_mail_joins_its_case() -> None:
    case = mailed()

    mention = posted()

    assert Case.objects.count() == 1
    assert threads(case) == [Channel.Kind.EMAIL, Channel.Kind.BLUESKY]
    message = Message.objects.get(item=mention.item)
    assert message.proof == Message.Proof.SAME_PERSON
    assert mention.standing == Mention.Standing.CASE


@pytest.mark.usefixtures("known_handle")
def test_a_mail_after_the_post_joins_its_case() -> None:
    mention = posted(at=MIDNIGHT, opens_cases=True)

    case = mailed(at=MIDNIGHT + MINUTE)

    assert Case.objects.count() == 1
    assert threads(case) == [Channel.Kind.BLUESKY, Channel.Kind.EMAIL]
    assert Message.objects.get(item=mention.item).case == case


@pytest.mark.usefixtures("known_handle")
def test_the_clock_of_the_case_runs_from_the_first_of_the_two() -> None:
    posted(at=MIDNIGHT, opens_cases=True)

    case = mailed(at=MIDNIGHT + MINUTE)

    assert case.waiting_since == MIDNIGHT
    assert case.opened_at == MIDNIGHT


@pytest.mark.usefixtures("known_handle")
def test_another_question_of_the_same_person_waits_for_somebody() -> None:
    mailed()

    mention = posted("@alba quando arriva la bolletta di marzo?")

    assert mention.standing == Mention.Standing.WAITING
    assert not Message.objects.filter(item=mention.item).exists()


@pytest.mark.usefixtures("known_handle")
def test_another_order_in_the_same_words_is_another_case() -> None:
    mailed("Il mio ordine AB-11111 non è arrivato, dove si trova il pacco?")

    mention = posted("ordine AB-22222 non arrivato, dove si trova il pacco?", opens_cases=True)

    assert Case.objects.count() == 2
    assert mention.standing == Mention.Standing.CASE


@pytest.mark.usefixtures("known_handle")
def test_the_same_question_days_later_is_another_case() -> None:
    mailed()

    posted(at=MIDNIGHT + timedelta(days=3), opens_cases=True)

    assert Case.objects.count() == 2


@pytest.mark.usefixtures("known_handle")
def test_a_case_that_is_over_takes_in_nothing_by_likeness(elena: Colleague) -> None:
    resolve(mailed(), by=elena, reason="sentito al telefono", now=MIDNIGHT)

    mention = posted()

    assert mention.standing == Mention.Standing.WAITING


@pytest.mark.usefixtures("known_handle")
def test_a_stranger_with_the_same_words_is_brought_nowhere() -> None:
    case = mailed()

    mention = posted(handle="luca.example")

    assert mention.identity is None
    assert mention.standing == Mention.Standing.WAITING
    assert threads(case) == [Channel.Kind.EMAIL]


def test_two_mails_of_one_person_stay_two_cases() -> None:
    mailed()
    make.case(make.mail(MAIL, subject="Fibra", message_id="<due@example.org>"), now=MIDNIGHT)

    assert Case.objects.count() == 2


def test_records_read_as_one_person_ask_as_one() -> None:
    case = mailed()
    luca = make.identity("luca@example.org", "Luca Moretti")
    handle = Identity.objects.create(
        customer=luca.customer,
        kind=Identity.Kind.HANDLE,
        value="@giulia.example",
        normal="@giulia.example",
        first_seen_at=make.NOON,
    )
    merge(luca.customer, into=case.customer, by=None, evidence=["nome"], now=MIDNIGHT)

    mention = posted()

    assert mention.identity == handle
    assert Message.objects.get(item=mention.item).case == case


@pytest.mark.usefixtures("known_handle")
def test_two_private_messages_in_one_batch_find_each_other() -> None:
    telegram = network(Channel.Kind.TELEGRAM)
    bluesky = writer("giulia.example")
    one = hear(MAIL, sender=bluesky, kind=Item.Kind.MESSAGE, now=MIDNIGHT)
    two = hear(POST, sender=bluesky, kind=Item.Kind.MESSAGE, channel=telegram, now=MIDNIGHT)

    place_many([one.pk, two.pk], now=MIDNIGHT)

    assert Case.objects.count() == 1
    assert sorted(threads(Case.objects.get())) == [Channel.Kind.BLUESKY, Channel.Kind.TELEGRAM]


@pytest.mark.usefixtures("known_handle")
def test_an_answer_of_his_under_his_own_words_joins_their_case() -> None:
    first = posted(at=MIDNIGHT, opens_cases=True)

    mention = posted("Nessuna novità?", at=MIDNIGHT + 5 * MINUTE, parent=first.key)

    message = Message.objects.get(item=mention.item)
    assert message.proof == Message.Proof.SAME_THREAD
    assert message.case == Message.objects.get(item=first.item).case


@pytest.mark.usefixtures("known_handle")
def test_others_who_answer_under_his_words_stay_out_of_his_case() -> None:
    first = posted(at=MIDNIGHT, opens_cases=True)

    mention = posted("Anche a me!", handle="luca.example", parent=first.key)

    assert mention.standing == Mention.Standing.WAITING
    assert Message.objects.count() == 1


def test_a_monitor_that_opens_cases_opens_none_for_words_that_need_no_care() -> None:
    item = hear("Brava @alba!", sender=writer("luca.example"))
    mention = mention_of(item, needs_care=False, opens_cases=True)

    consider_mentions([mention.pk], now=MIDNIGHT)

    assert not Case.objects.exists()


def test_a_colleague_makes_a_case_of_a_mention_once(elena: Colleague) -> None:
    mention = mention_of(hear(POST, sender=writer("luca.example", name="Luca")))
    asked = {"team": make.team(), "assignee": elena, "subject": "Fibra giù", "by": elena}

    case = case_from_mention(mention, **asked, now=MIDNIGHT)  # type: ignore[arg-type] # as keywords
    again = case_from_mention(mention, **asked, now=MIDNIGHT)  # type: ignore[arg-type] # as above

    assert again == case
    assert Case.objects.count() == 1
    case.refresh_from_db()
    assert (case.subject, case.assignee) == ("Fibra giù", elena)
    assert case.customer.name == "Luca"
    mention.refresh_from_db()
    assert mention.identity is not None
    assert mention.identity.normal == "bluesky:did:plc:luca"
    assert mention.settled_by == elena


def test_a_post_that_names_no_author_can_be_made_a_case(elena: Colleague) -> None:
    item = hear(POST, sender=writer("luca.example"))
    Item.objects.filter(pk=item.pk).update(post={"key": item.post["key"], "parent": ""})
    item.refresh_from_db()
    mention = mention_of(item)

    case = case_from_mention(mention, team=make.team(), by=elena, now=MIDNIGHT)

    assert case.conversations.get().identity.normal.startswith("post:at://")


def test_considering_is_a_job_that_follows_the_mention() -> None:
    later("triage.consider_mentions", subjects=["mention:1"])
