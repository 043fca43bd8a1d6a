"""The pages of webhooks and keys, as who uses them sees them."""

import html
import re

import pytest
from django.test import Client

from ascolto.integrations import services
from ascolto.integrations.models import Delivery, Token, Webhook
from ascolto.kit.secrets import unseal
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.conftest import browser_of

HOOKS, KEYS = "/impostazioni/webhook/", "/impostazioni/chiavi/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Colleague:
    make.company()
    return make.colleague("Anna Berti", role=Colleague.Role.OWNER)


@pytest.fixture
def desk(anna: Colleague) -> Client:
    return browser_of(anna)


@pytest.fixture
def hook(anna: Colleague) -> Webhook:
    wish = services.Wish("Negozio", "https://negozio.example/ascolto", ["cases.*"])
    return services.create_webhook(wish, by=anna, now=make.NOON)[0]


def text(page: bytes) -> str:
    return html.unescape(page.decode())


def test_before_the_first_webhook_the_page_says_what_it_would_carry(desk: Client) -> None:
    page = text(desk.get(HOOKS).content)

    assert "Nessun programma ascolta ancora." in page
    assert "Anche i fatti delle squadre riservate" in page


def test_the_secret_is_shown_once_and_kept_sealed(desk: Client) -> None:
    wish = {
        "title": "Negozio",
        "url": "https://negozio.example/a",
        "families": ["cases.*"],
        "others": "people.renamed",
    }

    page = text(desk.post(HOOKS, wish).content)

    hook = Webhook.objects.get()
    secret = re.search(r"whsec_[\w-]+", page)
    assert secret is not None
    assert unseal(bytes(hook.secret)) == secret[0]
    assert hook.kinds == ["cases.*", "people.renamed"]
    for address in (HOOKS, f"{HOOKS}{hook.pk}/"):
        assert "whsec_" not in text(desk.get(address).content)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"url": "negozio"}, "Scrivi un indirizzo intero"),
        ({"others": "tutto quanto"}, "Un fatto si scrive come «cases.opened»"),
    ],
)
def test_what_cannot_be_meant_is_told_and_nothing_made(
    desk: Client, wrong: dict[str, str], said: str
) -> None:
    response = desk.post(HOOKS, {"title": "N", "url": "https://negozio.example/", **wrong})

    assert response.status_code == 422
    assert said in text(response.content)
    assert not Webhook.objects.exists()


def test_a_webhook_is_tried_paused_resumed_and_closed(desk: Client, hook: Webhook) -> None:
    place = f"{HOOKS}{hook.pk}/"

    tried = text(desk.post(f"{place}prova/", follow=True).content)
    paused = text(desk.post(f"{place}pausa/", follow=True).content)
    resumed = text(desk.post(f"{place}riprendi/", follow=True).content)
    closed = text(desk.post(f"{place}chiudi/", follow=True).content)

    assert "ascolto.test" in tried
    assert "in pausa" in paused
    assert "Metti in pausa" in resumed
    assert "Invia una prova" not in closed
    after = text(desk.post(f"{place}prova/", follow=True).content)
    assert "È chiuso: non si può più cambiare." in after


def test_what_it_hears_can_be_changed(desk: Client, hook: Webhook) -> None:
    desk.post(f"{HOOKS}{hook.pk}/fatti/", {"families": ["people.*"], "others": ""})

    hook.refresh_from_db()
    assert hook.kinds == ["people.*"]


def test_the_log_says_what_became_of_each_and_sends_again(
    desk: Client, anna: Colleague, hook: Webhook
) -> None:
    given_up = services.send_test(hook, by=anna, now=make.NOON)
    Delivery.objects.filter(pk=given_up.pk).update(
        attempts=11, error="HTTP 503", status=503, given_up_at=make.NOON
    )

    page = text(desk.get(f"{HOOKS}{hook.pk}/?solo=falliti").content)
    desk.post(f"{HOOKS}consegne/{given_up.pk}/rimanda/")

    assert "non più tentato" in page
    assert "HTTP 503" in page
    given_up.refresh_from_db()
    assert (given_up.attempts, given_up.given_up_at) == (0, None)


def test_a_long_log_is_read_a_page_at_a_time(desk: Client, hook: Webhook) -> None:
    Delivery.objects.bulk_create(
        Delivery(
            webhook=hook,
            entry=n,
            kind=f"cases.n{n}",
            body="{}",
            made_at=make.NOON,
            next_at=make.NOON,
        )
        for n in range(1, 61)
    )

    first = text(desk.get(f"{HOOKS}{hook.pk}/").content)
    more = re.search(r"\?prima=\d+", first)
    assert more is not None
    second = text(desk.get(f"{HOOKS}{hook.pk}/{more[0]}").content)

    assert "cases.n11<" in first
    assert "cases.n10<" not in first
    assert "cases.n10<" in second
    assert "?prima=" not in second


def test_hostile_words_in_a_delivery_are_words(desk: Client, hook: Webhook) -> None:
    """T02: what a customer wrote stands in the body, and stays text."""
    Delivery.objects.create(
        webhook=hook,
        entry=1,
        kind="cases.opened",
        body='{"facts":{"subject":"<img src=x onerror=alert(1)>"}}',
        error="<script>alert(1)</script>",
        made_at=make.NOON,
        next_at=make.NOON,
    )

    page = desk.get(f"{HOOKS}{hook.pk}/").content.decode()

    assert "<img src=x" not in page
    assert "<script>alert" not in page


def test_a_key_is_shown_once_and_opens_the_api(desk: Client) -> None:
    wish = {"name": "Cruscotto", "scopes": ["read"], "lasting": "90"}

    page = text(desk.post(KEYS, wish).content)

    plain = re.search(r"asc_[\w-]+", page)
    assert plain is not None
    headers = {"Authorization": f"Bearer {plain[0]}"}
    assert Client().get("/api/v1/cases", headers=headers).status_code == 200
    assert "asc_" not in text(desk.get(KEYS).content)
    token = Token.objects.get()
    assert token.expires_at is not None
    assert (token.expires_at - token.created_at).days == 90


def test_a_revoked_key_opens_nothing(desk: Client, anna: Colleague) -> None:
    token, plain = services.create_token("Cruscotto", anna, ["read"], now=make.NOON)

    page = text(desk.post(f"{KEYS}{token.pk}/revoca/", follow=True).content)

    assert "revocata" in page
    headers = {"Authorization": f"Bearer {plain}"}
    assert Client().get("/api/v1/cases", headers=headers).status_code == 401


def test_one_sees_ones_own_keys_and_the_owner_all(desk: Client, anna: Colleague) -> None:
    elena = make.colleague()
    services.create_token("Di Elena", elena, ["read"], now=make.NOON)
    services.create_token("Di Anna", anna, ["read"], now=make.NOON)

    hers = text(browser_of(elena).get(KEYS).content)
    all_of_them = text(desk.get(KEYS).content)

    assert "Di Elena" in hers
    assert "Di Anna" not in hers
    assert "Di Elena" in all_of_them
