import pytest
from django.test import Client

from ascolto.cases.models import Case, Moving
from tests import make
from tests.desk.builders import case_of, heard_in, page

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_a_merged_case_says_where_it_went_and_the_other_what_came(desk: Client) -> None:
    one = case_of("Giulia Ferraris", subject="Fibra")
    two = case_of("Giulia Ferraris", subject="Modem")

    answer = desk.post(f"/casi/C-{one.pk}/unisci/", {"altro": str(two.pk)}, headers=HTMX)

    assert f"C-{one.pk} è unito a C-{two.pk}." in answer.content.decode()
    assert f"Unito a C-{two.pk}." in page(desk, f"/casi/C-{one.pk}/")
    assert f"ha unito qui C-{one.pk}" in page(desk, f"/casi/C-{two.pk}/")
    assert "Riapri" not in page(desk, f"/casi/C-{one.pk}/")


def test_a_merge_is_undone_from_the_page(desk: Client) -> None:
    one = case_of("Giulia Ferraris", subject="Fibra")
    two = case_of("Giulia Ferraris", subject="Modem")
    desk.post(f"/casi/C-{one.pk}/unisci/", {"altro": str(two.pk)})

    desk.post(f"/spostamenti/{Moving.objects.get().pk}/annulla/")

    assert Case.objects.get(pk=one.pk).merged_into is None
    assert heard_in(one).case_id == one.pk


def test_two_customers_are_not_merged_and_the_sentence_says_why(desk: Client) -> None:
    one, two = case_of("Giulia Ferraris"), case_of("Paolo Rinaldi")

    answer = desk.post(f"/casi/C-{one.pk}/unisci/", {"numero": f"c-{two.pk}"}, headers=HTMX)

    assert answer.status_code == 422
    assert "Sono di due clienti diversi." in answer.content.decode()


def test_a_split_takes_the_ticked_messages(desk: Client) -> None:
    case = case_of("Giulia Ferraris", subject="Fibra")
    raw = make.mail("E il trasloco?", message_id="<b@example.org>", in_reply_to="<uno@example.org>")
    parent = heard_in(case).item
    assert parent is not None
    raw = raw.replace(b"<uno@example.org>", parent.message_id.encode())
    make.receive(raw)
    second = case.messages.filter(item__isnull=False).order_by("-pk").first()
    assert second is not None

    desk.post(f"/casi/C-{case.pk}/dividi/", {"messaggi": [str(second.pk)], "oggetto": "Trasloco"})

    new = Moving.objects.get().target
    assert new.subject == "Trasloco"
    assert "E il trasloco?" in page(desk, f"/casi/C-{new.pk}/")


def test_a_split_of_nothing_comes_back_with_a_sentence(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    answer = desk.post(f"/casi/C-{case.pk}/dividi/", {"messaggi": ["²"]}, headers=HTMX)

    assert answer.status_code == 422
    assert "lasciane almeno uno" in answer.content.decode()
