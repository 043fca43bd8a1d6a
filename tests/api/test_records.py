import pytest

from ascolto.people.models import Identity
from ascolto.staff.models import Colleague
from ascolto.timeline.queries import history_of
from tests import make
from tests.api.callers import caller, refusal, said

pytestmark = pytest.mark.django_db


def test_a_record_changes_where_it_is_told_to() -> None:
    giulia, program = make.customer(), caller()

    changed = said(program.patch(f"/customers/{giulia.pk}", {"about": "Fibra", "language": "en"}))

    assert (changed["name"], changed["about"], changed["language"]) == (
        "Giulia Ferraris",
        "Fibra",
        "en",
    )
    assert "people.changed" in {deed.kind for deed in history_of(f"customer:{giulia.pk}")}


def test_what_he_told_us_is_kept_and_withdrawn() -> None:
    giulia, program = make.customer(), caller()
    place = f"/customers/{giulia.pk}/statements"

    told = said(program.post(place, {"text": "Sono sorda.", "where": "telefono"}))
    gone = program.delete(f"{place}/{told['id']}")

    assert said(gone)["withdrawn_at"] is not None
    assert [one["text"] for one in said(program.get(place))] == ["Sono sorda."]
    assert refusal(program.post(place, {"text": "  "})) == (422, "nothing_said")


def test_colleagues_leave_each_other_a_word() -> None:
    giulia, program = make.customer(), caller()

    program.post(f"/customers/{giulia.pk}/notes", {"text": "Chiamarla la mattina."})

    notes = said(program.get(f"/customers/{giulia.pk}/notes"))
    assert [note["text"] for note in notes] == ["Chiamarla la mattina."]


def test_a_way_to_reach_him_is_added_vouched_for_and_taken_away() -> None:
    giulia, program = make.customer(), caller()
    make.customer("Marta Riva")
    place = f"/customers/{giulia.pk}/identities"

    added = said(program.post(place, {"kind": "PHONE", "value": "347 1234567"}))
    vouched = said(program.post(f"{place}/{added['id']}/verify", {"reason": "Ha richiamato"}))
    left = said(program.delete(f"{place}/{added['id']}"))

    assert vouched["verified_at"] is not None
    assert [one["value"] for one in left["identities"]] == ["giulia@example.org"]
    taken = program.post(place, {"value": "marta@example.org"})
    assert refusal(taken) == (409, "identity_taken")
    assert refusal(program.post(place, {"value": "chissà"})) == (422, "not_an_identity")


def test_an_address_with_a_history_stays() -> None:
    case, program = make.case(), caller()
    his = Identity.objects.get(customer=case.customer)

    response = program.delete(f"/customers/{case.customer_id}/identities/{his.pk}")

    assert refusal(response) == (409, "identity_in_use")


def test_two_records_are_joined_and_parted() -> None:
    giulia, other, program = make.customer(), make.customer("Giulia2 Ferraris"), caller()
    place = f"/customers/{other.pk}/merge"

    joined = program.post(place, {"into": giulia.pk, "reason": "La stessa"})
    twice = program.post(place, {"into": giulia.pk, "reason": "La stessa"})
    both = said(program.get(f"/customers/{giulia.pk}"))["identities"]
    parted = said(program.delete(place))

    assert joined.status_code == 201
    assert refusal(twice) == (409, "already_merged")
    assert len(both) == 2
    assert parted["undone_at"] is not None
    assert refusal(program.delete(place)) == (404, "not_found")


def test_a_helper_changes_nobody() -> None:
    giulia = make.customer()
    helper = caller("Piero Lupi", role=Colleague.Role.HELPER)

    response = helper.post(f"/customers/{giulia.pk}/notes", {"text": "Ciao"})

    assert refusal(response) == (403, "not_allowed")
