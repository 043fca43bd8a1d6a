"""A colleague vouches for who somebody is: it counts, stands in the history, and goes back."""

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import Case, Message
from ascolto.cases.queries.ways import is_way_to_answer
from ascolto.cases.services import issue_link, link_for, revoke_link
from ascolto.cases.services.linking import link_addresses
from ascolto.channels.models import Outgoing
from ascolto.people.models import Merge
from ascolto.portal.queries import matter
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import answered, case_of, page

pytestmark = pytest.mark.django_db
WORK = "giulia@lavoro.example"


def answers_from(address: str, *, ours: str, number: int) -> Message:
    raw = make.mail(
        "Scrivo dal lavoro.",
        sender=f"Giulia <{address}>",
        message_id=f"<lavoro-{number}@example.org>",
        in_reply_to=ours,
    )
    item = make.receive(raw, now=timezone.now())
    return Message.objects.get(item=item)


@pytest.fixture
def strange(elena: Colleague) -> Message:
    case = case_of("Giulia Ferraris")
    answered(case, elena)
    ours = Outgoing.objects.latest("pk").message_id
    message = answers_from(WORK, ours=ours, number=1)
    assert message.proof == Message.Proof.OTHER_ADDRESS
    return message


def words_he_reads(case: Case) -> list[str]:
    token = issue_link(case, make.identity(), now=timezone.now())
    link = link_for(token, now=timezone.now())
    assert link is not None
    return [said.words for said in matter(link, now=timezone.now()).messages]


def test_a_confirmed_address_is_his_and_can_be_answered(desk: Client, strange: Message) -> None:
    case = strange.case
    assert "È davvero lui o lei" in page(desk, f"/casi/C-{case.pk}/")
    assert "Scrivo dal lavoro." not in words_he_reads(case)

    desk.post(f"/messaggi/{strange.pk}/conferma/")

    html = page(desk, f"/casi/C-{case.pk}/")
    assert f"Elena Sala ha confermato che {WORK} è del cliente." in html
    assert "È davvero lui o lei" not in html
    assert is_way_to_answer(strange.conversation, case)
    assert "Scrivo dal lavoro." in words_he_reads(case)
    ours = Outgoing.objects.latest("pk").message_id
    assert answers_from(WORK, ours=ours, number=2).proof == Message.Proof.TOKEN


def test_a_confirmation_taken_back_leaves_all_as_it_was(desk: Client, strange: Message) -> None:
    case = strange.case
    desk.post(f"/messaggi/{strange.pk}/conferma/")

    for _ in range(2):
        desk.post(f"/casi/C-{case.pk}/non-conferma/", {"thread": strange.conversation_id})

    strange.refresh_from_db()
    assert strange.proof == Message.Proof.OTHER_ADDRESS
    assert not is_way_to_answer(strange.conversation, case)
    assert Merge.objects.get().undone_at is not None
    assert "Scrivo dal lavoro." not in words_he_reads(case)
    assert "ha tolto la conferma" in page(desk, f"/casi/C-{case.pk}/")


def test_a_record_with_matters_of_its_own_is_not_joined(desk: Client, strange: Message) -> None:
    make.case(
        make.mail("Altro.", sender=f"Giulia <{WORK}>", message_id="<suo@example.org>"),
        now=timezone.now(),
    )

    desk.post(f"/messaggi/{strange.pk}/conferma/")

    strange.refresh_from_db()
    assert strange.proof == Message.Proof.TOKEN
    assert not Merge.objects.exists()


def test_a_link_that_was_declined_is_given_again_and_the_old_one_stays_dead(
    desk: Client,
) -> None:
    case, now = case_of("Giulia Ferraris"), timezone.now()
    identity = make.identity()
    token = issue_link(case, identity, now=now)
    link = link_for(token, now=now)
    assert link is not None
    revoke_link(link, now=now)
    assert link_addresses([(case, identity)], now=now) == [""]

    desk.post(f"/casi/C-{case.pk}/ricollega/", {"address": identity.value})

    assert link_addresses([(case, identity)], now=now) != [""]
    assert link_for(token, now=now) is None
    assert "ridà il collegamento a giulia@example.org" in page(desk, f"/casi/C-{case.pk}/")
