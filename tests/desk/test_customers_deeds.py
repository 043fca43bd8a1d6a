import pytest
from django.test import Client
from django.utils import timezone

from ascolto.administration.services.identities import add_identity
from ascolto.people.models import Customer, CustomerNote, Identity, Merge, Statement
from ascolto.people.policy import Sender
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import case_of, page, reserved_case
from tests.desk.conftest import browser_of

pytestmark = pytest.mark.django_db
DETAILS = {"name": "Luca Moretti", "kind": "PERSON", "language": "it"}


def _text(response: object) -> str:
    return bytes(getattr(response, "content", b"")).decode().replace("&#x27;", "'")


def test_customers_are_listed_newest_first_with_their_open_cases(desk: Client) -> None:
    case_of("Giulia Ferraris", minutes_ago=9)
    luca = make.customer("Luca Moretti")

    shown = page(desk, "/clienti/")

    assert shown.index("Luca Moretti") < shown.index("Giulia Ferraris")
    assert "1 caso aperto" in shown
    assert f"/clienti/{luca.pk}/" in shown


def test_the_list_goes_on_where_a_page_ended(desk: Client) -> None:
    Customer.objects.bulk_create(
        Customer(name=f"Cliente {number:03}.", created_at=make.NOON) for number in range(60)
    )

    first = page(desk, "/clienti/")
    older = first.split("?prima=")[1].split('"')[0]
    second = page(desk, "/clienti/", prima=older)

    assert "Cliente 010." in first
    assert "Cliente 009." not in first
    assert "Cliente 009." in second


@pytest.mark.parametrize("words", ["moretti", "luca@example.org", "LUCA@EXAMPLE.ORG", "luca mor"])
def test_a_customer_is_found_by_name_and_address(desk: Client, words: str) -> None:
    luca = make.customer("Luca Moretti")

    assert f"/clienti/{luca.pk}/" in page(desk, "/clienti/", q=words)


def test_nobody_found_offers_to_make_the_record(desk: Client) -> None:
    shown = page(desk, "/clienti/", q="Zanzara")

    assert "Nessuno con «Zanzara»." in shown
    assert "/clienti/nuovo/?nome=Zanzara" in shown


def test_a_new_customer_stands_on_his_own_page(desk: Client) -> None:
    sent = DETAILS | {"about": "Fotografo, Ivrea", "since": "2019-05-01", "phone": "333 1234567"}

    answer = desk.post("/clienti/crea/", sent)

    shown = page(desk, answer.headers["Location"])
    assert "Fotografo, Ivrea. Cliente dal 2019" in shown
    assert "333 1234567" in shown


def test_an_address_of_another_leads_to_his_record(desk: Client) -> None:
    owner = make.customer("Giulia Ferraris")

    answer = desk.post("/clienti/crea/", DETAILS | {"email": "giulia@example.org"})

    assert answer.status_code == 422
    assert "giulia@example.org è già di Giulia Ferraris:" in _text(answer)
    assert f'href="/clienti/{owner.pk}/"' in _text(answer)


def test_whose_address_it_is_stays_with_those_who_may_know(desk: Client) -> None:
    reserved_case(make.team("Legale", is_reserved=True))

    answer = desk.post("/clienti/crea/", DETAILS | {"email": "neri@example.org"})

    assert answer.status_code == 422
    assert "che non puoi vedere" in _text(answer)
    assert "Avvocata" not in _text(answer)


def test_a_change_is_told_with_what_stood_there_before(desk: Client) -> None:
    giulia = make.customer("Giulia Ferraris")

    desk.post(f"/clienti/{giulia.pk}/salva/", DETAILS | {"name": "Giulia Bo"})

    shown = page(desk, f"/clienti/{giulia.pk}/modifiche/")
    assert "Giulia Ferraris</td>" in shown
    assert "Giulia Bo</td>" in shown
    assert "Elena Sala" in shown


def test_what_he_told_us_is_shown_and_can_be_withdrawn(desk: Client) -> None:
    address = f"/clienti/{make.customer('Giulia').pk}/"
    desk.post(f"{address}detto/", {"text": "Mai prima delle 9", "where": "telefono"})
    said = Statement.objects.get()
    assert "Mai prima delle 9" in page(desk, address)

    desk.post(f"{address}detto/{said.pk}/ritira/")

    assert "Mai prima delle 9" not in page(desk, address)
    assert "Non vale più" in page(desk, f"{address}modifiche/")


def test_a_note_without_words_comes_back_with_the_reason(desk: Client) -> None:
    answer = desk.post(f"/clienti/{make.customer('Giulia').pk}/note/", {"text": " "})

    assert answer.status_code == 422
    assert "La nota è vuota" in _text(answer)
    assert not CustomerNote.objects.exists()


def test_an_address_is_verified_by_hand_with_a_reason(desk: Client) -> None:
    identity = make.identity()
    address = f"/clienti/{identity.customer_id}/identita/{identity.pk}/verifica/"

    refused = desk.post(address, {"reason": ""})
    desk.post(address, {"reason": "Visto il documento"})

    assert "Scrivi come sai che è suo" in _text(refused)
    identity.refresh_from_db()
    assert identity.verified_at is not None


def test_an_address_that_wrote_is_not_taken_away(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    used = Identity.objects.get(customer=case.customer)
    unused = add_identity(
        case.customer, Sender("PHONE", "333 1234567"), by=elena, now=timezone.now()
    )
    address = f"/clienti/{case.customer_id}/identita/"

    kept = desk.post(f"{address}{used.pk}/togli/")
    desk.post(f"{address}{unused.pk}/togli/")

    assert kept.status_code == 409
    assert "ci sono messaggi arrivati o partiti da lì" in _text(kept)
    assert list(Identity.objects.filter(customer=case.customer)) == [used]


def test_a_deed_asked_for_by_htmx_redraws_the_card_alone(desk: Client) -> None:
    address = f"/clienti/{make.customer('Giulia').pk}/detto/"

    answer = desk.post(address, {"text": "A marzo trasloca"}, headers={"HX-Request": "true"})

    assert "A marzo trasloca" in _text(answer)
    assert "<html" not in _text(answer)


def test_two_records_are_joined_with_a_reason_and_parted_again(desk: Client) -> None:
    giulia, studio = case_of("Giulia Ferraris").customer, case_of("Studio Ferraris").customer
    address = f"/clienti/{giulia.pk}/"
    both = page(desk, f"{address}unisci/", con=studio.pk)
    assert "studio@example.org" in both

    refused = desk.post(f"{address}unioni/", {"con": studio.pk, "reason": " "})
    desk.post(f"{address}unioni/", {"con": studio.pk, "reason": "Stessa firma"})

    assert refused.status_code == 422
    assert "studio@example.org" in page(desk, address)
    desk.post(f"{address}unioni/{Merge.objects.get().pk}/separa/")
    assert "studio@example.org" not in page(desk, address)
    assert "Scheda separata" in page(desk, f"{address}modifiche/")


def test_a_light_helper_changes_nothing() -> None:
    piero = make.colleague("Piero Lupi", role=Colleague.Role.HELPER)
    giulia = make.customer("Giulia Ferraris")

    answer = browser_of(piero).post(f"/clienti/{giulia.pk}/note/", {"text": "Nota"})

    assert answer.status_code == 403


def test_the_case_leads_to_its_customer(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    assert f'href="/clienti/{case.customer_id}/"' in page(desk, f"/casi/C-{case.pk}/")
