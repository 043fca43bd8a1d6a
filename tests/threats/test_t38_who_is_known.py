"""T38: who is known here is not told apart from who is not, in words or in work."""

from typing import Any, ClassVar

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client

from ascolto.staff.models import Colleague
from tests import make

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN, LEFT = "elena.sala@alba.example", "nessuno@alba.example", "marta.riva@alba.example"


class Counted(MD5PasswordHasher):
    """How often a password was hashed: the work that takes the time, whatever the machine."""

    times: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str) -> str:
        self.times.append(salt)
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def cast(settings: Any) -> None:
    cache.clear()
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    make.company()
    make.colleague()
    marta = make.colleague("Marta Riva", role=Colleague.Role.SUPERVISOR)
    marta.left_at = make.NOON
    marta.save()


def asked(address: str, fields: dict[str, str]) -> tuple[int, str, str, int]:
    """Status, place, page and work. The page without what it repeats of the question."""
    cache.clear()
    Counted.times.clear()
    answer = Client().post(address, fields)
    page = answer.content.decode()
    for said in fields.values():
        page = page.replace(said, "…")
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    plain = page.replace(token, "…") if token else page
    return answer.status_code, answer.headers.get("Location", ""), plain, len(Counted.times)


@pytest.mark.parametrize("other", [UNKNOWN, LEFT])
def test_a_wrong_password_and_an_unknown_address_cost_and_say_the_same(other: str) -> None:
    known = asked("/accesso/login/", {"login": KNOWN, "password": "sbagliata!"})
    strange = asked("/accesso/login/", {"login": other, "password": "sbagliata!"})

    assert known[3] >= 1
    assert strange[3] == known[3]
    assert strange[:2] == known[:2]
    assert visible(strange[2]) == visible(known[2])


@pytest.mark.parametrize("other", [UNKNOWN, LEFT])
def test_a_reset_says_the_same(other: str) -> None:
    known = asked("/accesso/password/reset/", {"email": KNOWN})
    strange = asked("/accesso/password/reset/", {"email": other})

    assert strange[:2] == known[:2]
    assert visible(strange[2]) == visible(known[2])


def test_the_second_step_is_asked_only_after_the_right_password() -> None:
    """Else it would tell who is known, and who has one."""
    from allauth.mfa.totp.internal import auth as totp

    elena = Colleague.objects.get(email=KNOWN)
    totp.TOTP.activate(elena, totp.generate_totp_secret())

    status, _place, page, _work = asked("/accesso/login/", {"login": KNOWN, "password": "no!"})

    assert status == 200
    assert "Ancora un passo" not in page


def visible(page: str) -> str:
    """The page without its fresh tokens."""
    parts = page.split('name="csrfmiddlewaretoken" value="')
    return parts[0] + "".join(part.partition('"')[2] for part in parts[1:])
