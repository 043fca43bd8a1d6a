"""The way in to all of one's matters: by a link in his own mailbox, used once, by a button."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from ascolto.channels.models import Outgoing
from ascolto.kit.secrets import unseal
from ascolto.portal.door import VISIT
from ascolto.portal.models import SignInLink, Visit
from ascolto.portal.policy import LINKS_FROM_A_PLACE, MOST_LINKS
from ascolto.portal.services import invite_in
from ascolto.pressure.services import mark_unreachable
from ascolto.timeline.queries import deeds_of_customers
from tests import make
from tests.portal.pages import a_sign_in_link, signed_in

pytestmark = pytest.mark.django_db
GIULIA, NOBODY = "giulia@example.org", "nessuno@example.org"


def ask(client: Client, address: str) -> tuple[int, str, list[str]]:
    """Status, place, and what the database was asked, with the address struck out."""
    with CaptureQueriesContext(connection) as queries:
        response = client.post("/p/entra/", {"indirizzo": address})
    asked = [query["sql"].replace(address, "…") for query in queries.captured_queries]
    return response.status_code, response.headers.get("Location", ""), [q[:60] for q in asked]


def test_who_is_known_is_not_told_apart_by_words_or_by_work(client: Client) -> None:
    make.case()

    assert ask(client, GIULIA) == ask(client, NOBODY)


def test_what_was_asked_is_looked_up_by_a_job(client: Client) -> None:
    make.case()

    client.post("/p/entra/", {"indirizzo": GIULIA})

    assert not SignInLink.objects.exists()
    assert ProcrastinateJob.objects.filter(task_name="portal.invite_in").exists()


def test_a_known_address_gets_a_link_by_mail() -> None:
    make.case()

    link = invite_in(" Giulia@Example.org ", now=timezone.now())

    assert link is not None
    mail = Outgoing.objects.get(key=f"sign-in-{link.pk}")
    assert mail.automatic
    assert (mail.identity.value, mail.decision.purpose) == (GIULIA, "CARE")
    assert unseal(bytes(mail.link)).startswith(f"{settings.PUBLIC_URL}/p/entra/")


def test_a_stranger_gets_no_mail_from_us() -> None:
    make.case()
    before = Outgoing.objects.count()

    assert invite_in(NOBODY, now=timezone.now()) is None
    assert invite_in("niente", now=timezone.now()) is None
    assert Outgoing.objects.count() == before


def test_a_dead_address_gets_no_mail_either() -> None:
    make.case()
    mark_unreachable(make.identity(), reason="casella inesistente", now=timezone.now())

    assert invite_in(GIULIA, now=timezone.now()) is None


def test_nobody_fills_a_mailbox_with_links() -> None:
    make.case()
    now = timezone.now()

    made = [invite_in(GIULIA, now=now + timedelta(seconds=n)) for n in range(MOST_LINKS + 1)]

    assert [link is not None for link in made] == [True] * MOST_LINKS + [False]


def test_one_place_may_not_ask_for_ever(client: Client) -> None:
    answers = [
        client.post("/p/entra/", {"indirizzo": f"n{n}@example.org"}).status_code
        for n in range(LINKS_FROM_A_PLACE + 1)
    ]

    assert answers == [303] * LINKS_FROM_A_PLACE + [429]


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_uses_nothing_up(client: Client, method: str) -> None:
    """T35: scanners open every link there is."""
    token = a_sign_in_link(make.identity())

    with CaptureQueriesContext(connection) as queries:
        response = getattr(client, method)(f"/p/entra/{token}/")

    assert response.status_code == 200
    said = [query["sql"].lstrip().split()[0].upper() for query in queries.captured_queries]
    assert set(said) <= {"SELECT"}
    assert VISIT not in response.cookies


def test_the_button_opens_the_door_once(client: Client) -> None:
    giulia = make.identity()
    token, spare = a_sign_in_link(giulia), a_sign_in_link(giulia)

    first = client.post(f"/p/entra/{token}/")

    assert (first.status_code, first.headers["Location"]) == (303, "/p/miei/")
    assert client.get("/p/miei/").status_code == 200
    assert Client().post(f"/p/entra/{token}/").status_code == 404
    assert Client().post(f"/p/entra/{spare}/").status_code == 404  # one was enough
    assert deeds_of_customers([giulia.customer_id], kinds=["portal.signed_in"])


def test_a_link_of_yesterday_opens_nothing(client: Client) -> None:
    token = a_sign_in_link(make.identity())
    SignInLink.objects.update(
        made_at=timezone.now() - timedelta(hours=25), ends_at=timezone.now() - timedelta(hours=1)
    )

    assert client.get(f"/p/entra/{token}/").status_code == 404
    assert client.post(f"/p/entra/{token}/").status_code == 404


def test_the_cookie_is_for_these_pages_and_no_script(client: Client) -> None:
    response = client.post(f"/p/entra/{a_sign_in_link(make.identity())}/")

    cookie = response.cookies[VISIT]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/p/", "Lax", True)
    assert bytes(Visit.objects.get().token_hash) != cookie.value.encode()


def test_a_visit_ends_after_a_month() -> None:
    giulia = signed_in(make.identity())
    Visit.objects.update(ends_at=timezone.now())

    assert giulia.get("/p/miei/").headers["Location"] == "/p/entra/"


def test_signing_out_ends_it_for_the_cookie_too() -> None:
    giulia = signed_in(make.identity())
    key = giulia.cookies[VISIT].value

    giulia.post("/p/esci/")

    other = Client()
    other.cookies[VISIT] = key
    assert other.get("/p/miei/").status_code == 302


def test_a_form_of_another_site_does_nothing() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[VISIT] = signed_in(make.identity()).cookies[VISIT].value

    assert strict.post("/p/esci/").status_code == 403
    assert strict.post("/p/miei/non-sono-io/").status_code == 403
    assert strict.post("/p/miei/nuova/", {"testo": "Ciao"}).status_code == 403
    assert strict.get("/p/miei/").status_code == 200
