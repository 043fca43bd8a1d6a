"""The sole owner lost every way in: the console prints one link, once, and it is written down."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.utils import timezone

from ascolto.administration.services.factors import NoSuchRecovery, offer_recovery, recover
from ascolto.config.cli import main
from ascolto.staff.models import Colleague
from ascolto.timeline.queries import history_of
from ascolto.timeline.references import reference
from tests import make

pytestmark = pytest.mark.django_db
NEW = "tre parole a caso"


@pytest.fixture
def owner() -> Colleague:
    make.company()
    return make.colleague("Anna Riva", role=Colleague.Role.OWNER)


def test_the_link_opens_once_with_a_new_password_and_without_the_old_factors(
    owner: Colleague,
) -> None:
    totp.TOTP.activate(owner, totp.generate_totp_secret())
    elsewhere = Client()
    elsewhere.force_login(owner)
    place = f"/recupero/{offer_recovery(owner, now=timezone.now())}/"
    browser = Client()

    looked = browser.get(place)
    done = browser.post(place, {"password": NEW})
    browser.post("/accesso/login/", {"login": owner.email, "password": NEW})

    assert "Rientra come Anna Riva." in looked.content.decode()
    assert done["Location"] == "/accesso/login/"
    assert browser.get("/casella/").status_code == 200
    assert not Authenticator.objects.filter(user=owner).exists()
    assert "/accesso/login/" in elsewhere.get("/casella/")["Location"]
    assert browser.get(place).status_code == 404


def test_it_stands_in_the_history(owner: Colleague) -> None:
    token = offer_recovery(owner, now=timezone.now())
    recover(token, password=NEW, now=timezone.now())

    kinds = [deed.kind for deed in history_of(reference("colleague", owner.pk))]
    assert kinds == ["security.recovery_offered", "security.recovered"]


def test_a_weak_password_uses_nothing_up(owner: Colleague) -> None:
    place = f"/recupero/{offer_recovery(owner, now=timezone.now())}/"

    assert Client().post(place, {"password": "corta"}).status_code == 422
    assert Client().get(place).status_code == 200


@pytest.mark.parametrize("hours", [0, 2])
def test_it_ends_after_an_hour_and_when_another_is_made(owner: Colleague, hours: int) -> None:
    now = timezone.now()
    token = offer_recovery(owner, now=now)
    if not hours:
        offer_recovery(owner, now=now)

    with pytest.raises(NoSuchRecovery):
        recover(token, password=NEW, now=now + timedelta(hours=hours))


def test_who_has_left_is_not_let_back_in(owner: Colleague) -> None:
    token = offer_recovery(owner, now=timezone.now())
    Colleague.objects.filter(pk=owner.pk).update(left_at=timezone.now())

    assert Client().get(f"/recupero/{token}/").status_code == 404


def test_the_command_prints_one_link(
    owner: Colleague, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    status = main(["account", "recover", "Anna.Riva@alba.example"])
    said = capsys.readouterr()
    nobody = main(["account", "recover", "nessuno@alba.example"])

    assert (status, nobody) == (0, 1)
    link = said.out.strip()
    assert Client().get("/" + link.split("/", 3)[3]).status_code == 200
    assert "Anna Riva" in said.err
