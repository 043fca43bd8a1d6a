"""The page of imports and exports."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from ascolto.cases.models import Case
from ascolto.exchange import services
from ascolto.exchange.models import Run
from ascolto.kit.work import running_inline
from ascolto.people.models import Customer
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import page, part
from tests.desk.conftest import browser_of

pytestmark = pytest.mark.django_db
PLACE = "/impostazioni/importa/"


@pytest.fixture
def lead(marta: Colleague) -> Client:
    return browser_of(marta)


def _sent(client: Client, content: bytes, **fields: str) -> str:
    file = SimpleUploadedFile("clienti.csv", content, content_type="text/csv")
    with transaction.atomic(), running_inline():
        response = client.post(
            f"{PLACE}carica/", {"kind": "CUSTOMERS", **fields, "file": file}, follow=True
        )
    assert response.status_code == 200, response.content
    return str(response.request["PATH_INFO"])


def test_a_file_is_sent_gone_through_and_reported(lead: Client) -> None:
    place = _sent(lead, b"nome,email,colore\nGiulia,g@example.org,rosso\nMarta,nessuno,\n")

    shown = page(lead, place)

    assert Customer.objects.get().name == "Giulia"
    assert "1 nuovi, 0 cambiati, 0 già uguali." in shown
    assert "1 riga rifiutata." in shown
    assert "«nessuno» non è un indirizzo e-mail." in shown
    assert "lasciate fuori: colore." in " ".join(shown.split())
    assert "clienti.csv" in page(lead, PLACE)


def test_the_page_asks_again_until_it_is_over(lead: Client, marta: Colleague) -> None:
    run = services.begin(kind="CUSTOMERS", name="a", by=marta, arguments={}, now=make.NOON)
    Run.objects.filter(pk=run.pk).update(total=2000, read=500)

    waiting = part(lead, f"{PLACE}{run.pk}/")
    lead.post(f"{PLACE}{run.pk}/ferma/")
    over = part(lead, f"{PLACE}{run.pk}/")

    assert 'hx-trigger="every 1s"' in waiting
    assert 'max="2000" value="500"' in waiting
    assert "hx-trigger" not in over
    assert "Fermata." in over


def test_refused_rows_are_downloaded_to_be_mended(lead: Client) -> None:
    place = _sent(lead, b"nome,email\n=1+1,nessuno\n")

    response = lead.get(f"{place}rifiutate.csv")

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert b"'=1+1,nessuno" in response.getvalue()


def test_a_file_that_is_too_large_is_told_where_to_go(
    lead: Client, settings: pytest.FixtureRequest
) -> None:
    settings.LARGEST_UPLOAD = 1024**2  # type: ignore[attr-defined] # pytest-django's
    file = SimpleUploadedFile("grande.csv", b"x" * (1024**2 + 1))

    response = lead.post(f"{PLACE}carica/", {"kind": "CUSTOMERS", "file": file})

    assert response.status_code == 422
    assert "più grande di 1 MB" in response.content.decode()


def test_an_export_is_written_down_and_can_be_opened_in_a_spreadsheet(
    lead: Client, marta: Colleague
) -> None:
    make.customer("Giulia Ferraris")

    response = lead.post("/impostazioni/esporta/", {"kind": "CUSTOMERS", "format": "CSV"})

    content = response.getvalue().decode("utf-8-sig")
    assert content.splitlines()[1].split(",")[2] == "Giulia Ferraris"
    assert Run.objects.get(way="OUT").by == marta


def test_a_case_that_came_from_a_file_says_so_on_its_page(lead: Client) -> None:
    make.team()
    content = b"email,oggetto,data,testo\ng@example.org,Fibra,2025-11-03 9:00,Non va.\n"
    _sent(lead, content, kind="CASES")

    shown = page(lead, f"/casi/{Case.objects.get().number}/")

    assert "Non va." in shown
    assert "Importato da un altro programma." in shown
