"""Who needs a second factor is taken there; sessions end with the role; changes are told."""

from datetime import timedelta

import msgspec
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from ascolto.administration.services.changing import NotAllowed
from ascolto.administration.services.colleagues import change_colleague, part
from ascolto.administration.services.factors import ask_for_factors
from ascolto.channels.services.house_mail import Letter
from ascolto.kit.secrets import unseal
from ascolto.knowledge.models import Template
from ascolto.staff.models import Colleague, Company
from ascolto.timeline.queries import history_of
from tests import make

pytestmark = pytest.mark.django_db
PAGE = "/impostazioni/accesso/secondo-passo/"
LOGIN = "/accesso/login/"


@pytest.fixture
def owner() -> Colleague:
    cache.clear()
    make.company()
    return make.colleague("Anna Riva", role=Colleague.Role.OWNER)


def _browser(colleague: Colleague) -> Client:
    browser = Client()
    browser.force_login(colleague)
    return browser


def _letters() -> list[Letter]:
    jobs = ProcrastinateJob.objects.filter(task_name="desk.send_letter").order_by("id")
    sealed = [str(job.args["sealed"]) for job in jobs]
    return [msgspec.json.decode(unseal(one.encode()), type=Letter) for one in sealed]


def _ask(owner: Colleague, *roles: str, days: int = 0, ago: int = 1) -> None:
    ask_for_factors(roles, grace_days=days, by=owner, now=timezone.now() - timedelta(days=ago))


def test_who_is_overdue_gets_no_further_than_to_the_factors(owner: Colleague) -> None:
    elena = make.colleague()
    _ask(owner, Colleague.Role.AGENT)

    browser = _browser(elena)
    page = browser.get("/casella/")
    part_of_one = browser.get("/casella/", headers={"HX-Request": "true"})

    assert (page.status_code, page["Location"]) == (302, PAGE)
    assert part_of_one["HX-Redirect"] == PAGE
    assert browser.post("/viste/", {"nome": "x"})["Location"] == PAGE
    said = browser.get(PAGE).content.decode()
    assert "Da qui si entra con due passi." in said
    assert "Più tardi" not in said
    assert browser.get("/impostazioni/accesso/").status_code == 200


def test_with_a_factor_everything_is_as_before(owner: Colleague) -> None:
    elena = make.colleague()
    _ask(owner, Colleague.Role.AGENT)
    totp.TOTP.activate(elena, totp.generate_totp_secret())

    assert _browser(elena).get("/casella/").status_code == 200


def test_codes_of_reserve_alone_are_no_second_factor(owner: Colleague) -> None:
    elena = make.colleague()
    _ask(owner, Colleague.Role.AGENT)
    Authenticator.objects.create(
        user=elena, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0}
    )

    assert _browser(elena).get("/casella/")["Location"] == PAGE


def test_while_there_is_time_one_is_told_once_a_visit(owner: Colleague) -> None:
    elena = make.colleague()
    _ask(owner, Colleague.Role.AGENT, days=10)
    browser = _browser(elena)

    first = browser.get("/casella/?q=1")
    page = browser.get(first["Location"]).content.decode()
    second = browser.get("/casella/")

    assert first["Location"].startswith(PAGE)
    assert 'href="/casella/?q=1"' in page
    assert "Hai tempo fino a" in page
    assert second.status_code == 200


def test_the_page_leads_to_no_other_house(owner: Colleague) -> None:
    elena = make.colleague()
    _ask(owner, Colleague.Role.AGENT, days=10)

    page = _browser(elena).get(PAGE, {"poi": "https://ladro.example/"}).content.decode()

    assert "ladro.example" not in page


def test_other_roles_are_left_alone(owner: Colleague) -> None:
    _ask(owner, Colleague.Role.SUPERVISOR)

    assert _browser(make.colleague()).get("/casella/").status_code == 200


def test_who_came_later_has_the_same_days(owner: Colleague) -> None:
    _ask(owner, Colleague.Role.AGENT, days=10, ago=30)
    nora = make.colleague("Nora Bini")
    Colleague.objects.filter(pk=nora.pk).update(joined_at=timezone.now() - timedelta(days=1))
    nora.refresh_from_db()

    assert _browser(nora).get("/impostazioni/", follow=True).status_code == 200
    assert _browser(nora).get("/casella/")["Location"].startswith(f"{PAGE}?poi=")


