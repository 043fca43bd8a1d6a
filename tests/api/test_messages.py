"""Words looked for in everything that was said, and messages brought in from elsewhere."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ascolto.cases.services import answer
from ascolto.channels.models import Arrival, Enclosure
from ascolto.channels.services import read_arrival
from ascolto.kit import blobs
from ascolto.staff.models import Colleague
from tests import make
from tests.api.callers import caller, refusal, said
from tests.api.webhooks import webhook

pytestmark = pytest.mark.django_db
HEARD = {
    "channel": "negozio",
    "id": "evt-1",
    "from": {"kind": "PHONE", "value": "+39 333 1234567", "name": "Giulia"},
    "text": "La fibra è giù.",
}


def test_words_are_found_whatever_their_ending_and_accents() -> None:
    case = make.case(make.mail("Perché le bollette sono due?"))
    make.case(make.mail("Tutt’altro.", message_id="<due@example.org>"))

    page = said(caller().get("/messages", q="perche bolletta"))

    assert page["total"] == 1
    hit = page["items"][0]
    assert (hit["case"], hit["customer"]) == (case.number, case.customer_id)
    assert hit["text"].startswith("Perché le bollette")


def test_pages_of_messages_bring_each_once() -> None:
    for number in range(5):
        make.case(make.mail("La fibra non va.", message_id=f"<{number}@example.org>"))
    program = caller()

    seen: list[int] = []
    before = None
    while True:
        page = said(
            program.get("/messages", q="fibra", limit=2, **({"before": before} if before else {}))
        )
        seen += [one["id"] for one in page["items"]]
        before = page["next"]
        if before is None:
            break

    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) == page["total"] == 5


def test_a_page_of_messages_loads_no_file() -> None:
    case = make.case()
    ours = answer(case, author=make.colleague(), text="Ecco la bolletta.", now=make.NOON)
    assert ours.outgoing is not None
    Enclosure.objects.create(
        outgoing=ours.outgoing,
        blob_id=blobs.store(b"%PDF-1.4"),
        name="bolletta.pdf",
        content_type="application/pdf",
    )

    with CaptureQueriesContext(connection) as queries:
        page = said(caller().get("/messages", q="bolletta"))

    (file,) = page["items"][0]["files"]
    assert (file["name"], file["size"]) == ("bolletta.pdf", 8)
    assert not any('"content"' in query["sql"] for query in queries.captured_queries)


@pytest.mark.parametrize("words", ["'\"", "a & | !", "-", "() : *", "%", "é" * 299])
def test_whatever_is_typed_is_a_search(words: str) -> None:
    assert caller().get("/messages", q=words).status_code == 200


def test_a_message_heard_elsewhere_is_kept_once_and_read_like_any_other() -> None:
    channel = webhook()
    program = caller()

    first, again = program.post("/messages", HEARD), program.post("/messages", HEARD)
    item = read_arrival(said(first)["id"], now=make.NOON)

    assert (first.status_code, said(again)) == (202, {**said(first), "duplicate": True})
    assert item is not None
    assert item.identity is not None
    assert (item.channel_id, item.identity.normal) == (channel.pk, "+393331234567")


def test_what_could_not_be_read_is_refused_at_once() -> None:
    webhook()

    response = caller().post("/messages", {**HEARD, "from": {"value": "nessuno"}})

    assert refusal(response) == (422, "unreadable")
    assert Arrival.objects.count() == 0


def test_a_mailbox_takes_no_messages_this_way() -> None:
    make.mailbox("assistenza")

    response = caller().post("/messages", {**HEARD, "channel": "assistenza"})

    assert refusal(response) == (422, "no_such_channel")


def test_the_webhook_of_a_reserved_team_is_none_of_others_business() -> None:
    channel = webhook()
    channel.team = make.team("Legale", is_reserved=True)
    channel.save()
    agent = caller("Luca Neri", role=Colleague.Role.AGENT)

    assert refusal(agent.post("/messages", HEARD)) == (422, "no_such_channel")
    assert said(agent.get("/channels")) == []
