"""What he writes is kept once, stands in his case at once, and starts our clock."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ascolto.cases.models import Message
from ascolto.channels.models import Arrival, Attachment, Evidence
from ascolto.portal.policy import MOST_LETTERS
from tests import make
from tests.portal.pages import fresh_page, page_of, we_answer

pytestmark = pytest.mark.django_db


def test_his_words_come_into_this_very_case(client: Client) -> None:
    page = fresh_page()
    we_answer(page.case, "Provi adesso.")

    response = page.write(client, "Ora va, ma il telefono no.")

    assert response.status_code == 303
    said = Message.objects.get(case=page.case, proof=Message.Proof.PORTAL)
    assert said.text == "Ora va, ma il telefono no."
    page.case.refresh_from_db()
    assert page.case.waiting_since is not None
    assert "Ora va, ma il telefono no." in client.get(page.path).content.decode()


def test_pressing_twice_is_one_message(client: Client) -> None:
    page = fresh_page()

    for _ in range(2):
        assert page.write(client).status_code == 303

    assert Message.objects.filter(case=page.case, proof=Message.Proof.PORTAL).count() == 1


def test_writing_proves_that_our_message_reached_him(client: Client) -> None:
    page = fresh_page()
    we_answer(page.case, "Provi adesso.")
    client.get(page.path)
    assert not Evidence.objects.filter(kind=Evidence.Kind.OPENED_IN_PORTAL).exists()

    page.write(client)

    assert Evidence.objects.filter(kind=Evidence.Kind.OPENED_IN_PORTAL).exists()


def test_a_file_with_a_wicked_name_is_kept_under_a_tame_one(client: Client) -> None:
    page = fresh_page()
    upload = SimpleUploadedFile("..\\..\\con\u202etxt.exe", b"%PDF-1.4", "application/pdf")

    page.write(client, "", files=(upload,))

    kept = Attachment.objects.get(item__message__case=page.case)
    assert not set(kept.name) & set("/\\\u202e")


def test_his_file_comes_back_as_a_download_and_nothing_else(client: Client) -> None:
    page = fresh_page()
    page.write(
        client, files=(SimpleUploadedFile("pagina.html", b"<script>1</script>", "text/html"),)
    )
    kept = Attachment.objects.get(item__message__case=page.case)

    response = client.get(f"{page.path}file/heard/{kept.pk}/")

    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_file_is_read_once_and_alone(client: Client) -> None:
    """A matter of years must not be loaded whole for each file of it."""
    page = fresh_page()
    page.write(client, files=(SimpleUploadedFile("a.pdf", b"%PDF-1.4", "application/pdf"),))
    kept = Attachment.objects.get()

    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"{page.path}file/heard/{kept.pk}/")

    said = [query["sql"] for query in queries.captured_queries]
    assert response.content == b"%PDF-1.4"
    assert sum('"kit_blob"."content"' in one for one in said) == 1
    assert not any('"channels_item"."text"' in one for one in said)


def test_a_file_of_another_matter_is_not_there(client: Client) -> None:
    mine = fresh_page()
    mail = make.mail(sender="Luca Moretti <luca@example.net>", message_id="<luca@example.net>")
    other = page_of(make.case(mail, now=timezone.now()))
    other.write(client, files=(SimpleUploadedFile("a.pdf", b"%PDF-1.4", "application/pdf"),))
    kept = Attachment.objects.get(item__message__case=other.case)

    assert client.get(f"{other.path}file/heard/{kept.pk}/").status_code == 200
    assert client.get(f"{mine.path}file/heard/{kept.pk}/").status_code == 404


def test_nothing_said_keeps_the_page_and_says_so(client: Client) -> None:
    page = fresh_page()

    response = page.write(client, "   ")

    assert response.status_code == 422
    assert "Manca il messaggio" in response.content.decode()
    assert not Arrival.objects.filter(channel__kind="PORTAL").exists()


def test_too_heavy_files_are_refused_and_the_words_stay(
    client: Client, settings: pytest.FixtureRequest
) -> None:
    settings.LARGEST_UPLOAD = 1000  # type: ignore[attr-defined] # pytest-django's own fixture
    page = fresh_page()
    upload = SimpleUploadedFile("a.bin", b"x" * 1001, "application/octet-stream")

    response = page.write(client, "Ecco il file.", files=(upload,))

    assert response.status_code == 422
    assert "pesano troppo" in response.content.decode()
    assert "Ecco il file." in response.content.decode()


def test_a_stuck_finger_is_stopped_with_its_text_kept(client: Client) -> None:
    page = fresh_page()
    for number in range(MOST_LETTERS):
        assert page.write(client, once=f"{number:032x}").status_code == 303

    response = page.write(client, "Ancora io", once="f" * 32)

    assert response.status_code == 429
    assert "Ancora io" in response.content.decode()