def test_the_last_factor_of_who_needs_one_stays(owner: Colleague) -> None:
    elena = make.colleague()
    _ask(owner, Colleague.Role.AGENT)
    totp.TOTP.activate(elena, totp.generate_totp_secret())
    browser = Client()
    browser.force_login(elena)
    browser.post("/accesso/reauthenticate/", {"password": make.PASSWORD})

    browser.post("/accesso/fattori/app/togli/")

    assert Authenticator.objects.filter(user=elena, type="totp").exists()


def test_the_rule_is_set_on_its_page_and_says_who_lacks_one(owner: Colleague) -> None:
    make.colleague()
    browser = _browser(owner)

    saved = browser.post(
        "/impostazioni/sicurezza/salva/", {"roles": ["AGENT"], "grace": "7"}, follow=True
    ).content.decode()

    assert "Elena Sala" in saved
    assert "ha tempo fino a" in saved
    assert Company.objects.get().factor_roles == ["AGENT"]
    assert [deed.kind for deed in history_of("security:1")] == ["administration.factors_asked"]


def test_what_owners_need_is_the_owners_to_say(owner: Colleague) -> None:
    marta = make.colleague("Marta Riva", role=Colleague.Role.SUPERVISOR)

    with pytest.raises(NotAllowed):
        _ask(marta, Colleague.Role.OWNER)
    answer = _browser(marta).post(
        "/impostazioni/sicurezza/salva/", {"roles": ["OWNER"], "grace": "7"}
    )

    assert answer.status_code == 422
    assert "lo decide un titolare" in answer.content.decode()


def test_another_role_ends_every_session_of_before(owner: Colleague) -> None:
    elena = make.colleague()
    browser = _browser(elena)
    assert browser.get("/casella/").status_code == 200

    change_colleague(elena, role=Colleague.Role.SUPERVISOR, teams=[], by=owner, now=timezone.now())

    assert LOGIN in browser.get("/casella/")["Location"]


def test_who_leaves_is_out_everywhere(owner: Colleague) -> None:
    elena = make.colleague()
    browser = _browser(elena)

    part(elena, by=owner, now=timezone.now())

    assert LOGIN in browser.get("/casella/")["Location"]


def test_a_new_password_ends_the_other_sessions_and_is_told(owner: Colleague) -> None:
    here, there = _browser(owner), _browser(owner)
    new = "tre parole a caso"

    here.post(
        "/accesso/password/change/",
        {"oldpassword": make.PASSWORD, "password1": new, "password2": new},
    )

    assert here.get("/casella/").status_code == 200
    assert LOGIN in there.get("/casella/")["Location"]
    assert ["La parola d’ordine è cambiata" in one.text for one in _letters()] == [True]


def test_a_browser_that_is_not_known_is_told_of_once(owner: Colleague) -> None:
    right = {"login": owner.email, "password": make.PASSWORD}
    browser = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"})

    browser.post(LOGIN, right)
    browser.post("/accesso/logout/")
    browser.post(LOGIN, right)

    letters = _letters()
    assert [one.address for one in letters] == [owner.email]
    assert "Sei entrato da un dispositivo nuovo" in letters[0].subject
    assert "Firefox su Linux" in letters[0].text


def test_a_factor_that_is_taken_off_is_told(owner: Colleague) -> None:
    elena = make.colleague()
    totp.TOTP.activate(elena, totp.generate_totp_secret())
    browser = _browser(owner)

    browser.post(f"/impostazioni/accesso/colleghi/{elena.pk}/togli/")

    assert [(one.address, "secondo passo" in one.text) for one in _letters()] == [
        (elena.email, True)
    ]


def test_the_words_of_the_letter_are_the_companys_own(owner: Colleague) -> None:
    Template.objects.create(
        key=Template.Key.SECURITY,
        language="it",
        subject="Attenzione, {collega}",
        text="{fatto}: se non eri tu chiama il 2000.",
        changed_at=make.NOON,
    )

    Client().post(LOGIN, {"login": owner.email, "password": make.PASSWORD})

    assert _letters()[0].subject == "Attenzione, Anna Riva"
    assert "chiama il 2000" in _letters()[0].text


def test_a_demo_company_writes_no_letters(owner: Colleague) -> None:
    Company.objects.update(is_demo=True)

    Client().post(LOGIN, {"login": owner.email, "password": make.PASSWORD})

    assert _letters() == []


def test_too_many_tries_have_a_page_of_their_own(owner: Colleague) -> None:
    browser = Client()
    wrong = {"login": owner.email, "password": "sbagliata sbagliata"}

    answers = [
        browser.post("/accesso/password/reset/", {"email": "x@y.example"}) for _ in range(40)
    ]
    last = answers[-1]

    assert wrong
    assert last.status_code == 429
    assert "Troppi tentativi in poco tempo." in last.content.decode()
