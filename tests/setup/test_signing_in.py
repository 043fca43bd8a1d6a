"""The door: the same answer whoever knocks, and no way round the stored address."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client

from ascolto.staff.models import Colleague
from tests import make

pytestmark = pytest.mark.django_db
LOGIN, RESET = "/accesso/login/", "/accesso/password/reset/"


@pytest.fixture(autouse=True)
def elena(settings: "pytest.FixtureRequest") -> Colleague:
    cache.clear()  # the limits of an earlier test are not this one's
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined] # pytest-django's
    make.company()
    return make.colleague()


def test_with_her_password_elena_is_in(client: Client) -> None:
    response = client.post(
        LOGIN, {"login": "Elena.Sala@alba.example", "password": "una frase lunga"}
    )

    assert response["Location"] == "/"


def test_signing_in_changes_the_session(client: Client) -> None:
    """T36: an id somebody else has planted is worth nothing afterwards."""
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = str(planted)

    client.post(LOGIN, {"login": "elena.sala@alba.example", "password": "una frase lunga"})

    assert client.session.session_key != planted
    stranger = Client()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = str(planted)
    assert stranger.get("/casella/").status_code == 302


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(client: Client) -> None:
    wrong = client.post(LOGIN, {"login": "elena.sala@alba.example", "password": "sbagliata!"})
    unknown = client.post(LOGIN, {"login": "nessuno@alba.example", "password": "sbagliata!"})

    assert _alert(wrong.content.decode()) == _alert(unknown.content.decode())


def test_somebody_who_left_is_not_let_in(client: Client, elena: Colleague) -> None:
    elena.left_at = make.NOON
    elena.save()

    client.post(LOGIN, {"login": elena.email, "password": "una frase lunga"})

    assert client.get("/casella/").status_code == 302


def test_guessing_is_slowed_down(client: Client) -> None:
    statuses = [
        client.post(LOGIN, {"login": "elena.sala@alba.example", "password": f"prova {n}"})
        for n in range(12)
    ]

    last = client.post(LOGIN, {"login": "elena.sala@alba.example", "password": "una frase lunga"})
    assert last.status_code != 302 or last["Location"] != "/"
    assert len(statuses) == 12


def test_behind_a_proxy_one_mans_guesses_shut_the_door_to_nobody_else(client: Client) -> None:
    """What comes before the proxy's own entry is whatever the guesser wrote."""
    for n in range(12):
        guess = {"login": f"nome{n}@alba.example", "password": "prova"}
        client.post(LOGIN, guess, headers={"X-Forwarded-For": f"10.0.0.{n}, 192.0.2.1"})
    right = {"login": "elena.sala@alba.example", "password": "una frase lunga"}

    his = Client().post(LOGIN, right, headers={"X-Forwarded-For": "10.9.9.9, 192.0.2.1"})
    hers = Client().post(LOGIN, right, headers={"X-Forwarded-For": "192.0.2.77"})

    assert his.status_code != 302
    assert hers["Location"] == "/"


def test_signing_out_takes_a_deed(client: Client, elena: Colleague) -> None:
    """T35: an address in a mail or a picture signs nobody out."""
    client.force_login(elena)

    client.get("/accesso/logout/")
    assert client.get("/casella/").status_code == 200

    client.post("/accesso/logout/")
    assert client.get("/casella/").status_code == 302


def test_nobody_signs_himself_up(client: Client) -> None:
    data = {"email": "ladro@example.net", "password1": "tre parole a caso"}

    response = client.post("/accesso/signup/", data)

    assert "si entra con un invito" in response.content.decode()
    assert not Colleague.objects.filter(email="ladro@example.net").exists()


def test_a_reset_goes_to_the_stored_address_and_names_our_own_host(client: Client) -> None:
    """T33: neither a forged host nor a second address in the form gets the link."""
    client.post(
        RESET,
        {"email": ["ladro@example.net", "elena.sala@alba.example"]},
        headers={"X-Forwarded-Host": "ladro.example.net"},
    )

    (letter,) = [one for one in mail.outbox if "password" in one.body or "parola" in one.body]
    assert letter.to == ["elena.sala@alba.example"]
    assert "ladro" not in letter.body
    assert f"{settings.PUBLIC_URL}/accesso/" in letter.body


def test_a_forged_host_is_turned_away(client: Client) -> None:
    response = client.post(
        RESET, {"email": "elena.sala@alba.example"}, headers={"host": "ladro.example.net"}
    )

    assert response.status_code == 400
    assert not mail.outbox


def test_a_reset_for_nobody_looks_the_same_and_sends_nobody_a_link(client: Client) -> None:
    known = client.post(RESET, {"email": "elena.sala@alba.example"}, follow=True)
    letters = len(mail.outbox)
    unknown = client.post(RESET, {"email": "nessuno@alba.example"}, follow=True)

    assert known.content == unknown.content
    assert letters == 1
    assert not any("/key/" in one.body for one in mail.outbox[letters:])


@pytest.mark.parametrize("key", ["1-%", "1-*", "1-_", "1-set-password"])
def test_a_token_with_wildcards_opens_nothing(client: Client, key: str, elena: Colleague) -> None:
    client.post(RESET, {"email": elena.email})

    html = client.get(f"{RESET}key/{key}/", follow=True).content.decode()

    assert "Questo collegamento non vale più." in html


def test_the_link_works_once_and_ends_other_sessions(client: Client, elena: Colleague) -> None:
    elsewhere = Client()
    elsewhere.force_login(elena)
    client.post(RESET, {"email": elena.email})
    path = re.search(r"/accesso/password/reset/key/\S+", str(mail.outbox[0].body))
    assert path is not None
    for _ in range(2):
        assert client.get(path[0], follow=True).status_code == 200

    form = client.get(path[0])["Location"]
    words = "quattro parole a caso"
    client.post(form, {"password1": words, "password2": words})

    elena.refresh_from_db()
    assert elena.check_password(words)
    assert elsewhere.get("/casella/").status_code == 302
    assert "non vale più" in Client().get(path[0], follow=True).content.decode()


def _alert(html: str) -> str:
    return html.partition('role="alert"')[2].partition("</div>")[0]
