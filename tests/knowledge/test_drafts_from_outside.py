"""Drafts: off until somebody says so, out of our sources alone, and nobody's name leaves."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from ascolto.administration.services import articles as deeds
from ascolto.administration.services.articles import Place, Words
from ascolto.administration.services.changing import NotAllowed
from ascolto.administration.services.drafter import save_drafter
from ascolto.cases.models import Case
from ascolto.knowledge import drafting
from ascolto.knowledge.models import Article, DraftAsked, Drafter, Use
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import case_of
from tests.knowledge.endpoint import Endpoint, endpoint

pytestmark = pytest.mark.django_db
SECRET = "sk-prova-1234"  # noqa: S105 # of the fake alone
ASKED = (
    "Il router lampeggia rosso. Sono Giulia Ferraris, 347 1234567, giulia@example.org, "
    "contratto CN-20931, IBAN IT60X0542811101000000123456."
)


@pytest.fixture
def outside(settings: Any) -> Iterator[Endpoint]:
    settings.SOURCE_PRIVATE_HOSTS = ["localhost"]
    with endpoint() as one:
        yield one


@pytest.fixture
def marta() -> Colleague:
    return make.colleague("Marta Riva", role=Colleague.Role.SUPERVISOR, teams=(make.team(),))


@pytest.fixture
def desk(marta: Colleague) -> Client:
    client = Client()
    client.force_login(marta)
    return client


def article(marta: Colleague) -> Article:
    words = Words("Il router lampeggia rosso", "Spenga il router e aspetti **un minuto**.")
    made = deeds.begin_article(words, Place(), by=marta, now=make.NOON)
    return deeds.publish(made, audience="PUBLIC", by=marta, now=make.NOON)


def opened(outside: Endpoint, marta: Colleague) -> Drafter:
    return save_drafter(
        url=outside.url, model="piccolo", key=SECRET, is_on=True, by=marta, now=make.NOON
    )


def asked_for(desk: Client, case: Case) -> str:
    answer = desk.post(f"/casi/C-{case.pk}/proposte/bozza/", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def question() -> Case:
    return case_of("Giulia Ferraris", subject="Router", text=ASKED)


def test_nothing_leaves_until_somebody_turns_it_on(
    desk: Client, outside: Endpoint, marta: Colleague
) -> None:
    article(marta)
    case = question()

    assert "Le bozze sono spente." in asked_for(desk, case)
    assert "Chiedi una bozza" not in desk.get(f"/casi/C-{case.pk}/proposte/").content.decode()
    assert outside.heard == []


def test_a_draft_comes_with_its_sources_and_the_names_back_in_place(
    desk: Client, outside: Endpoint, marta: Colleague
) -> None:
    made = article(marta)
    opened(outside, marta)
    outside.says = "Buongiorno [nome 1], spenga il router e aspetti un minuto [F1]."

    page = asked_for(desk, question())

    assert "Buongiorno Giulia" in page
    assert f'data-sources="article:{made.pk}:draft"' in page
    assert "[F1]" not in page
    assert outside.keys == [f"Bearer {SECRET}"]


def test_nobodys_name_or_number_leaves(desk: Client, outside: Endpoint, marta: Colleague) -> None:
    article(marta)
    opened(outside, marta)
    outside.says = "Spenga il router [F1]."

    asked_for(desk, question())

    for told in ("Giulia", "Ferraris", "1234567", "giulia@", "CN-20931", "IT60X"):
        assert told not in outside.last
    assert "[telefono 1]" in outside.last
    [kept] = DraftAsked.objects.all()
    assert (
        kept.sent
        == outside.heard[0]["messages"][0]["content"]
        + "\n\n"
        + (outside.heard[0]["messages"][1]["content"])
    )


def test_a_draft_that_names_no_source_is_none(
    desk: Client, outside: Endpoint, marta: Colleague
) -> None:
    article(marta)
    opened(outside, marta)
    outside.says = "Le rimborsiamo cento euro."

    page = asked_for(desk, question())

    assert "cento euro" not in page
    assert "Nelle fonti non c’è la risposta" in page


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (500, b"", "non ha risposto in tempo"),
        (401, b"", "La chiave di chi prepara le bozze non è più buona."),
        (200, b"<html>", "in una forma che non si legge"),
        (200, b'{"choices": []}', "in una forma che non si legge"),
    ],
)
def test_every_failure_has_its_sentence_and_stands_in_the_record(
    desk: Client, outside: Endpoint, marta: Colleague, status: int, body: bytes, sentence: str
) -> None:
    article(marta)
    opened(outside, marta)
    outside.status, outside.body = status, body

    assert sentence in asked_for(desk, question())
    assert DraftAsked.objects.get().problem


def test_who_thinks_too_long_is_not_waited_for(
    desk: Client, outside: Endpoint, marta: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    article(marta)
    opened(outside, marta)
    outside.waits = 3.0
    monkeypatch.setattr(drafting, "SECONDS", 0.3)

    assert "non ha risposto in tempo" in asked_for(desk, question())


def test_an_address_of_our_own_network_is_not_called(
    desk: Client, outside: Endpoint, marta: Colleague, settings: Any
) -> None:
    article(marta)
    opened(outside, marta)
    settings.SOURCE_PRIVATE_HOSTS = []

    assert "non si può chiamare da qui" in asked_for(desk, question())
    assert outside.heard == []


def test_the_key_is_sealed_and_does_not_follow_to_another_address(marta: Colleague) -> None:
    first = save_drafter(
        url="https://uno.example/v1", model="a", key=SECRET, is_on=True, by=marta, now=make.NOON
    )
    assert SECRET.encode() not in bytes(first.secret or b"")

    moved = save_drafter(
        url="https://due.example/v1", model="a", key="", is_on=True, by=marta, now=make.NOON
    )

    assert moved.secret is None


def test_an_agent_does_not_decide_it() -> None:
    with pytest.raises(NotAllowed):
        save_drafter(
            url="https://uno.example/v1",
            model="a",
            key="",
            is_on=True,
            by=make.colleague(),
            now=make.NOON,
        )


def test_what_was_drafted_is_known_when_it_is_sent(
    desk: Client, outside: Endpoint, marta: Colleague
) -> None:
    made, case = article(marta), question()

    desk.post(
        f"/casi/C-{case.pk}/rispondi/",
        {"text": "Spenga il router.", "fonte": f"article:{made.pk}:draft"},
    )

    assert Use.objects.get().drafted


def test_the_settings_show_what_left_and_never_the_key(
    desk: Client, outside: Endpoint, marta: Colleague
) -> None:
    opened(outside, marta)
    outside.says = "Alle nove [F1]."

    said = desk.post("/impostazioni/bozze/prova/", follow=True).content.decode()

    assert "Risponde: «Alle nove.»" in said
    assert "A che ora rispondete?" in said
    assert SECRET not in said


def test_an_address_that_is_none_is_said(desk: Client) -> None:
    answer = desk.post("/impostazioni/bozze/", {"url": "qui", "model": "a"})

    assert answer.status_code == 422
    assert not Drafter.objects.exists()
