"""The form on the site: kept before its writer reads "received", and nobody's flood."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.utils import timezone

from ascolto.api import form, form_guard
from ascolto.api.limits import Buckets
from ascolto.channels.models import Arrival, Channel, Item, Outgoing
from ascolto.channels.services import read_arrival
from ascolto.triage.services import place
from tests import make

pytestmark = pytest.mark.django_db
PAGE = "/modulo/sito/"


@pytest.fixture(autouse=True)
def _measures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins with full buckets."""
    for name in ("by_remote", "by_address", "by_form"):
        full = getattr(form_guard, name)
        monkeypatch.setattr(form_guard, name, Buckets(full.rate, full.most))


@pytest.fixture(autouse=True)
def channel() -> Channel:
    return Channel.objects.create(
        kind=Channel.Kind.FORM,
        name="sito",
        title="Scriva ad Alba",
        team=make.team(),
        settings={"frame_ancestors": ["https://alba.example", "javascript:x; script-src *"]},
        opened_at=make.LONG_AGO,
    )


def mark(channel: Channel, *, age: timedelta = timedelta(minutes=1)) -> str:
    return form_guard.new_mark(channel, now=timezone.now() - age)


def send(channel: Channel, **fields: object) -> HttpResponseBase:
    filled = {
        "segno": mark(channel),
        "nome": "Giulia Ferraris",
        "indirizzo": "giulia@example.org",
        "oggetto": "Fibra giù",
        "testo": "Da stasera la fibra non funziona.",
    }
    return Client().post(PAGE, {**filled, **fields})


def text_of(response: HttpResponseBase) -> str:
    return response.getvalue().decode()


def test_the_page_needs_no_cookie_and_no_script() -> None:
    response = Client().get(PAGE)

    assert response.status_code == 200
    assert "<script" not in text_of(response)
    assert "style=" not in text_of(response)  # its policy would forbid it
    assert not response.cookies


def test_only_the_sites_that_the_form_names_may_frame_it(channel: Channel) -> None:
    response = Client().get(PAGE)

    policy = response["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors https://alba.example")
    assert "script-src" not in policy
    assert "X-Frame-Options" not in response


