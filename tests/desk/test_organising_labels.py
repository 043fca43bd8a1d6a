import pytest
from django.test import Client

from ascolto.cases.models import Case, CaseLink, Field, Follower
from ascolto.cases.services.labelling import tag
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import case_of, page, part
from tests.desk.conftest import browser_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_tags_and_priority_stand_beside_the_case(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    desk.post(f"/casi/C-{case.pk}/etichette/", {"nuove": "fibra, guasto", "priorita": "2"})

    shown = page(desk, f"/casi/C-{case.pk}/")
    assert "Togli l’etichetta fibra" in shown
    assert "priorità urgente" in shown
    assert "ha messo l’etichetta «fibra», «guasto»." in shown


def test_known_words_are_offered_and_those_it_has_are_not(desk: Client, elena: Colleague) -> None:
    case, other = case_of("Giulia Ferraris"), case_of("Paolo Rinaldi")
    tag(case, ["fibra"], by=elena, now=make.NOON)
    tag(other, ["trasloco"], by=elena, now=make.NOON)

    shown = part(desk, f"/casi/C-{case.pk}/fogli/etichette/")

    assert '<option value="trasloco">' in shown
    assert '<option value="fibra">' not in shown


def test_a_tag_that_is_too_long_comes_back_with_a_sentence(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    answer = desk.post(f"/casi/C-{case.pk}/etichette/", {"nuove": "f" * 61}, headers=HTMX)

    assert answer.status_code == 422
    assert "al massimo 60 caratteri" in answer.content.decode()
    assert "f" * 61 in answer.content.decode()


def test_resolving_asks_first_for_what_is_missing_and_then_goes_on(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    Field.objects.create(key="impianto", title="Codice impianto", needed_to_resolve=True)
    address = f"/casi/C-{case.pk}/risolvi/"

    asked = desk.post(address, {"reason": "Chiamata."}, headers=HTMX)
    desk.post(
        f"/casi/C-{case.pk}/dati/",
        {"campo-impianto": "TO-114", "reason": "Chiamata.", "risolvi": "1"},
    )

    assert asked.status_code == 422
    assert "Prima di risolverlo compila: Codice impianto." in asked.content.decode()
    assert Case.objects.get(pk=case.pk).resolved_at is not None


def test_a_wrong_value_is_marked_and_kept_to_be_corrected(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    Field.objects.create(key="metri", title="Metri", kind=Field.Kind.NUMBER)

    answer = desk.post(f"/casi/C-{case.pk}/dati/", {"campo-metri": "tanti"}, headers=HTMX)

    assert answer.status_code == 422
    assert "Qui va un numero" in answer.content.decode()
    assert 'value="tanti"' in answer.content.decode()


def test_linked_cases_show_each_other(desk: Client) -> None:
    case, other = case_of("Giulia Ferraris"), case_of("Paolo Rinaldi")

    desk.post(f"/casi/C-{case.pk}/collega/", {"numero": f"C-{other.pk}", "why": "Stesso armadio."})

    assert f"C-{other.pk} {other.subject}" in page(desk, f"/casi/C-{case.pk}/")
    assert "Stesso armadio." in page(desk, f"/casi/C-{other.pk}/")


def test_a_link_can_be_taken_away(desk: Client) -> None:
    case, other = case_of("Giulia Ferraris"), case_of("Paolo Rinaldi")
    desk.post(f"/casi/C-{case.pk}/collega/", {"altro": str(other.pk)})

    desk.post(f"/casi/C-{other.pk}/scollega/", {"altro": str(case.pk)})

    assert not CaseLink.objects.exists()


def test_a_case_that_cannot_be_linked_is_explained(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    secret = case_of("Paolo Rinaldi", team=make.team("Legale", is_reserved=True))

    unseen = desk.post(f"/casi/C-{case.pk}/collega/", {"numero": f"C-{secret.pk}"})
    itself = desk.post(f"/casi/C-{case.pk}/collega/", {"numero": f"C-{case.pk}"})

    assert "Non c’è un caso con questo numero." in unseen.content.decode()
    assert "È questo stesso caso" in itself.content.decode()


def test_following_a_case_and_stopping(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")

    desk.post(f"/casi/C-{case.pk}/segui/")
    follows = Follower.objects.filter(case=case, colleague=elena)

    assert follows.get().why == Follower.Why.FOLLOWS
    assert "Smetti di seguirlo" in page(desk, f"/casi/C-{case.pk}/")

    desk.post(f"/casi/C-{case.pk}/segui/", {"smetti": "1"})
    assert not follows.exists()


def test_a_helper_who_stops_is_led_out_of_what_he_no_longer_sees() -> None:
    ugo = make.colleague("Ugo Riva", role=Colleague.Role.HELPER)
    case = case_of("Giulia Ferraris")
    Follower.objects.create(case=case, colleague=ugo, why=Follower.Why.ASKED, since=make.NOON)

    answer = browser_of(ugo).post(f"/casi/C-{case.pk}/segui/", {"smetti": "1"}, headers=HTMX)

    assert answer.headers["HX-Redirect"] == "/casella/"
