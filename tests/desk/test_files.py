"""What comes out to a browser is inert: downloads, raw mail, foreign HTML."""

import pytest
from django.test import Client

from ascolto.cases.models import Message
from ascolto.channels.models import Attachment
from ascolto.kit import blobs
from tests.desk.builders import case_of, heard_in

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def attached(data: bytes, name: str, content_type: str = "image/png", **more: str) -> Attachment:
    item = heard_in(case_of("Giulia Ferraris")).item
    assert item is not None
    return Attachment.objects.create(
        item=item,
        blob_id=blobs.store(data),
        name=name,
        content_type=content_type,
        size=len(data),
        **more,
    )


def test_a_picture_is_shown_in_its_place(desk: Client) -> None:
    file = attached(PNG, "test.png")

    response = desk.get(f"/allegati/{file.pk}/")

    assert response.content == PNG
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize("claimed", ["image/png", "text/html", "image/svg+xml"])
def test_what_only_claims_to_be_a_picture_is_a_download(desk: Client, claimed: str) -> None:
    file = attached(b"<html><script>alert(1)</script>", "pagina.png", claimed)

    response = desk.get(f"/allegati/{file.pk}/")

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["../../etc/passwd", 'a"b\r\nSet-Cookie: x=1.txt', "è.pdf", ""])
def test_a_name_is_a_label_and_never_a_header_or_a_path(desk: Client, name: str) -> None:
    file = attached(b"x", name)

    response = desk.get(f"/allegati/{file.pk}/")

    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert "/" not in response["Content-Disposition"]


def test_the_original_comes_out_byte_by_byte(desk: Client) -> None:
    message = heard_in(case_of("Giulia Ferraris"))
    assert message.item is not None

    response = desk.get(f"/messaggi/{message.pk}/grezzo/")

    assert response.content == blobs.load(message.item.arrival.raw_id)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"


def with_html(html: str) -> Message:
    message = heard_in(case_of("Giulia Ferraris"))
    assert message.item is not None
    message.item.html = html
    message.item.save()
    return message


def test_foreign_html_does_nothing_and_fetches_nothing(desk: Client) -> None:
    message = with_html(
        "<p onclick=x()>Ciao</p><script>alert(1)</script><img src='https://spia.example/x.gif'>"
    )

    response = desk.get(f"/messaggi/{message.pk}/html/")

    text = response.content.decode()
    assert "<p>Ciao</p>" in text
    assert "alert" not in text
    assert " src=" not in text
    assert "1 immagine esterna non caricata." in text
    assert response["Content-Security-Policy"].startswith("default-src 'none'; img-src data:;")
    assert "sandbox allow-popups" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_a_picture_inside_the_mail_travels_inside_the_page(desk: Client) -> None:
    message = with_html("<p>Guarda</p><img src='cid:foto@uno'>")
    assert message.item is not None
    Attachment.objects.create(
        item=message.item, blob_id=blobs.store(PNG), name="f.png", size=28, content_id="foto@uno"
    )

    text = desk.get(f"/messaggi/{message.pk}/html/").content.decode()

    assert 'src="data:image/png;base64,' in text


def test_the_frame_of_foreign_html_is_a_sandbox(desk: Client) -> None:
    message = with_html("<p>Ciao</p>")

    shown = desk.get(f"/casi/C-{message.case_id}/").content.decode()

    assert '<iframe sandbox="allow-popups"' in shown


def test_a_mail_without_html_has_none(desk: Client) -> None:
    message = heard_in(case_of("Giulia Ferraris"))

    assert desk.get(f"/messaggi/{message.pk}/html/").status_code == 404