def test_without_named_sites_nobody_frames_it(channel: Channel) -> None:
    channel.settings = {}
    channel.save()

    response = Client().get(PAGE)

    assert response["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("change", [{"closed_at": make.NOON}, {"kind": Channel.Kind.PORTAL}])
def test_what_is_no_open_form_is_not_there(channel: Channel, change: dict[str, object]) -> None:
    Channel.objects.filter(pk=channel.pk).update(**change)

    assert Client().get(PAGE).status_code == 404


def test_a_filled_form_is_kept_before_its_writer_reads_that_we_have_it(channel: Channel) -> None:
    response = send(channel)

    arrival = Arrival.objects.get()
    assert response.status_code == 303
    page = Client().get(response["Location"])
    assert f"R-{arrival.pk}" in text_of(page)
    assert urlsplit(response["Location"]).path == "/modulo/sito/ricevuto/"


def test_it_becomes_a_case_of_the_address_he_gave(channel: Channel) -> None:
    make.mailbox()
    send(channel, file=SimpleUploadedFile("../../foto.jpg", b"\xff\xd8", "image/jpeg"))

    item = read_arrival(Arrival.objects.get().pk, now=make.NOON)
    assert item is not None
    message = place(item.pk, now=make.NOON)

    assert message is not None
    assert (message.case.subject, message.text) == (
        "Fibra giù",
        "Da stasera la fibra non funziona.",
    )
    assert message.conversation.identity.normal == "giulia@example.org"
    assert [file.name for file in item.attachments.all()] == ["foto.jpg"]


def test_a_number_that_we_did_not_give_is_not_shown() -> None:
    response = Client().get(f"{PAGE}ricevuto/?numero=7&firma=falsa")

    assert (response.status_code, response["Location"]) == (302, PAGE)


def test_one_page_gives_one_message_however_often_it_is_sent(channel: Channel) -> None:
    same = mark(channel)

    first, again = send(channel, segno=same), send(channel, segno=same)

    assert first["Location"] == again["Location"]
    assert Arrival.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        pytest.param("indirizzo", "", "Manca l’indirizzo", id="no address"),
        pytest.param("indirizzo", "giulia@", "non è un indirizzo", id="no real address"),
        pytest.param("testo", "  ", "Manca il messaggio", id="no words"),
        pytest.param("testo", "a" * 20_001, "troppo lungo", id="too many words"),
        pytest.param("sito_web", "http://spam", "campo nascosto", id="the trap"),
        pytest.param("segno", "", "aperta da molto", id="no mark"),
        pytest.param("segno", "1.2.3", "aperta da molto", id="a false mark"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    channel: Channel, field: str, value: str, sentence: str
) -> None:
    response = send(channel, **{"nome": "Giulia <b>Ferraris", field: value})

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert "Giulia &lt;b&gt;Ferraris" in text_of(response)
    assert Arrival.objects.count() == 0


def test_what_comes_back_within_seconds_was_filled_in_by_no_person(channel: Channel) -> None:
    response = send(channel, segno=mark(channel, age=timedelta(seconds=1)))

    assert response.status_code == 422
    assert "aspetti qualche secondo" in text_of(response)


def test_a_page_from_yesterday_is_given_a_new_mark_and_keeps_the_text(channel: Channel) -> None:
    old = mark(channel, age=timedelta(hours=20))

    response = send(channel, segno=old)

    assert response.status_code == 422
    found = re.search(r'name="segno" value="([^"]+)"', text_of(response))
    assert found is not None
    assert found[1] != old
    assert "la fibra non funziona" in text_of(response)


def test_the_mark_of_another_form_is_none(channel: Channel) -> None:
    other = Channel.objects.create(
        kind=Channel.Kind.FORM, name="altro", title="x", team=make.team(), opened_at=make.NOON
    )

    assert send(channel, segno=mark(other)).status_code == 422


def test_a_flood_from_one_place_ends_and_keeps_the_text(channel: Channel) -> None:
    answers = [send(channel, indirizzo=f"vittima{n}@example.org") for n in range(12)]

    assert [answer.status_code for answer in answers] == [303] * 10 + [429] * 2
    assert "la fibra non funziona" in text_of(answers[-1])
    assert Arrival.objects.count() == 10


def test_many_forms_that_name_one_victim_bring_him_one_mail(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T21, with the measure for a place out of the way, as if they came from many."""
    monkeypatch.setattr(form_guard, "by_remote", Buckets(most=1e6))
    make.mailbox()
    for _ in range(50):
        send(channel, indirizzo="Vittima@example.org", oggetto="COMPRI SUBITO")

    for arrival in Arrival.objects.all():
        item = read_arrival(arrival.pk, now=make.NOON)
        assert item is not None
        place(item.pk, now=make.NOON)

    assert Arrival.objects.count() == 5
    told = Outgoing.objects.get(identity__normal="vittima@example.org")
    assert "COMPRI" not in told.subject + told.text


def test_behind_a_proxy_of_ours_the_place_is_what_the_proxy_saw(channel: Channel) -> None:
    request = Client().get(PAGE, headers={"X-Forwarded-For": "falso, 192.0.2.1"}).wsgi_request

    assert form_guard.remote_of(request) == "192.0.2.1"


@override_settings(LARGEST_UPLOAD=1000)
def test_files_that_weigh_too_much_are_refused_and_the_text_kept(channel: Channel) -> None:
    response = send(channel, file=SimpleUploadedFile("foto.jpg", b"x" * 2000, "image/jpeg"))

    assert response.status_code == 422
    assert "pesano troppo" in text_of(response)
    assert "la fibra non funziona" in text_of(response)


def test_a_body_beyond_all_measure_is_not_even_read(channel: Channel) -> None:
    response = Client().post(PAGE, {}, headers={"Content-Length": str(10**9)})

    assert response.status_code == 413


def test_it_speaks_the_language_of_the_browser(channel: Channel) -> None:
    response = Client().get(PAGE, headers={"Accept-Language": "en-GB,en"})

    assert response["Content-Language"] == "en"
    assert Item.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_while_the_database_is_away_nobody_reads_that_we_have_it(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        connection = connections.create_connection("default")
        connection.settings_dict = {**connection.settings_dict, "HOST": "/nowhere/at/all"}
        connection.ensure_connection()

    monkeypatch.setattr(form, "accept", away)

    response = send(channel)

    assert response.status_code == 503
    assert "la fibra non funziona" in text_of(response)
