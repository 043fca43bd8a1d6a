"""The help centre: for everybody, without cookies or script, and nothing that is ours alone."""

from typing import Any

import pytest
from django.test import Client

from ascolto.administration.services import articles as deeds
from ascolto.administration.services.articles import Place, Words
from ascolto.knowledge.models import Article, Usefulness
from ascolto.staff.models import Colleague
from tests import make

pytestmark = pytest.mark.django_db
ROUTER = Words("Riavviare il router", "## Come\n\n1. Stacca la spina\n2. Aspetta un minuto")
BOX = "/aiuto/it/riavviare-il-router/"


def marta() -> Colleague:
    return make.colleague("Marta Riva", role=Colleague.Role.SUPERVISOR, teams=(make.team(),))


def article(words: Words = ROUTER, *, audience: str = "PUBLIC", **place: Any) -> Article:
    made = deeds.begin_article(words, Place(**place), by=marta(), now=make.NOON)
    return deeds.publish(made, audience=audience, by=marta(), now=make.NOON)


def said(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_door_speaks_the_language_of_the_browser(client: Client) -> None:
    make.company()

    english = client.get("/aiuto/", headers={"Accept-Language": "en-GB,en"})
    german = client.get("/aiuto/", headers={"Accept-Language": "de"})

    assert english.headers["Location"] == "/aiuto/en/"
    assert german.headers["Location"] == "/aiuto/it/"
    assert "Accept-Language" in english.headers["Vary"]


def test_an_article_is_read_and_may_be_kept_and_found_by_search_engines(client: Client) -> None:
    article()

    answer = client.get(BOX)

    page = answer.content.decode()
    assert "<li>Stacca la spina</li>" in page
    assert "index, follow" in page
    assert f'{BOX}">' in page[page.index('rel="canonical"') :]
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert not answer.cookies


def test_nothing_that_is_ours_alone_is_found(client: Client) -> None:
    article(Words("Sconti che si danno", "Fino a cinque euro."), audience="INTERNAL")
    draft = deeds.begin_article(Words("Bozza di router", "…"), Place(), by=marta(), now=make.NOON)

    assert client.get("/aiuto/it/sconti-che-si-danno/").status_code == 404
    assert client.get(f"/aiuto/it/{draft.slug}/").status_code == 404
    assert "Sconti" not in said(client, "/aiuto/it/") + said(client, "/aiuto/it/cerca/?q=sconti")
    assert "Bozza" not in said(client, "/aiuto/it/cerca/?q=router")


def test_an_old_address_leads_to_the_new_one(client: Client) -> None:
    made = article()
    deeds.write_version(made, Words("Spegnere il router", "Così."), by=marta(), now=make.NOON)
    deeds.publish(made, audience="PUBLIC", by=marta(), now=make.NOON)

    answer = client.get(BOX)

    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        "/aiuto/it/spegnere-il-router/",
    )


def test_the_same_article_in_another_language_is_one_click_away(client: Client) -> None:
    italian = article()
    article(Words("Restart the router", "Like this.", "en"), translation_of=italian)

    assert 'href="/aiuto/en/restart-the-router/"' in said(client, BOX)
    assert "Restart the router" in said(client, "/aiuto/en/")


def test_words_with_a_typing_error_still_find_it(client: Client) -> None:
    article()

    assert "Un articolo su «ruter riaviare»" in said(client, "/aiuto/it/cerca/?q=ruter+riaviare")


def test_who_finds_nothing_is_told_where_to_write(client: Client) -> None:
    make.mailbox()

    page = said(client, "/aiuto/it/cerca/?q=dromedario")

    assert "Niente su «dromedario»" in page
    assert "mailto:assistenza@alba.example?subject=dromedario" in page
    assert "noindex" in page


def test_a_page_that_is_gone_offers_what_is_near(client: Client) -> None:
    article()

    answer = client.get("/aiuto/it/riavvio-router-vecchio/")

    assert answer.status_code == 404
    assert "Riavviare il router" in answer.content.decode()


def test_one_click_is_counted_once_for_a_reader(client: Client) -> None:
    made = article()

    first = client.post(f"{BOX}utile/", {"utile": "si"})
    client.post(f"{BOX}utile/", {"utile": "no"})
    client.post(f"{BOX}utile/", {"utile": "si"}, headers={"User-Agent": "Altro"})

    assert first.headers["Location"] == f"{BOX}?grazie=si#utile"
    assert "Grazie, ci fa piacere." in said(client, f"{BOX}?grazie=si")
    clicks = Usefulness.objects.filter(article=made).order_by("useful")
    assert [one.useful for one in clicks] == [False, True]
    assert "127.0.0.1" not in "".join(one.mark for one in clicks)


def test_a_click_from_another_site_is_not_counted(client: Client) -> None:
    article()

    client.post(f"{BOX}utile/", {"utile": "no"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert not Usefulness.objects.exists()


def test_an_empty_help_centre_says_so(client: Client) -> None:
    make.company()

    assert "Qui ancora non c’è niente da leggere." in said(client, "/aiuto/it/")


def test_robots_read_the_help_centre_alone(client: Client) -> None:
    lines = said(client, "/robots.txt").splitlines()

    assert "Allow: /aiuto/" in lines
    assert "Disallow: /" in lines


def test_a_page_of_articles_asks_the_database_little(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        article(Words(f"Riavviare il router {number}", "Così."))

    with django_assert_max_num_queries(4):
        client.get("/aiuto/it/")
    with django_assert_max_num_queries(6):
        client.get("/aiuto/it/riavviare-il-router-3/")
