from datetime import timedelta

import pytest

from ascolto.administration.services.identities import NoReason
from ascolto.administration.services.merging import (
    SameRecord,
    merge_customers,
    unmerge_customers,
)
from ascolto.administration.services.remembering import (
    NothingSaid,
    add_note,
    add_statement,
    withdraw_note,
    withdraw_statement,
)
from ascolto.cases.queries.customer_page import customer_page
from ascolto.people.models import Customer
from ascolto.staff.models import Colleague
from ascolto.timeline.queries import history_of
from tests import make

pytestmark = pytest.mark.django_db
LATER = make.NOON + timedelta(hours=1)


@pytest.fixture
def elena() -> Colleague:
    return make.colleague("Elena Sala", teams=(make.team(),))


def _case_of(name: str, text: str, message_id: str) -> Customer:
    address = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    raw = make.mail(text, sender=f"{name} <{address}>", message_id=message_id)
    return make.case(raw).customer


def _heard(customer: Customer, elena: Colleague) -> list[str]:
    page = customer_page(customer.pk, elena, voice="heard", now=LATER)
    assert page is not None
    return [row.message.words.strip() for row in page.told.rows]  # type: ignore[union-attr] # heard ones are messages


def _kinds(customer: Customer) -> list[str]:
    return [deed.kind for deed in history_of(f"customer:{customer.pk}")]


def test_what_he_told_us_is_kept_with_who_heard_it(elena: Colleague) -> None:
    giulia = make.customer("Giulia Ferraris")

    said = add_statement(giulia, " Mai prima\ndelle 9 ", where="telefono", by=elena, now=make.NOON)

    assert (said.text, said.where, said.heard_by) == ("Mai prima delle 9", "telefono", elena)
    assert _kinds(giulia) == ["people.statement_added"]


def test_a_word_that_holds_no_longer_stays_with_who_withdrew_it(elena: Colleague) -> None:
    said = add_statement(
        make.customer("Giulia"), "A marzo trasloca", where="", by=elena, now=make.NOON
    )

    withdraw_statement(said, by=elena, now=LATER)
    withdraw_statement(said, by=elena, now=LATER + timedelta(hours=1))

    said.refresh_from_db()
    assert (said.withdrawn_at, said.withdrawn_by) == (LATER, elena)
    assert _kinds(said.customer) == ["people.statement_added", "people.statement_withdrawn"]


def test_nothing_is_not_written_down(elena: Colleague) -> None:
    giulia = make.customer("Giulia")

    with pytest.raises(NothingSaid):
        add_statement(giulia, " \n ", where="", by=elena, now=make.NOON)
    with pytest.raises(NothingSaid):
        add_note(giulia, " ", by=elena, now=make.NOON)


def test_a_note_among_colleagues_can_be_withdrawn(elena: Colleague) -> None:
    note = add_note(make.customer("Giulia"), "Preferisce Elena.", by=elena, now=make.NOON)

    withdraw_note(note, by=elena, now=LATER)

    note.refresh_from_db()
    assert note.withdrawn_at == LATER
    assert _kinds(note.customer) == ["people.note_added", "people.note_withdrawn"]


def test_two_records_read_as_one_are_whole_again_when_read_apart(elena: Colleague) -> None:
    giulia = _case_of("Giulia Ferraris", "Fibra giù.", "<a@example.org>")
    ufficio = _case_of("Studio Ferraris", "La fattura?", "<b@example.org>")

    merge = merge_customers(
        ufficio, into=giulia, reason="Stesso telefono in firma", by=elena, now=make.NOON
    )
    assert _heard(giulia, elena) == _heard(ufficio, elena) == ["La fattura?", "Fibra giù."]
    # What comes in between stays with the record whose address it came from.
    _case_of("Studio Ferraris", "E il rimborso?", "<c@example.org>")
    assert len(_heard(giulia, elena)) == 3
    unmerge_customers(merge, by=elena, now=LATER)

    assert _heard(giulia, elena) == ["Fibra giù."]
    assert _heard(ufficio, elena) == ["E il rimborso?", "La fattura?"]


def test_both_histories_tell_of_a_merge_and_of_its_end_once(elena: Colleague) -> None:
    giulia, luca = make.customer("Giulia"), make.customer("Luca Moretti")

    merge = merge_customers(luca, into=giulia, reason="Marito e moglie?", by=elena, now=make.NOON)
    assert unmerge_customers(merge, by=elena, now=LATER)
    assert not unmerge_customers(merge, by=elena, now=LATER)

    assert _kinds(giulia) == _kinds(luca) == ["people.merged", "people.unmerged"]


def test_a_merge_needs_a_reason_and_two_records(elena: Colleague) -> None:
    giulia, luca = make.customer("Giulia"), make.customer("Luca Moretti")

    with pytest.raises(NoReason):
        merge_customers(luca, into=giulia, reason=" ", by=elena, now=make.NOON)
    with pytest.raises(SameRecord):
        merge_customers(luca, into=luca, reason="Lo stesso", by=elena, now=make.NOON)
