"""The second step at the door: asked for, good once, slow to be guessed, and never a dead end."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from ascolto.staff.models import Colleague
from ascolto.timeline.queries import history_of
from tests import make

pytestmark = pytest.mark.django_db
LOGIN, CODE = "/accesso/login/", "/accesso/fattori/codice/"
RIGHT = {"login": "elena.sala@alba.example", "password": make.PASSWORD}
APP = "/accesso/fattori/app/"


@pytest.fixture(autouse=True)
def elena() -> Colleague:
    cache.clear()
    make.company()
    return make.colleague()


@pytest.fixture
def secret(elena: Colleague) -> str:
    """Elena has the app; what it shows comes from here."""
    plain = str(totp.generate_totp_secret())
    totp.TOTP.activate(elena, plain)
    return plain


def code(secret: str, *, steps: int = 0) -> str:
    """What the app shows, `steps` half minutes from now."""
    value = totp.hotp_value(secret, int(time.time()) // 30 + steps)
    return str(totp.format_hotp_value(value))


def is_in(client: Client) -> bool:
    return client.get("/casella/").status_code == 200


def has_just_shown_who_she_is(client: Client) -> Client:
    client.post(LOGIN, RIGHT)
    client.post("/accesso/reauthenticate/", {"password": make.PASSWORD})
    return client


def test_with_the_app_the_password_alone_opens_nothing(client: Client, secret: str) -> None:
    first = client.post(LOGIN, RIGHT)

    assert first["Location"] == CODE
    assert not is_in(client)
    assert "Ancora un passo." in client.get(CODE).content.decode()

    client.post(CODE, {"code": code(secret)})
    assert is_in(client)


def test_without_one_the_password_is_enough(client: Client) -> None:
    client.post(LOGIN, RIGHT)

    assert is_in(client)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_telephone_half_a_minute_off_still_opens(client: Client, secret: str, steps: int) -> None:
    client.post(LOGIN, RIGHT)
    client.post(CODE, {"code": code(secret, steps=steps)})

    assert is_in(client)


def test_a_code_is_good_once(secret: str) -> None:
    used = code(secret)
    hers, thief = Client(), Client()
    for one in (hers, thief):
        one.post(LOGIN, RIGHT)
        one.post(CODE, {"code": used})
        cache.clear()  # even if the process was started again in between

    assert is_in(hers)
    assert not is_in(thief)


def test_a_wrong_code_says_so_and_a_later_one_opens(client: Client, secret: str) -> None:
    client.post(LOGIN, RIGHT)

    page = client.post(CODE, {"code": "000000"}).content.decode()

    assert "Non è il codice giusto" in page
    client.post(CODE, {"code": code(secret)})
    assert is_in(client)


def test_guessing_codes_is_stopped(client: Client, secret: str) -> None:
    client.post(LOGIN, RIGHT)
    for n in range(12):
        client.post(CODE, {"code": f"{n:06}"})

    client.post(CODE, {"code": code(secret)})

    assert not is_in(client)


def test_the_second_step_changes_the_session(client: Client, secret: str) -> None:
    """T36: neither the id of before the password nor that between the steps is worth anything."""
    client.get(LOGIN)
    client.post(LOGIN, RIGHT)
    between = client.session.session_key

    client.post(CODE, {"code": code(secret)})

    assert client.session.session_key != between
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = str(between)
    assert not is_in(thief)


def test_the_second_step_is_nobodys_without_the_first(client: Client, secret: str) -> None:
    assert client.get(CODE)["Location"] == LOGIN
    assert client.post(CODE, {"code": code(secret)})["Location"] == LOGIN


def test_elena_lights_the_app_and_gets_codes_for_a_bad_day(
    elena: Colleague, django_capture_on_commit_callbacks: Any
) -> None:
    client = has_just_shown_who_she_is(Client())
    form = client.get(APP).content.decode()
    shown = re.search(r"<code>([A-Z2-7]{32})</code>", form)
    assert shown is not None
    assert "data:image/svg+xml;base64," in form

    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(APP, {"code": code(shown[1])}, follow=True).content.decode()

    codes = re.findall(r"<code>(\d{8})</code>", done)
    assert len(codes) == 10
    kept = Authenticator.objects.get(user=elena, type=Authenticator.Type.TOTP)
    assert shown[1] not in str(kept.data)
    assert "Come entri" in client.get("/impostazioni/accesso/").content.decode()
    assert [deed.kind for deed in history_of(f"colleague:{elena.pk}")] == [
        "security.new_device",  # she signed in
        "security.factor_added",
        "security.factor_added",
    ]


def test_a_code_for_a_bad_day_opens_once(elena: Colleague, secret: str) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    spare = RecoveryCodes.activate(elena).get_unused_codes()[0]
    first, second = Client(), Client()
    for one in (first, second):
        one.post(LOGIN, RIGHT)
        one.post(CODE, {"code": spare})

    assert is_in(first)
    assert not is_in(second)


def test_spare_codes_are_read_saved_and_made_anew(client: Client, secret: str) -> None:
    client.post(LOGIN, RIGHT)
    client.post(CODE, {"code": code(secret)})
    client.post("/accesso/reauthenticate/", {"password": make.PASSWORD})
    place = "/accesso/fattori/riserva/"

    client.post(f"{place}rifai/")
    first = client.get(f"{place}scarica/").content.decode().split()
    client.post(f"{place}rifai/")
    second = client.get(f"{place}scarica/").content.decode().split()

    assert len(first) == len(second) == 10
    assert not set(first) & set(second)
    assert second[0] in client.get(place).content.decode()


@pytest.mark.parametrize("address", [APP, "/accesso/fattori/chiavi/aggiungi/"])
def test_a_change_asks_again_who_one_is(client: Client, elena: Colleague, address: str) -> None:
    client.force_login(elena)

    answer = client.get(address)

    assert answer["Location"].startswith("/accesso/reauthenticate/")


def test_putting_out_the_app_asks_again_who_one_is(
    client: Client, elena: Colleague, secret: str
) -> None:
    client.force_login(elena)

    answer = client.post(f"{APP}togli/")

    assert answer["Location"].startswith("/accesso/reauthenticate/")
    assert Authenticator.objects.filter(user=elena).exists()


def test_a_key_is_bound_to_our_own_address(settings: Any) -> None:
    """T33: whatever host the request names."""
    settings.PUBLIC_URL = "https://ascolto.alba.example"
    settings.ALLOWED_HOSTS = ["*"]
    client = has_just_shown_who_she_is(Client())

    page = client.get(
        "/accesso/fattori/chiavi/aggiungi/", headers={"host": "ladro.example.net"}
    ).content.decode()

    assert '"rp": {"name": "Ascolto", "id": "ascolto.alba.example"}' in page
    assert "ladro" not in page


def test_a_made_up_key_opens_nothing(client: Client) -> None:
    begin = client.get("/accesso/fattori/chiavi/entra/", headers={"Accept": "application/json"})
    assert begin.json()["request_options"]["publicKey"]["userVerification"] == "required"

    for credential in ("{}", "[]", '{"response": {"userHandle": "MQ"}}', "null", "x"):
        client.post("/accesso/fattori/chiavi/entra/", {"credential": credential})
        assert not is_in(client)


def test_the_owner_opens_the_door_for_who_has_lost_everything(
    elena: Colleague, secret: str
) -> None:
    anna = make.colleague("Anna Berti", role=Colleague.Role.OWNER)
    owner, hers = Client(), Client()
    owner.force_login(anna)

    page = owner.post(f"/impostazioni/accesso/colleghi/{elena.pk}/togli/", follow=True)

    assert "Elena Sala entra con la sola parola d’ordine" in page.content.decode()
    hers.post(LOGIN, RIGHT)
    assert is_in(hers)


def test_the_owner_cannot_take_off_his_own_without_showing_who_he_is() -> None:
    anna = make.colleague("Anna Berti", role=Colleague.Role.OWNER)
    totp.TOTP.activate(anna, totp.generate_totp_secret())
    owner = Client()
    owner.force_login(anna)

    answer = owner.post(f"/impostazioni/accesso/colleghi/{anna.pk}/togli/")

    assert answer.status_code == 404
    assert Authenticator.objects.filter(user=anna).exists()


@pytest.mark.parametrize("deed", ["nome", "togli"])
def test_a_key_of_somebody_else_does_not_exist(deed: str) -> None:
    anna = make.colleague("Anna Berti", role=Colleague.Role.OWNER)
    hers = Authenticator.objects.create(
        user=anna, type=Authenticator.Type.WEBAUTHN, data={"name": "Chiavetta", "credential": {}}
    )
    client = has_just_shown_who_she_is(Client())

    answer = client.post(f"/accesso/fattori/chiavi/{hers.pk}/{deed}/", {"name": "Mia"})

    assert answer.status_code == 404
    hers.refresh_from_db()
    assert hers.data["name"] == "Chiavetta"
