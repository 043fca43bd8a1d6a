"""Story 1: he asks at midnight, and three minutes later he has his answer.

The e-mail half of the story stands here; the public post, the recognition across channels and
the alert on a phone join it with the listening.
"""

from datetime import UTC, datetime, timedelta

import pytest

from ascolto.cases.models import Case, Message
from ascolto.cases.services import answer, answer_left
from ascolto.channels.models import Evidence
from ascolto.channels.services import deliver
from ascolto.promises.models import Promise
from ascolto.staff.models import Calendar, Team
from ascolto.timeline.queries import history_of
from tests import make

pytestmark = pytest.mark.django_db
MIDNIGHT = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)  # 00:00 in Rome
THREE_MINUTES_LATER = MIDNIGHT + timedelta(minutes=3)


@pytest.fixture
def race_office() -> Team:
    """An organisation of five, with a phone, that promises an answer round the clock."""
    make.company(name="Granfondo delle Cime")
    night_and_day = Calendar.objects.create(name="Sempre", round_the_clock=True)
    return Team.objects.create(
        name="Iscrizioni", calendar=night_and_day, first_answer_minutes=15, next_answer_minutes=15
    )


def test_a_question_at_midnight_is_answered_in_three_minutes(race_office: Team) -> None:
    office = make.mailbox("iscrizioni", of=race_office)
    anna = make.colleague("Anna Zardini", teams=(race_office,))
    question = make.mail(
        "Posso partecipare con il certificato dell’anno scorso?",
        subject="Criteri di partecipazione",
        sender="Maurizio Conti <maurizio@example.org>",
    )

    # 00:00 — he writes. It is a case, with a clock that runs at night too.
    case = make.case(question, channel=office, now=MIDNIGHT)
    assert case.due_at == MIDNIGHT + timedelta(minutes=15)

    # 00:03 — somebody who sees the whole history answers once, from wherever she is.
    said = answer(case, author=anna, text="Sì, vale fino a luglio.", now=THREE_MINUTES_LATER)
    assert said.outgoing is not None
    left = THREE_MINUTES_LATER + timedelta(seconds=11)
    deliver(said.outgoing.pk, now=left)
    answer_left(said.outgoing.pk)

    # The promise is kept, the time is measured, and there is evidence that it left.
    promise = Promise.objects.get()
    assert promise.ending == Promise.Ending.KEPT
    assert promise.ended_at == left
    assert Evidence.objects.filter(outgoing=said.outgoing).exists()


def test_what_he_writes_next_is_the_same_matter(race_office: Team) -> None:
    office = make.mailbox("iscrizioni", of=race_office)
    anna = make.colleague("Anna Zardini", teams=(race_office,))
    case = make.case(make.mail(), channel=office, now=MIDNIGHT)
    said = answer(case, author=anna, text="Sì.", now=THREE_MINUTES_LATER)
    assert said.outgoing is not None

    make.receive(
        make.mail("Perfetto!", message_id="<due@x.example>", in_reply_to=said.outgoing.message_id),
        channel=office,
        now=THREE_MINUTES_LATER + timedelta(minutes=5),
    )

    assert Case.objects.count() == 1
    spoken = Message.objects.exclude(outgoing__automatic=True).order_by("at", "pk")
    assert [message.proof for message in spoken] == [
        Message.Proof.OPENED,
        Message.Proof.OURS,
        Message.Proof.TOKEN,
    ]


def test_the_same_message_delivered_twice_exists_once(race_office: Team) -> None:
    office = make.mailbox("iscrizioni", of=race_office)
    case = make.case(make.mail(), channel=office, now=MIDNIGHT)

    make.receive(make.mail(), channel=office, now=THREE_MINUTES_LATER)

    heard = [deed for deed in history_of(case.reference) if deed.kind == "cases.heard"]
    assert len(heard) == 1
