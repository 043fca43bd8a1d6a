"""Words that went into a case by themselves wake whoever is on duty, until somebody is at it."""

from datetime import timedelta

import pytest

from ascolto.alerts.models import Alert, Rule
from ascolto.cases.models import Case, Message
from ascolto.cases.services import assign, resolve
from ascolto.channels.models import Outgoing
from ascolto.channels.services import Errand, queue
from ascolto.listening.models import Mention
from ascolto.listening.services import alert, answered, answers_left
from ascolto.people.models import Identity
from ascolto.staff.models import Colleague
from ascolto.triage.mentions import seen_to
from ascolto.triage.services import consider_mentions
from tests import make
from tests.alerts.builders import rule
from tests.triage.public import hear, mention_of, writer

pytestmark = pytest.mark.django_db
SOON = make.NOON + timedelta(minutes=3)
ASKED = "Buonasera, da stasera la fibra non funziona e il modem ha la luce rossa."


@pytest.fixture
def elena() -> Colleague:
    return make.colleague(teams=(make.team(),))


@pytest.fixture
def mention() -> Mention:
    """Giulia asked by mail, and then in public; her handle is known."""
    Identity.objects.create(
        customer=make.customer(), kind=Identity.Kind.HANDLE, value="@giulia.example",
        normal="@giulia.example", first_seen_at=make.NOON,
    )  # fmt: skip
    make.case(make.mail(ASKED))
    rule(Rule.Kind.NEEDS_CARE)
    return mention_of(hear(f"@alba {ASKED}", sender=writer("giulia.example")))


def alerts() -> list[bool]:
    """Which alerts there are, and whether each still stands."""
    return [one.stands for one in Alert.objects.order_by("pk")]


@pytest.mark.parametrize("alert_first", [True, False])
def test_whichever_worker_is_quicker_there_is_one_alert(
    mention: Mention, *, alert_first: bool
) -> None:
    for deed in (alert, consider_mentions) if alert_first else (consider_mentions, alert):
        deed([mention.pk], now=make.NOON)

    assert alerts() == [True]
    mention.refresh_from_db()
    assert mention.standing == Mention.Standing.CASE
    assert Message.objects.get(item=mention.item).case == Case.objects.get()


def test_whoever_takes_the_case_ends_the_alert(mention: Mention, elena: Colleague) -> None:
    alert([mention.pk], now=make.NOON)
    [case] = consider_mentions([mention.pk], now=make.NOON)

    assert seen_to([case.pk], now=SOON) == 0
    assign(case, to=elena, by=elena, now=SOON)

    assert seen_to([case.pk], now=SOON) == 1
    assert alerts() == [False]


def test_a_case_that_is_over_alerts_nobody_any_more(mention: Mention, elena: Colleague) -> None:
    alert([mention.pk], now=make.NOON)
    [case] = consider_mentions([mention.pk], now=make.NOON)
    resolve(case, by=elena, reason="sentita al telefono", now=SOON)

    assert seen_to([case.pk], now=SOON) == 1


def test_an_answer_in_public_ends_the_alert(mention: Mention) -> None:
    alert([mention.pk], now=make.NOON)
    consider_mentions([mention.pk], now=make.NOON)

    answered([mention.pk], now=SOON)

    assert alerts() == [False]


def test_what_was_answered_meanwhile_alerts_nobody(mention: Mention) -> None:
    consider_mentions([mention.pk], now=make.NOON)
    answered([mention.pk], now=SOON)

    alert([mention.pk], now=SOON)

    assert alerts() == []


@pytest.mark.parametrize(("public", "is_answer"), [(True, True), (False, False)])
def test_where_the_answer_is_told_in_public_is_an_answer_and_a_receipt_is_none(
    mention: Mention, *, public: bool, is_answer: bool
) -> None:
    consider_mentions([mention.pk], now=make.NOON)
    mention.refresh_from_db()
    assert mention.identity is not None
    errand = Errand(
        key="pointer-1", channel=mention.channel, identity=mention.identity, text="Risposto",
        automatic=True, public=public, answers=mention.item.post["answerable"],
    )  # fmt: skip
    told = queue(errand, now=make.NOON)
    Outgoing.objects.update(sent_at=SOON)

    answers_left([told.pk], now=SOON)

    mention.refresh_from_db()
    assert (mention.answered_at == SOON) is is_answer
