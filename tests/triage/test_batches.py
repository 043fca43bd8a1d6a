"""Many messages at once end exactly where they would have ended one by one."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from ascolto.cases.models import Case, Conversation, MatterLink, Message
from ascolto.cases.services import answer
from ascolto.channels.adapters.email.keys import external_id
from ascolto.channels.models import Channel, Item, Outgoing
from ascolto.channels.services import Letter, accept_many
from ascolto.kit.work import running_inline
from ascolto.people.models import Customer, Identity
from ascolto.pressure.models import Decision
from ascolto.promises.models import ClockFact, Promise
from ascolto.staff.models import Calendar, Closure, Opening, Team
from ascolto.timeline.queries import history_of
from ascolto.triage.services import place_many
from tests import make

pytestmark = pytest.mark.django_db

WRITERS = ("Giulia Ferraris <giulia@example.org>", "Marta Riva <marta@example.org>")
OURS = "ours"


@dataclass(frozen=True, slots=True)
class Written:
    """A mail of the example: who wrote it, its number, and what it answers."""

    writer: int
    number: int
    answers: int | str | None
    by_machine: bool

    def raw(self, ours: str) -> bytes:
        parent = ours if self.answers == OURS else f"<{self.answers}@example.org>"
        return make.mail(
            f"Messaggio {self}",
            subject="C-1 Fibra giù" if self.number == 3 else f"Fibra giù {self.number}",
            sender=WRITERS[self.writer],
            message_id=f"<{self.number}@example.org>",
            in_reply_to="" if self.answers is None else parent,
            headers={"Auto-Submitted": "auto-replied"} if self.by_machine else None,
        )


MAILS = st.builds(
    Written,
    writer=st.sampled_from([0, 1]),
    number=st.integers(0, 4),
    answers=st.one_of(st.none(), st.integers(0, 4), st.just(OURS)),
    by_machine=st.sampled_from([False, False, False, True]),
)


def bring(raws: Iterable[bytes], box: Channel | None = None) -> None:
    mailbox = box or make.mailbox()
    letters = [Letter(mailbox.pk, raw, external_id(raw)) for raw in raws]
    with transaction.atomic(), running_inline():
        accept_many(letters, now=make.NOON)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def state() -> dict[str, list[Any]]:
    """All that the messages left behind, without the numbers the database gave."""
    names = {case.pk: _name(case) for case in Case.objects.all()}
    threads = Conversation.objects.values_list("case", "channel__name", "identity__normal")
    promises = Promise.objects.values_list("subject", "kind", "started_at", "warn_at", "due_at")
    return {
        "people": sorted(Customer.objects.values_list("name", "identities__normal")),
        "items": sorted(Item.objects.values_list("text", "kind", "identity__normal")),
        "cases": sorted(
            (names[case.pk], case.subject, case.waiting_since, case.due_at, case.last_words)
            for case in Case.objects.all()
        ),
        "threads": sorted((names[case], *rest) for case, *rest in threads),
        "messages": sorted(
            (names[one.case_id], one.proof, one.item.text if one.item else "", one.at == make.NOON)
            for one in Message.objects.select_related("item")
        ),
        "promises": sorted((names[int(ref[5:])], *rest) for ref, *rest in promises),
        "outgoing": sorted(
            (one.identity.normal, one.in_reply_to, one.references, one.verdict)
            for one in Outgoing.objects.select_related("identity")
        ),
        "history": sorted(
            (name, deed.kind)
            for pk, name in names.items()
            for deed in history_of(f"case:{pk}")
            if deed.kind
            != "triage.claims_case"  # the number of a case is not that of the other run
        ),
        "counts": [model.objects.count() for model in (Identity, Decision, MatterLink, ClockFact)],
    }


def _name(case: Case) -> str:
    first = Message.objects.filter(case=case, item__isnull=False).order_by("pk")[0]
    return first.item.arrival.external_id if first.item else ""


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(mails=st.lists(MAILS, min_size=1, max_size=8))
def test_a_batch_ends_where_its_messages_would_have_ended_one_by_one(mails: list[Written]) -> None:
    with undone():
        case = make.case(make.mail(message_id="<prima@example.org>"))
        ours = answer(case, author=make.colleague(), text="Ci siamo.", now=make.NOON).outgoing
        assert ours is not None
        raws = [mail.raw(ours.message_id) for mail in mails]
        with undone():
            for raw in raws:
                bring([raw])
            one_by_one = state()

        bring(raws)

        assert state() == one_by_one


@pytest.mark.parametrize("child_first", [False, True])
def test_a_mail_and_its_answer_in_one_batch_are_one_case(*, child_first: bool) -> None:
    parent = make.mail(message_id="<uno@example.org>")
    child = make.mail("E ancora.", message_id="<due@example.org>", in_reply_to="<uno@example.org>")

    bring([child, parent] if child_first else [parent, child])

    assert Case.objects.count() == 1
    assert Message.objects.filter(item__isnull=False).count() == 2
    assert Promise.objects.count() == 1
    assert Outgoing.objects.count() == 1


def test_the_same_mail_twice_in_a_batch_is_one_message() -> None:
    bring([make.mail(), make.mail()])

    assert (Item.objects.count(), Case.objects.count()) == (1, 1)


def test_two_answers_open_a_resolved_case_again_once() -> None:
    case = make.case()
    Case.objects.filter(pk=case.pk).update(resolved_at=make.NOON, waiting_since=None)

    bring(
        make.mail(f"Di nuovo {n}", message_id=f"<{n}@example.org>", in_reply_to="<uno@example.org>")
        for n in range(2)
    )

    kinds = [deed.kind for deed in history_of(case.reference)]
    assert kinds.count("cases.reopened") == 1
    assert kinds.count("cases.heard") == 3


def test_a_batch_says_no_more_than_one_word_to_an_address() -> None:
    bring([make.mail(f"Numero {n}", message_id=f"<{n}@example.org>") for n in range(3)])

    assert Case.objects.count() == 3
    assert Outgoing.objects.filter(automatic=True).count() == 1


def test_items_that_have_a_place_keep_it() -> None:
    bring(fifty()[:2])
    items = list(Item.objects.order_by("pk").values_list("pk", flat=True))

    assert place_many(items, now=make.NOON) == []
    assert Message.objects.filter(item__isnull=False).count() == 2


def test_a_mail_for_a_team_that_never_opens_delays_no_other() -> None:
    closed = Calendar.objects.create(name="Chiuso")
    Opening.objects.create(calendar=closed, weekday=0, opens=540, closes=1080)
    Closure.objects.bulk_create(
        Closure(calendar=closed, closed_on=make.NOON.date() + timedelta(days=day))
        for day in range(800)
    )
    nobody = make.mailbox("chiuso", of=Team.objects.create(name="Nessuno", calendar=closed))
    letters = [
        Letter(box.pk, raw, external_id(raw))
        for box, raw in zip((nobody, make.mailbox()), fifty(), strict=False)
    ]

    with transaction.atomic(), running_inline(queue_failures=True) as inline:
        accept_many(letters, now=make.NOON)

    assert Item.objects.count() == 2
    assert Message.objects.get(item__isnull=False).case.team.name == "Assistenza"
    assert [job.name for job, _ in inline.failures] == ["triage.place_items"]


def fifty(first: int = 0) -> list[bytes]:
    return [
        make.mail(sender=f"Cliente <c{n}@example.org>", message_id=f"<{n}@example.org>")
        for n in range(first, first + 50)
    ]


def test_fifty_messages_cost_about_as_many_statements_as_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    make.case(make.mail(message_id="<prima@example.org>"))
    box = make.mailbox()

    with django_assert_max_num_queries(54):
        bring(fifty(), box)

    assert Outgoing.objects.filter(automatic=True).count() == 51


def test_one_message_costs_few_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    make.case()
    box = make.mailbox()

    with django_assert_max_num_queries(46):
        bring(fifty()[:1], box)


def test_fifty_answers_cost_about_as_many_statements_as_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    box = make.mailbox()
    bring(fifty(), box)
    raws = [
        make.mail(
            sender=f"Cliente <c{n}@example.org>",
            message_id=f"<{n}b@example.org>",
            in_reply_to=f"<{n}@example.org>",
        )
        for n in range(50)
    ]

    with django_assert_max_num_queries(33):
        bring(raws, box)

    assert Case.objects.count() == 50
