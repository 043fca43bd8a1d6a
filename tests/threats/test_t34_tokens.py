"""T34, T35: what opens a door is random, kept as a hash, short of life, good once, and not used up
by who only looks."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core import mail, signing
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from ascolto.kit.tokens import token_hash
from ascolto.staff.models import Colleague, Invitation
from ascolto.staff.services import INVITATION_LASTS, invitation_for, invite
from tests import make
from tests.threats.world import everything

pytestmark = pytest.mark.django_db
ELSEWHERE = re.compile(r'(?:src|href|action)="(?:https?:)?//(?!127\.0\.0\.1|testserver)')


@pytest.fixture
def elena(settings: Any) -> Colleague:
    cache.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    make.company()
    return make.colleague()


@pytest.fixture
def invitation(elena: Colleague) -> str:
    return invite(
        "nora@alba.example", role=Colleague.Role.AGENT, teams=[], by=elena, now=timezone.now()
    )


@pytest.fixture
def reset(elena: Colleague) -> str:
    Client().post("/accesso/password/reset/", {"email": elena.email})
    found = re.search(r"/accesso/password/reset/key/\S+", str(mail.outbox[0].body))
    assert found is not None
    return found[0]


def test_an_invitation_is_random_hashed_and_lasts_a_day_at_most(invitation: str) -> None:
    kept = Invitation.objects.get()

    assert len(invitation) * 6 >= 128
    assert bytes(kept.token_hash) == token_hash(invitation)
    assert invitation not in str(Invitation.objects.values().get())
    assert kept.ends_at - kept.made_at == INVITATION_LASTS <= timedelta(hours=24)
    assert invitation_for(invitation, now=kept.ends_at) is None


def test_an_invitation_is_taken_once(invitation: str) -> None:
    taken = {"your_name": "Nora", "password": "quattro parole a caso"}
    Client().post(f"/invito/{invitation}/", taken)

    again = Client().post(f"/invito/{invitation}/", taken)

    assert again.status_code == 404
    assert Colleague.objects.filter(email="nora@alba.example").count() == 1


def test_a_reset_lasts_an_hour_at_most(reset: str, settings: Any) -> None:
    assert settings.PASSWORD_RESET_TIMEOUT <= 60 * 60
    settings.PASSWORD_RESET_TIMEOUT = -1  # the hour has passed

    page = Client().get(reset, follow=True).content.decode()

    assert "Questo collegamento non vale più." in page


def test_a_new_password_ends_a_reset_that_is_on_its_way(elena: Colleague, reset: str) -> None:
    elena.set_password("quattro parole a caso")
    elena.save()

    page = Client().get(reset, follow=True).content.decode()

    assert "Questo collegamento non vale più." in page


def test_the_key_of_the_installation_alone_makes_no_reset(elena: Colleague) -> None:
    """Who has it, and knows all of her but the hash of her password."""
    guessed = Colleague.objects.get(pk=elena.pk)
    guessed.password = "md5$sale$0123"  # noqa: S105 # a wrong guess

    forged = default_token_generator.make_token(guessed)

    assert not default_token_generator.check_token(elena, forged)


def test_the_key_of_the_installation_alone_makes_no_session(elena: Colleague) -> None:
    """Sessions are rows with random names: a signed cookie is nothing here."""
    forged = signing.dumps(
        {"_auth_user_id": str(elena.pk), "_auth_user_hash": elena.get_session_auth_hash()},
        salt="django.contrib.sessions.backends.signed_cookies",
    )
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = forged

    assert thief.get("/casella/").status_code == 302


@pytest.mark.parametrize("kind", ["invitation", "reset"])
def test_a_scanner_that_opens_the_link_changes_nothing_and_learns_nothing(
    kind: str, request: pytest.FixtureRequest
) -> None:
    """T35: GET and HEAD of what is mailed; the page asks nobody else for anything."""
    link = str(request.getfixturevalue(kind))
    place = f"/invito/{link}/" if kind == "invitation" else link
    before = everything()

    Client().head(place)
    answers = [Client().get(place, follow=True) for _ in range(3)]

    assert everything() == before
    assert {answer.status_code for answer in answers} == {200}
    assert answers[-1]["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert "script-src 'self'" in answers[-1]["Content-Security-Policy"]
    assert not ELSEWHERE.search(answers[-1].content.decode())
    assert "non vale più" not in answers[-1].content.decode()
