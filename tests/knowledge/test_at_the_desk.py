"""Articles on the desk: found, written without losing a word, suggested, compared, published."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ascolto.administration.services import articles as deeds
from ascolto.administration.services.articles import Place, Words
from ascolto.knowledge.models import Article, ArticleDraft
from ascolto.staff.models import Colleague
from tests import make

pytestmark = pytest.mark.django_db
ROUTER = Words("Riavviare il router", "Stacca la spina, aspetta **un minuto**.")


@pytest.fixture
def marta() -> Colleague:
    return make.colleague("Marta Riva", role=Colleague.Role.SUPERVISOR, teams=(make.team(),))


@pytest.fixture
def lead(marta: Colleague) -> Client:
    return browser_of(marta)


@pytest.fixture
def agent() -> Client:
    return browser_of(make.colleague("Elena Sala", teams=(make.team(),)))


@pytest.fixture
def article(marta: Colleague) -> Article:
    return deeds.begin_article(ROUTER, Place(), by=marta, now=make.NOON)


def browser_of(colleague: Colleague) -> Client:
    client = Client()
    client.force_login(colleague)
    return client


def said(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_a_house_without_articles_is_told_where_to_begin(lead: Client) -> None:
    assert "Ancora nessun articolo." in said(lead, "/conoscenza/")


def test_what_is_not_found_can_be_written_at_once(agent: Client, article: Article) -> None:
    page = said(agent, "/conoscenza/?q=modem+volante")

    assert "Niente con «modem volante»." in page
    assert "/conoscenza/nuovo/?titolo=modem%20volante" in page


def test_an_article_is_written_and_read_as_it_will_look(agent: Client) -> None:
    page = agent.post(
        "/conoscenza/nuovo/",
        {"title": "Il router", "body": "## Prima\n\n**Stacca**", "language": "it"},
        follow=True,
    ).content.decode()

    assert "<strong>Stacca</strong>" in page
    assert "fuori non lo legge nessuno" in page


def test_an_empty_article_keeps_what_was_typed(agent: Client) -> None:
    answer = agent.post("/conoscenza/nuovo/", {"title": "Il router", "language": "it"})

    assert answer.status_code == 422
    assert 'value="Il router"' in answer.content.decode()


def test_who_comes_back_finds_what_he_had_typed(agent: Client, article: Article) -> None:
    agent.post(f"/conoscenza/{article.pk}/scrivi/bozza/", {"title": "Router", "body": "A metà"})

    page = said(agent, f"/conoscenza/{article.pk}/scrivi/")

    assert ">A metà</textarea>" in page
    assert "Hai lasciato a metà «Router»." in said(agent, "/conoscenza/")
    agent.post(f"/conoscenza/{article.pk}/scrivi/bozza/", {"butta": "1"})
    assert not ArticleDraft.objects.exists()


def test_another_ones_draft_is_not_shown(agent: Client, lead: Client, article: Article) -> None:
    lead.post(f"/conoscenza/{article.pk}/scrivi/bozza/", {"title": "R", "body": "Di Marta"})

    assert "Di Marta" not in said(agent, f"/conoscenza/{article.pk}/scrivi/")


def test_an_agent_suggests_and_sees_who_decides(agent: Client, article: Article) -> None:
    page = agent.post(
        f"/conoscenza/{article.pk}/scrivi/",
        {"title": ROUTER.title, "body": "Aspetta due minuti.", "language": "it", "note": "poco"},
        follow=True,
    ).content.decode()

    assert "La tua proposta è arrivata: la guarda Marta Riva." in page
    assert "Accogli la modifica" not in page


def test_who_leads_takes_it_with_the_difference_before_his_eyes(
    agent: Client, lead: Client, article: Article
) -> None:
    words = {
        "title": ROUTER.title,
        "body": "Stacca la spina, aspetta due minuti.",
        "language": "it",
    }
    agent.post(f"/conoscenza/{article.pk}/scrivi/", words)
    version = article.versions.get(is_proposal=True)

    compared = said(lead, f"/conoscenza/{article.pk}/versioni/?a={version.pk}")
    lead.post(f"/conoscenza/versioni/{version.pk}/accogli/")

    article.refresh_from_db()
    assert "<ins>due</ins>" in compared
    assert article.newest_id == version.pk


def test_a_suggestion_decided_twice_says_so(lead: Client, agent: Client, article: Article) -> None:
    words = {"title": ROUTER.title, "body": "Altro.", "language": "it"}
    agent.post(f"/conoscenza/{article.pk}/scrivi/", words)
    version = article.versions.get(is_proposal=True)
    lead.post(f"/conoscenza/versioni/{version.pk}/lascia/")

    page = lead.post(f"/conoscenza/versioni/{version.pk}/accogli/", follow=True)

    assert "era già stata decisa" in page.content.decode()


def test_a_light_helper_reads_and_is_told_who_writes(article: Article) -> None:
    helper = browser_of(make.colleague("Ugo Neri", role=Colleague.Role.HELPER))

    assert "Stacca la spina" in said(helper, f"/conoscenza/{article.pk}/")
    refused = helper.get(f"/conoscenza/{article.pk}/scrivi/")
    assert refused.status_code == 403
    assert "Questo spetta a qualcun altro." in refused.content.decode()


def test_a_published_article_and_a_newer_version_are_told_apart(
    lead: Client, article: Article
) -> None:
    lead.post(f"/conoscenza/{article.pk}/pubblica/", {"per": "PUBLIC"})
    words = {"title": ROUTER.title, "body": "Nuovo.", "language": "it"}
    lead.post(f"/conoscenza/{article.pk}/scrivi/", words)

    page = said(lead, f"/conoscenza/{article.pk}/")

    assert "Fuori si legge ancora quella pubblicata." in page
    assert "Pubblica questa versione" in page


def test_its_place_is_kept_and_a_bad_day_is_said(lead: Client, article: Article) -> None:
    place = {"topic": "billing", "tags": "fibra", "review_on": "2027-01-31"}
    lead.post(f"/conoscenza/{article.pk}/posto/", place)
    wrong = lead.post(f"/conoscenza/{article.pk}/posto/", {**place, "review_on": "ieri"})

    article.refresh_from_db()
    assert (article.topic, str(article.review_on)) == ("billing", "2027-01-31")
    assert wrong.status_code == 422


def test_articles_go_out_and_come_back_as_they_were(lead: Client, article: Article) -> None:
    out = lead.get("/conoscenza/esporta/?come=json").content
    lead.post(
        f"/conoscenza/{article.pk}/scrivi/",
        {"title": ROUTER.title, "body": "Sbagliato.", "language": "it"},
    )

    page = lead.post(
        "/conoscenza/importa/", {"file": SimpleUploadedFile("articoli.json", out)}, follow=True
    )

    article.refresh_from_db()
    assert article.newest is not None
    assert article.newest.body == ROUTER.body
    assert "0 articoli nuovi, 1 cambiato. Niente è stato pubblicato." in page.content.decode()


def test_markdown_of_anybody_becomes_a_draft(lead: Client) -> None:
    text = b"# Pagare con bonifico\n\nL'IBAN e' in bolletta."

    lead.post("/conoscenza/importa/", {"file": SimpleUploadedFile("bonifico.md", text)})

    made = Article.objects.get(slug="pagare-con-bonifico")
    assert made.published is None


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", json.dumps([{"title": ""}]).encode()])
def test_a_file_that_is_none_is_refused_with_a_reason(lead: Client, body: bytes) -> None:
    page = lead.post(
        "/conoscenza/importa/", {"file": SimpleUploadedFile("a.json", body)}, follow=True
    )

    assert "Non si legge:" in page.content.decode()
    assert not Article.objects.exists()
