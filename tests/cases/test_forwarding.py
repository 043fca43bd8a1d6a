"""What goes to somebody outside, and what comes back, is not for the customer's eyes."""

from email import message_from_bytes
from email.message import EmailMessage

import pytest

from ascolto.cases.models import Case, Draft, Message
from ascolto.cases.queries.ways import way_to_answer
from ascolto.cases.services import (
    ToTheCustomer,
    answer_left,
    forward,
    issue_link,
    link_for,
    save_draft,
    undo_answer,
)
from ascolto.channels.adapters.email.compose import compose
from ascolto.channels.models import Outgoing
from ascolto.channels.services.parcels import parcel_of
from ascolto.portal.queries import matter
from ascolto.promises.models import Promise
from tests import make

pytestmark = pytest.mark.django_db
EXPERT = "perito@example.net"


def a_case_with_a_file() -> Case:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Giulia Ferraris <giulia@example.org>", "assistenza@alba.example"
    mail["Subject"], mail["Message-ID"] = "Contatore", "<contatore@example.org>"
    mail.set_content("Le mando la foto del contatore.")
    mail.add_attachment(b"letture", maintype="text", subtype="plain", filename="letture.txt")
    return make.case(mail.as_bytes())


def forwarded(case: Case, *, to: str = EXPERT) -> Outgoing:
    heard = case.messages.get(item__isnull=False)
    elena = make.colleague()
    said = forward(heard, author=elena, to=to, text="Che ne dice?", now=make.NOON)
    assert said.outgoing is not None
    return said.outgoing


def answered_by_the_expert(outgoing: Outgoing) -> Message:
    item = make.receive(
        make.mail(
            "È da cambiare.",
            sender=f"Perito Russo <{EXPERT}>",
            message_id="<perito@example.net>",
            in_reply_to=outgoing.message_id,
        )
    )
    return Message.objects.get(item=item)


def test_a_forward_quotes_the_message_and_takes_its_files_along() -> None:
    outgoing = forwarded(a_case_with_a_file())

    mail = message_from_bytes(compose(parcel_of(outgoing)))

    assert mail["To"] == EXPERT or EXPERT in mail["To"]
    assert mail["Subject"] == "Fwd: Contatore"
    assert "Da: Giulia Ferraris <giulia@example.org>" in outgoing.text
    assert outgoing.text.startswith("Che ne dice?")
    assert "Le mando la foto del contatore." in outgoing.text
    assert [file.name for file in outgoing.enclosures.all()] == ["letture.txt"]


def test_a_forward_carries_no_link_to_the_customers_page() -> None:
    assert "/p/" not in parcel_of(forwarded(make.case())).text


def test_a_forward_answers_nobody() -> None:
    case = make.case()
    outgoing = forwarded(case)
    Outgoing.objects.filter(pk=outgoing.pk).update(sent_at=make.NOON)

    answer_left(outgoing.pk)

    case.refresh_from_db()
    assert case.waiting_since == make.NOON
    assert Promise.objects.filter(kind="FIRST_ANSWER", ended_at=None).exists()


def test_what_the_expert_answers_lands_in_the_case() -> None:
    case = make.case()

    assert answered_by_the_expert(forwarded(case)).case_id == case.pk


def test_our_next_answer_still_goes_to_the_customer() -> None:
    case = make.case()
    answered_by_the_expert(forwarded(case))

    way = way_to_answer(case)

    assert way is not None
    assert way.identity.value == "giulia@example.org"


def test_the_customer_sees_neither_the_forward_nor_what_comes_back() -> None:
    case = make.case()
    outgoing = forwarded(case)
    Outgoing.objects.filter(pk=outgoing.pk).update(sent_at=make.NOON)
    answered_by_the_expert(outgoing)
    giulia = case.messages.earliest("pk").conversation.identity
    link = link_for(issue_link(case, giulia, now=make.NOON), now=make.NOON)
    assert link is not None

    shown = matter(link, now=make.NOON).messages

    own = [one for one in shown if not one.automatic]
    assert [one.words for one in own] == ["Buonasera, da stasera la fibra non funziona."]


def test_a_forward_to_the_customer_is_refused() -> None:
    with pytest.raises(ToTheCustomer):
        forwarded(make.case(), to="Giulia@example.org")


def test_a_forward_called_back_is_a_draft_of_a_forward_again() -> None:
    case = make.case()
    outgoing = forwarded(case)

    draft = undo_answer(outgoing.message.pk, by=make.colleague(), now=make.NOON)

    assert draft is not None
    assert (draft.kind, draft.to) == ("FORWARD", EXPERT)


def test_a_forward_uses_its_own_draft_up() -> None:
    case, elena = make.case(), make.colleague()
    for kind in (Draft.Kind.FORWARD, Draft.Kind.REPLY):
        save_draft(case, author=elena, kind=kind, text="…", now=make.NOON)

    forwarded(case)

    assert [draft.kind for draft in Draft.objects.all()] == ["REPLY"]
