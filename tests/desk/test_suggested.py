"""Beside an answer stand three that could be: each says where it comes from, none sends itself."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from ascolto.administration.services import articles as deeds
from ascolto.administration.services.articles import Place, Words
from ascolto.cases.models import Case, Message, Rating
from ascolto.cases.queries.earlier_answers import earlier_answers, lexemes_of
from ascolto.cases.services import answer, resolve
from ascolto.channels.models import Outgoing
from ascolto.knowledge.models import Article, Macro, Use
from ascolto.staff.models import Colleague, Team
from tests import make
from tests.desk.builders import case_of

ASKED = "Il router lampeggia di rosso e la fibra non naviga più."
SAID = "Buongiorno Paolo, tenga premuto il tasto reset del router per dieci secondi. Elena Sala"


def article(title: str = "Il router lampeggia rosso", *, audience: str = "PUBLIC") -> Article:
    marta = make.colleague("Marta Riva", role=Colleague.Role.SUPERVISOR)
    words = Words(title, "1. Spenga il router\n2. Aspetti **un minuto**")
    made = deeds.begin_article(words, Place(), by=marta, now=make.NOON)
    return deeds.publish(made, audience=audience, by=marta, now=make.NOON)


def answered(by: Colleague, *, name: str = "Paolo Rinaldi", team: Team | None = None) -> Case:
    """The same question of somebody else, answered and over."""
    case = case_of(name, subject="Router rosso", text=ASKED, minutes_ago=600, team=team)
    then = timezone.now() - timedelta(minutes=500)
    said = answer(case, author=by, text=SAID, now=then)
    Outgoing.objects.filter(message=said).update(sent_at=then)
    resolve(case, by=by, now=then)
    return case


def part(client: Client, case: Case) -> str:
    answer = client.get(f"/casi/C-{case.pk}/proposte/", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_article_and_an_earlier_answer_are_offered_with_their_source(
    desk: Client, elena: Colleague
) -> None:
    shown, before = article(), answered(elena)
    case = case_of("Giulia Ferraris", subject="Router", text=ASKED)

    page = part(desk, case)

    assert f'data-insert="article:{shown.pk}"' in page
    assert "1. Spenga il router" in page
    assert f'href="/casi/C-{before.pk}/"' in page
    assert f"C-{before.pk}, Elena Sala" in page
    assert "per le parole" in page


def test_an_earlier_answer_names_the_customer_of_now(desk: Client, elena: Colleague) -> None:
    answered(elena)
    case = case_of("Giulia Ferraris", subject="Router", text=ASKED)

    page = part(desk, case)

    assert "Buongiorno Giulia, tenga premuto" in page
    assert "Paolo" not in page


def test_a_macro_is_offered_filled_in(desk: Client, elena: Colleague) -> None:
    Macro.objects.create(
        title="Router rosso", text="{nome}, la fibra e il router…", changed_at=make.NOON
    )
    case = case_of("Giulia Ferraris", subject="Router", text=ASKED)

    assert "Giulia, la fibra e il router…" in part(desk, case)


def test_a_question_that_nobody_asked_suggests_nothing(desk: Client, elena: Colleague) -> None:
    article()
    case = case_of("Giulia Ferraris", subject="Festa", text="Grazie di cuore, siete bravissimi.")

    assert "data-insert" not in part(desk, case)
    whole = desk.get(f"/casi/C-{case.pk}/proposte/").content.decode()
    assert "Niente da suggerire." in whole


def test_a_name_and_a_greeting_are_no_question(desk: Client, elena: Colleague) -> None:
    Macro.objects.create(title="Giulia Ferraris", text="Buonasera.", changed_at=make.NOON)
    case = case_of("Giulia Ferraris", subject="Salve", text="Buonasera, Giulia Ferraris")

    assert "data-insert" not in part(desk, case)


def test_a_draft_article_is_not_offered(desk: Client) -> None:
    deeds.withdraw(article(), by=make.colleague("Marta Riva"), now=make.NOON)
    case = case_of("Giulia Ferraris", subject="Router", text=ASKED)

    assert "data-insert" not in part(desk, case)


def found(colleague: Colleague, case: Case) -> list[int]:
    return [one.case_id for one in earlier_answers(colleague, case, lexemes_of(ASKED))]


def test_what_the_customer_came_back_about_was_no_good_answer(elena: Colleague) -> None:
    before = answered(elena)
    assert found(elena, case_of("Giulia Ferraris", text=ASKED)) == [before.pk]

    again = make.mail(
        "Non ha funzionato.",
        sender="Paolo Rinaldi <paolo@example.org>",
        message_id="<ancora@example.org>",
    )
    item = make.receive(again, now=timezone.now())
    Message.objects.filter(item=item).update(case=before)

    assert found(elena, case_of("Giulia Ferraris", text=ASKED, minutes_ago=2)) == []


def test_what_was_judged_badly_is_not_said_again(elena: Colleague) -> None:
    before = answered(elena)
    said = Message.objects.get(case=before, author=elena)
    Rating.objects.create(
        case=before,
        message=said,
        identity=said.conversation.identity,
        score=Rating.Score.BAD,
        at=make.NOON,
    )

    assert found(elena, case_of("Giulia Ferraris", text=ASKED)) == []


def test_answers_of_a_closed_team_are_nobody_elses(elena: Colleague) -> None:
    legal = make.team("Legale", is_reserved=True)
    sara = make.colleague("Sara Conti", teams=(legal,))
    before = answered(sara, team=legal)
    case = case_of("Giulia Ferraris", text=ASKED)

    assert found(elena, case) == []
    assert found(sara, case) == [before.pk]


def test_what_was_used_is_written_down_and_whether_it_was_edited(
    desk: Client, elena: Colleague
) -> None:
    shown = article()
    case = case_of("Giulia Ferraris", subject="Router", text=ASKED)
    text = "Buongiorno. 1. Spenga il router\n2. Aspetti un minuto"

    desk.post(
        f"/casi/C-{case.pk}/rispondi/",
        {"text": text, "fonte": [f"article:{shown.pk}", "article:99", "answer:1", "x"]},
    )

    [used] = Use.objects.all()
    assert (used.article_id, used.case_id, used.edited) == (shown.pk, case.pk, False)


def test_what_was_changed_counts_as_edited(desk: Client, elena: Colleague) -> None:
    shown = article()
    case = case_of("Giulia Ferraris", subject="Router", text=ASKED)

    desk.post(
        f"/casi/C-{case.pk}/rispondi/", {"text": "Lo spenga.", "fonte": f"article:{shown.pk}"}
    )

    assert Use.objects.get().edited


def test_slash_finds_articles_and_their_address(desk: Client, elena: Colleague) -> None:
    shown, case = article(), case_of("Giulia Ferraris")
    article("Router: sconti", audience="INTERNAL")

    rows = desk.get("/macro/?q=router").json()

    kinds = [(row["kind"], row["title"]) for row in rows]
    assert ("link", "Il router lampeggia rosso") in kinds
    assert ("link", "Router: sconti") not in kinds
    link = desk.get(f"/casi/C-{case.pk}/articolo/{shown.pk}/?link=1").json()["text"]
    assert link.endswith("/aiuto/it/il-router-lampeggia-rosso/")


def test_suggestions_ask_the_database_a_fixed_number_of_times(
    desk: Client, elena: Colleague, django_assert_max_num_queries: Any
) -> None:
    for name in ("Paolo Rinaldi", "Anna Bo", "Ivo Riz"):
        answered(elena, name=name)
    article()
    case = case_of("Giulia Ferraris", subject="Router", text=ASKED)

    with django_assert_max_num_queries(22):
        part(desk, case)
