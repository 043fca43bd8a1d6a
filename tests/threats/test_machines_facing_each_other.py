"""T22: machines do not chat with machines, and none of them opens what people have closed."""

import pytest
from django.utils import timezone

from ascolto.cases.models import Case, Message
from ascolto.cases.services import resolve
from ascolto.channels.models import Channel, Item, Outgoing
from ascolto.channels.services import deliver
from tests import make
from tests.threats.post import PostOffice, opened, post_office

pytestmark = pytest.mark.django_db
ROUNDS = 10


def said_by_us() -> int:
    return Outgoing.objects.filter(automatic=True).count()


def sent_now(office: PostOffice) -> bytes | None:
    """What we have just said by ourselves, as it goes over the wire; None if nothing."""
    waiting = Outgoing.objects.filter(automatic=True, sent_at=None, failed_at=None).first()
    if waiting is None:
        return None
    deliver(waiting.pk, now=timezone.now())
    return office.sent[-1]


def test_two_houses_facing_each_other_exchange_one_receipt() -> None:
    here = make.mailbox()
    there = make.mailbox("vendite")
    first = make.mail(sender=f"La Beta <{there.address}>", to=here.address)

    with post_office() as office:
        make.receive(first, channel=here, now=timezone.now())
        sides: list[Channel] = [there, here]
        for turn in range(ROUNDS):
            raw = sent_now(office)
            if raw is None:
                break
            make.receive(raw, channel=sides[turn % 2], now=timezone.now())

    assert len(office.sent) == said_by_us() == 1
    assert Item.objects.filter(kind=Item.Kind.AUTO).count() == 1
    assert Case.objects.count() == 1


@pytest.mark.parametrize("quotes", [True, False])
def test_a_holiday_notice_that_hides_what_it_is_gets_no_more_than_the_first_receipt(
    *, quotes: bool
) -> None:
    """It carries none of the headers that machines should carry."""
    with post_office() as office:
        make.receive(make.mail(), now=timezone.now())
        for turn in range(ROUNDS):
            raw = sent_now(office)
            if raw is None:
                break
            answer = make.mail(
                "Sono in ferie fino al 31.",
                subject=f"Re: {opened(raw)['Subject']}" if quotes else "Assente",
                message_id=f"<ferie-{turn}@example.org>",
                in_reply_to=str(opened(raw)["Message-ID"]) if quotes else "",
            )
            make.receive(answer, now=timezone.now())

    assert said_by_us() == 1


def test_what_we_say_by_ourselves_says_so() -> None:
    with post_office() as office:
        make.receive(make.mail(), now=timezone.now())
        raw = sent_now(office)

    assert raw is not None
    mail = opened(raw)
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"


def test_an_automatic_answer_does_not_open_a_resolved_case_again() -> None:
    with post_office() as office:
        case = make.case(now=timezone.now())
        raw = sent_now(office)
        assert raw is not None
        resolve(case, by=make.colleague(), now=timezone.now(), reason="Fatto.")
        before = Message.objects.count()
        notice = make.mail(
            "Sono in ferie.",
            message_id="<ferie@example.org>",
            in_reply_to=str(opened(raw)["Message-ID"]),
            headers={"Auto-Submitted": "auto-replied"},
        )
        make.receive(notice, now=timezone.now())

    case.refresh_from_db()
    assert case.resolved_at is not None
    assert Message.objects.count() == before
    assert sent_now(PostOffice()) is None
