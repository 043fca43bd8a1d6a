"""T37: after a door one is led on inside the house, never out of it."""

from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client

from ascolto.staff.models import Colleague
from tests import make

pytestmark = pytest.mark.django_db
RIGHT = {"login": "elena.sala@alba.example", "password": make.PASSWORD}
OUT = [
    "//evil.example/",
    "///evil.example/",
    "\\\\evil.example/",
    "/\\evil.example/",
    "https:evil.example",
    "https://evil.example/",
    "http:///evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "\t//evil.example/",
    " //evil.example/",
    "/%09/evil.example/",
    "//evil%E3%80%82example/",
]


@pytest.fixture(autouse=True)
def elena() -> Colleague:
    cache.clear()
    make.company()
    return make.colleague()


def leads_out(place: str) -> bool:
    """Whether a browser would leave: it takes a backslash for a slash, and skips white space."""
    seen = "".join(place.replace("\\", "/").split())
    return not seen.startswith("/") or seen.startswith("//")


@pytest.mark.parametrize("target", OUT)
def test_signing_in(target: str) -> None:
    asked = Client().post(f"/accesso/login/?next={quote(target, safe='')}", RIGHT)
    said = Client().post("/accesso/login/", {**RIGHT, "next": target})

    for answer in (asked, said):
        assert answer.status_code == 302
        assert not leads_out(answer["Location"])


@pytest.mark.parametrize("target", OUT)
@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/accesso/logout/", {}),
        ("/accesso/reauthenticate/", {"password": make.PASSWORD}),
        ("/accesso/password/change/", {}),
        ("/accesso/fattori/chiavi/entra/", {"credential": "x"}),
    ],
)
def test_every_other_door(
    elena: Colleague, address: str, fields: dict[str, str], target: str
) -> None:
    client = Client()
    client.force_login(elena)

    answer = client.post(f"{address}?next={quote(target, safe='')}", {**fields, "next": target})

    assert answer.status_code in {200, 302, 404}
    assert answer.status_code != 302 or not leads_out(answer["Location"])


def test_inside_the_house_one_is_led_where_one_wanted() -> None:
    answer = Client().post("/accesso/login/?next=/casella/tutti/", RIGHT)

    assert answer["Location"] == "/casella/tutti/"
