"""Articles for programs: written, suggested, published and found as at the desk."""

import pytest

from ascolto.staff.models import Colleague
from tests.api.callers import caller, refusal, said

pytestmark = pytest.mark.django_db
WORDS = {"title": "Il router lampeggia", "body": "Si **riavvia**.", "language": "it"}


def test_an_article_is_written_published_found_and_withdrawn() -> None:
    program = caller("Marta Riva", role=Colleague.Role.SUPERVISOR)

    made = said(program.post("/articles", {**WORDS, "topic": "connectivity", "tags": ["fibra"]}))
    place = f"/articles/{made['id']}"
    published = said(program.post(f"{place}/publish", {"audience": "PUBLIC"}))
    found = said(program.get("/articles", q="ruter", state="public"))
    withdrawn = said(program.post(f"{place}/withdraw", {}))

    assert (made["state"], made["slug"], made["tags"]) == (
        "draft",
        "il-router-lampeggia",
        ["fibra"],
    )
    assert (published["state"], [one["id"] for one in found]) == ("public", [made["id"]])
    assert withdrawn["state"] == "draft"


def test_an_agents_program_suggests_and_does_not_publish() -> None:
    lead = caller("Marta Riva", role=Colleague.Role.SUPERVISOR)
    place = f"/articles/{said(lead.post('/articles', WORDS))['id']}"
    agent = caller("Elena Sala", role=Colleague.Role.AGENT)

    suggested = said(agent.post(f"{place}/versions", {**WORDS, "body": "Si spegne."}))
    refused = agent.post(f"{place}/publish", {"audience": "PUBLIC"})

    assert suggested["proposed"] is True
    assert refusal(refused) == (403, "not_allowed")
    assert said(lead.get(place))["body"] == WORDS["body"]


def test_an_article_without_words_is_none() -> None:
    program = caller("Marta Riva", role=Colleague.Role.SUPERVISOR)

    assert refusal(program.post("/articles", {**WORDS, "body": " "})) == (422, "empty_article")
