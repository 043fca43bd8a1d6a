"""An article is written, suggested, published and found again; its versions never change."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ascolto.administration.services import articles as deeds
from ascolto.administration.services.articles import Place, Words
from ascolto.administration.services.changing import NotAllowed
from ascolto.knowledge.models import Article, ArticleDraft, Topic, Version
from ascolto.knowledge.queries.articles import Wish, counts, found_articles, lines
from ascolto.knowledge.queries.public import open_article, search_public, shelves
from ascolto.knowledge.services import Source, judge, keep_draft, record_uses
from ascolto.knowledge.services.worth import MOST_CLICKS_AN_HOUR, TooMany
from ascolto.staff.models import Colleague
from ascolto.timeline.models import Entry
from tests import make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 4)
PUBLIC = Article.Audience.PUBLIC
ROUTER = Words("Riavviare il router", "Stacca la spina, aspetta **un minuto**, riattacca.")


def marta() -> Colleague:
    return make.colleague("Marta Riva", role=Colleague.Role.SUPERVISOR)


def written(words: Words = ROUTER, *, by: Colleague | None = None, **place: Any) -> Article:
    where = Place(**place)
    return deeds.begin_article(words, where, by=by or marta(), now=make.NOON)


def public(words: Words = ROUTER, **place: Any) -> Article:
    article = written(words, **place)
    return deeds.publish(article, audience=PUBLIC, by=marta(), now=make.NOON)


def names(words: str = "", **wish: Any) -> list[str]:
    wanted = Wish(words=words, **wish)
    return [line.title for line in lines(found_articles(wanted, today=TODAY))]


def test_an_article_is_read_by_nobody_outside_before_it_is_published() -> None:
    article = written()

    assert open_article(article.slug) is None
    deeds.publish(article, audience=PUBLIC, by=marta(), now=make.NOON)

    read = open_article("riavviare-il-router")
    assert read is not None
    assert read.published is not None
    assert read.published.body == ROUTER.body


def test_what_is_for_us_alone_is_not_in_the_help_centre() -> None:
    article = written()
    deeds.publish(article, audience=Article.Audience.INTERNAL, by=marta(), now=make.NOON)

    assert open_article(article.slug) is None
    assert search_public("router", language="it") == []


def test_a_new_version_is_read_only_when_it_is_published_too() -> None:
    article = public()

    deeds.write_version(article, Words("Riavviare il router", "Altro."), by=marta(), now=make.NOON)

    read = open_article(article.slug)
    assert read is not None
    assert read.published is not None
    assert read.published.body == ROUTER.body


def test_an_agent_suggests_and_who_leads_takes_it() -> None:
    article, elena = public(), make.colleague()

    version = deeds.write_version(
        article,
        Words(ROUTER.title, "Stacca per due minuti.", note="uno è poco"),
        by=elena,
        now=make.NOON,
    )

    article.refresh_from_db()
    assert version.is_proposal
    assert article.newest_id != version.pk
    assert names(state="proposte") == [ROUTER.title]
    with pytest.raises(NotAllowed):
        deeds.take_proposal(version, by=elena, now=make.NOON)
    assert deeds.take_proposal(version, by=marta(), now=make.NOON).newest_id == version.pk
    assert names(state="proposte") == []


def test_a_suggestion_is_settled_once() -> None:
    article = public()
    words = Words(ROUTER.title, "Stacca per due minuti.")
    version = deeds.write_version(article, words, by=make.colleague(), now=make.NOON)

    deeds.decline_proposal(version, by=marta(), now=make.NOON)

    with pytest.raises(deeds.NotOpen):
        deeds.take_proposal(version, by=marta(), now=make.NOON)


def test_its_owner_writes_but_does_not_publish() -> None:
    elena = make.colleague()
    article = written(by=elena)

    version = deeds.write_version(article, Words("Router", "Breve."), by=elena, now=make.NOON)

    assert not version.is_proposal
    with pytest.raises(NotAllowed):
        deeds.publish(article, audience=PUBLIC, by=elena, now=make.NOON)


def test_a_light_helper_writes_nothing() -> None:
    with pytest.raises(NotAllowed):
        written(by=make.colleague("Ugo Neri", role=Colleague.Role.HELPER))


def test_the_database_refuses_to_change_what_somebody_wrote() -> None:
    version = written().newest
    assert version is not None

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(body="Mai scritto.")


def test_the_same_words_again_are_no_new_version() -> None:
    article = written()

    again = deeds.write_version(article, ROUTER, by=marta(), now=make.NOON)

    assert again.pk == article.newest_id
    assert article.versions.count() == 1


def test_an_older_version_comes_back_as_one_of_now() -> None:
    article = written()
    first = article.newest
    assert first is not None
    deeds.write_version(article, Words(ROUTER.title, "Sbagliato."), by=marta(), now=make.NOON)

    back = deeds.restore_version(first, note="era giusta", by=marta(), now=make.NOON)

    assert (back.body, article.versions.count()) == (ROUTER.body, 3)


def test_who_kept_the_old_address_still_finds_it() -> None:
    article = public()
    deeds.write_version(
        article, Words("Spegnere e riaccendere il router", "Così."), by=marta(), now=make.NOON
    )

    deeds.publish(article, audience=PUBLIC, by=marta(), now=make.NOON)

    old = open_article("riavviare-il-router")
    assert old is not None
    assert old.slug == "spegnere-e-riaccendere-il-router"


def test_an_address_that_was_another_articles_is_not_given_away() -> None:
    article = public()
    deeds.write_version(article, Words("Altro nome", "Così."), by=marta(), now=make.NOON)
    deeds.publish(article, audience=PUBLIC, by=marta(), now=make.NOON)

    assert public().slug == "riavviare-il-router-2"


def test_withdrawn_it_is_gone_and_its_versions_stay() -> None:
    article = public()

    deeds.withdraw(article, by=marta(), now=make.NOON)

    assert open_article(article.slug) is None
    assert names(state="bozze") == [ROUTER.title]


@pytest.mark.parametrize("words", ["router", "riavvio", "ROUTER minuto", "riaviare il ruter"])
def test_words_are_found_in_other_forms_and_with_a_typing_error(words: str) -> None:
    public()
    public(Words("Pagare con bonifico", "L’IBAN è sulla bolletta."))

    assert names(words)[0] == ROUTER.title


def test_accents_do_not_matter() -> None:
    public(Words("Perché la velocità cala la sera", "Di sera siamo in tanti."))

    assert names("velocita") == ["Perché la velocità cala la sera"]


def test_the_day_of_review_and_the_owner_narrow_the_list() -> None:
    elena = make.colleague()
    written(review_on=TODAY - timedelta(days=1))
    written(Words("Disdetta", "Come si fa."), owner=elena, review_on=TODAY + timedelta(days=9))

    assert names(state="rivedere") == [ROUTER.title]
    assert names(owner=elena.pk) == ["Disdetta"]
    assert counts(today=TODAY)["bozze"] == 2


def test_its_place_is_told_with_what_it_was_before() -> None:
    article = written()

    deeds.place_article(
        article,
        Place(topic=Topic.CONNECTIVITY, tags=["Fibra", "fibra", " "], owner=make.colleague()),
        by=marta(),
        now=make.NOON,
    )

    article.refresh_from_db()
    assert article.tags == ["fibra"]
    told = Entry.objects.get(kind="knowledge.article_placed")
    assert "topic" in told.facts["fields"]


def test_every_deed_stands_in_the_history_of_the_article() -> None:
    article = public()
    deeds.withdraw(article, by=marta(), now=make.NOON)

    told = Entry.objects.filter(subject=f"article:{article.pk}").order_by("id")
    assert [entry.kind for entry in told] == [
        "knowledge.article_made",
        "knowledge.article_published",
        "knowledge.article_withdrawn",
    ]


def test_what_is_typed_is_kept_until_it_is_a_version() -> None:
    article, elena = public(), make.colleague()
    keep_draft(article, title="Router", body="A metà", by=elena, now=make.NOON)
    keep_draft(article, title="Router", body="A metà di più", by=elena, now=make.NOON)
    keep_draft(None, title="Nuovo", body="", by=elena, now=make.NOON)
    assert ArticleDraft.objects.count() == 2

    deeds.write_version(article, Words("Router", "Tutto."), by=elena, now=make.NOON)

    assert [draft.title for draft in ArticleDraft.objects.all()] == ["Nuovo"]


def test_a_reader_is_counted_once_and_may_change_his_mind() -> None:
    article = public()

    judge(article, useful=True, mark="uno", now=make.NOON)
    judge(article, useful=False, mark="uno", now=make.NOON)
    judge(article, useful=True, mark="due", now=make.NOON)

    [line] = lines(found_articles(Wish(), today=TODAY))
    assert (line.useful, line.not_useful) == (1, 1)


def test_a_flood_of_clicks_is_not_believed() -> None:
    article = public()
    for click in range(MOST_CLICKS_AN_HOUR):
        judge(article, useful=True, mark=str(click), now=make.NOON)

    with pytest.raises(TooMany):
        judge(article, useful=False, mark="ancora", now=make.NOON)


def test_what_an_answer_was_made_of_is_written_down_once() -> None:
    article, elena = public(), make.colleague()
    used = Source("article", article.pk, edited=True)

    kept = record_uses(
        [used, used, Source("article", 99, edited=False)],
        case_id=1,
        message_id=2,
        by=elena,
        now=make.NOON,
    )

    assert [(one.article_id, one.edited) for one in kept] == [(article.pk, True)]


def test_shelves_tell_how_many_articles_a_topic_has() -> None:
    public(topic=Topic.CONNECTIVITY)
    public(Words("Bills", "How to pay.", "en"), topic=Topic.BILLING)

    assert [(one.topic, one.many) for one in shelves("it")] == [("connectivity", 1)]
