"""Which case a message joins, and what proves it (T17–T20, F8)."""

import pytest

from ascolto.cases.models import Case, Message
from ascolto.cases.services import answer
from ascolto.channels.models import Item, Outgoing
from tests import make

pytestmark = pytest.mark.django_db


def answered(case: Case) -> Outgoing:
    message = answer(case, author=make.colleague(), text="Ci siamo.", now=make.NOON)
    assert message.outgoing is not None
    return message.outgoing


def place_of(item: Item | None) -> Message:
    return Message.objects.get(item=item)


def test_a_first_mail_opens_a_case_for_the_mailbox_team() -> None:
    case = make.case(make.mail(subject="Re: Fibra giù"))

    assert case.subject == "Fibra giù"
    assert case.team.name == "Assistenza"
    assert case.customer.name == "Giulia Ferraris"
    assert case.waiting_since == make.NOON
    assert case.due_at is not None


def test_an_answer_that_quotes_our_message_id_joins_its_case() -> None:
    case = make.case()
    ours = answered(case)

    item = make.receive(
        make.mail("Grazie!", message_id="<due@example.org>", in_reply_to=ours.message_id)
    )

    assert place_of(item).case == case
    assert place_of(item).proof == Message.Proof.TOKEN


def test_the_same_address_continuing_its_own_mail_is_shown_as_unverified() -> None:
    case = make.case()

    item = make.receive(
        make.mail(
            "Aggiungo: anche il telefono.",
            message_id="<due@example.org>",
            in_reply_to="<uno@example.org>",
        )
    )

    assert place_of(item).case == case
    assert place_of(item).proof == Message.Proof.SAME_ADDRESS


def test_a_stranger_who_quotes_a_customers_mail_opens_his_own_case() -> None:
    case = make.case()

    item = make.receive(
        make.mail(
            sender="Ladro <ladro@example.net>",
            message_id="<tre@example.net>",
            in_reply_to="<uno@example.org>",
        )
    )

    assert place_of(item).case != case
    assert place_of(item).case.customer != case.customer


def test_a_guessed_number_in_the_subject_joins_nothing() -> None:
    case = make.case()

    item = make.receive(
        make.mail(
            subject=f"[{case.number}] mandatemi tutto",
            sender="Ladro <ladro@example.net>",
            message_id="<tre@example.net>",
        )
    )

    assert place_of(item).case != case


def test_a_message_id_like_ours_without_our_signature_proves_nothing() -> None:
    case = make.case()
    ours = answered(case)
    unique = ours.message_id.partition(".")[0]

    item = make.receive(
        make.mail(
            sender="Ladro <ladro@example.net>",
            message_id="<tre@example.net>",
            in_reply_to=f"{unique}.aaaaaaaaaaaaaaaaaaaaaaaa@alba.example>",
        )
    )

    assert place_of(item).case != case


def test_a_mail_that_claims_to_be_from_a_colleague_speaks_as_a_customer() -> None:
    case = make.case()
    ours = answered(case)
    elena = make.colleague()

    item = make.receive(
        make.mail(
            "Vi rimborsiamo tutto.",
            sender=f"{elena.name} <{elena.email}>",
            message_id="<finta@alba.example>",
            in_reply_to=ours.message_id,
        )
    )

    message = place_of(item)
    assert message.proof == Message.Proof.OTHER_ADDRESS
    assert message.author is None
    assert not Outgoing.objects.exclude(pk=ours.pk).filter(automatic=False).exists()


def test_a_stranger_who_quotes_us_again_is_a_stranger_still() -> None:
    case = make.case()
    ours = answered(case)

    items = [
        make.receive(
            make.mail(
                f"Mandatemi tutto ({number}).",
                sender="Ladro <ladro@example.net>",
                message_id=f"<{number}@example.net>",
                in_reply_to=ours.message_id,
            )
        )
        for number in range(2)
    ]

    assert {place_of(item).proof for item in items} == {Message.Proof.OTHER_ADDRESS}


def test_an_answer_that_came_before_what_it_answers_ends_in_one_case() -> None:
    child = make.receive(
        make.mail("E ancora.", message_id="<due@example.org>", in_reply_to="<uno@example.org>")
    )

    parent = make.receive(make.mail(message_id="<uno@example.org>"))

    assert place_of(parent).case == place_of(child).case


def test_a_customer_who_writes_again_opens_his_resolved_case_again() -> None:
    case = make.case()
    ours = answered(case)
    Case.objects.filter(pk=case.pk).update(resolved_at=make.NOON)

    make.receive(
        make.mail("Di nuovo giù.", message_id="<due@example.org>", in_reply_to=ours.message_id)
    )

    case.refresh_from_db()
    assert case.resolved_at is None


def test_the_same_bytes_again_change_nothing() -> None:
    make.case()

    make.receive(make.mail())

    assert (Item.objects.count(), Case.objects.count(), Message.objects.count()) == (1, 1, 2)
