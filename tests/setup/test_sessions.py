"""Where one is signed in, and how one is not any more."""

import html

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from ascolto.desk.security.device import device
from ascolto.desk.security.visits import SEEN
from ascolto.staff.models import Colleague
from tests import make

pytestmark = pytest.mark.django_db
HERE = "/impostazioni/accesso/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Safari/604.1"


@pytest.fixture(autouse=True)
def elena() -> Colleague:
    cache.clear()
    make.company()
    return make.colleague()


def signed_in(agent: str, ip: str = "192.0.2.7") -> Client:
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=ip)
    client.post("/accesso/login/", {"login": "elena.sala@alba.example", "password": make.PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/casella/").status_code == 200


def page(client: Client) -> str:
    return html.unescape(client.get(HERE).content.decode())


def test_elena_sees_where_she_is_signed_in() -> None:
    signed_in(PHONE, "198.51.100.4")
    desk = signed_in(FIREFOX)

    seen = page(desk)

    assert "Firefox su Windows" in seen
    assert "Safari su iPhone" in seen
    assert "198.51.100.4" in seen


def test_one_is_ended_and_the_others_stay() -> None:
    phone, desk, tablet = signed_in(PHONE, "198.51.100.4"), signed_in(FIREFOX), signed_in(PHONE)
    lost = UserSession.objects.get(ip="198.51.100.4")

    desk.post(f"{HERE}{lost.pk}/termina/")

    assert [is_in(one) for one in (phone, desk, tablet)] == [False, True, True]


def test_all_others_are_ended_at_once() -> None:
    phone, desk, tablet = signed_in(PHONE), signed_in(FIREFOX), signed_in(PHONE)

    desk.post(f"{HERE}altre/termina/")

    assert [is_in(one) for one in (phone, desk, tablet)] == [False, True, False]


def test_nobody_ends_a_session_of_somebody_else() -> None:
    hers = signed_in(FIREFOX)
    theirs = UserSession.objects.get()
    other = Client()
    other.force_login(make.colleague("Marta Riva", role=Colleague.Role.OWNER))

    answer = other.post(f"{HERE}{theirs.pk}/termina/")

    assert answer.status_code == 404
    assert is_in(hers)


def test_a_new_password_ends_the_others_and_keeps_this_one() -> None:
    phone, desk = signed_in(PHONE), signed_in(FIREFOX)
    words = "quattro parole a caso"

    desk.post(
        "/accesso/password/change/",
        {"oldpassword": make.PASSWORD, "password1": words, "password2": words},
    )

    assert [is_in(one) for one in (phone, desk)] == [False, True]
    assert "Safari su iPhone" not in page(desk)


def test_who_leaves_is_out_of_every_session(elena: Colleague) -> None:
    phone, desk = signed_in(PHONE), signed_in(FIREFOX)

    elena.left_at = make.NOON
    elena.save(update_fields=["left_at"])

    assert [is_in(one) for one in (phone, desk)] == [False, False]


def test_the_list_is_kept_true_without_writing_at_every_page() -> None:
    desk = signed_in(FIREFOX)
    first = UserSession.objects.get().last_seen_at
    desk.get("/casella/")
    assert UserSession.objects.get().last_seen_at == first

    session = desk.session
    session[SEEN] -= 301
    session.save()
    desk.get("/casella/", REMOTE_ADDR="203.0.113.5")

    known = UserSession.objects.get()
    assert known.last_seen_at > first
    assert known.ip == "203.0.113.5"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox su Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge su Linux"),
        ("curl/8.5", "Un programma senza nome"),
        ("<script>alert(1)</script>", "Un programma senza nome"),
    ],
)
def test_a_browser_is_called_as_its_owner_would(agent: str, words: str) -> None:
    assert device(agent) == words
