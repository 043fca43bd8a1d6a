"""What is said in public through the API: heard, answered and undone, watched for, alerted."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ascolto.alerts.models import Alert, Call, Rule
from ascolto.cases.models import Case, Message
from ascolto.channels import registry
from ascolto.channels.models import Outgoing
from ascolto.listening.models import Mention, Monitor
from ascolto.listening.services import hear_posts
from ascolto.staff.models import Colleague
from tests import make
from tests.api.callers import Caller, caller, refusal, said
from tests.listening.network import Network
from tests.listening.public import HELP, bring, monitor

pytestmark = pytest.mark.django_db
RULE = {"any": ["alba telefonia"], "none": ["concorso"]}


@pytest.fixture
def program() -> Caller:
    return caller()


@pytest.fixture
def mention(monkeypatch: pytest.MonkeyPatch) -> Mention:
    monkeypatch.setitem(registry._carriers, "BLUESKY", lambda _: Network())  # noqa: SLF001 # put back after
    monitor()
    now = timezone.now() - timedelta(minutes=2)
    item = bring(HELP, now=now, answerable={"uri": "at://giulia/1"}, reach=1200)
    return hear_posts([item.pk], now=now)[0]


def at(mention: Mention, deed: str = "") -> str:
    return f"/listening/mentions/{mention.pk}{deed}"


def test_the_stream_tells_what_was_said_and_the_way_it_took(
    mention: Mention, program: Caller
) -> None:
    told = said(program.get("/listening/mentions", tab="HELP"))

    [one] = told["items"]
    assert (one["text"], one["reach"], one["standing"]) == (HELP, 1200, "WAITING")
    assert one["can_answer"]
    whole = said(program.get(at(mention)))
    assert [hop["name"] for hop in whole["hops"]] == ["heard", "matched"]
    assert said(program.get("/listening/mentions", tab="PRAISE"))["items"] == []


def test_the_next_page_begins_where_the_last_one_ended(program: Caller, mention: Mention) -> None:
    now = timezone.now()
    asked = (f"Alba Telefonia, quanto costa la fibra da {n} mega?" for n in (100, 200, 500))
    hear_posts([bring(one, now=now).pk for one in asked], now=now)

    first = said(program.get("/listening/mentions", limit=3))
    rest = said(program.get("/listening/mentions", limit=3, cursor=first["next"]))

    assert [len(first["items"]), len(rest["items"]), rest["next"]] == [3, 1, None]


def test_an_answer_in_public_is_made_once_and_called_back(
    mention: Mention, program: Caller
) -> None:
    body = {"text": "Ci pensiamo subito.", "seen": 0}

    made = said(program.post(at(mention, "/answer"), body, key="una-volta"))
    again = said(program.post(at(mention, "/answer"), body, key="una-volta"))

    assert made == again
    late = {"text": "Arriviamo.", "seen": 0}
    assert refusal(program.post(at(mention, "/answer"), late)) == (409, "somebody_answered")
    back = said(program.post(f"/listening/answers/{made['id']}/undo"))
    assert back["standing"] == "WAITING"
    assert back["answers"][0]["called_back_at"]
    assert refusal(program.post(at(mention, "/answer"), {"text": "x" * 4000})) == (422, "too_long")


def test_only_its_author_calls_an_answer_back(mention: Mention, program: Caller) -> None:
    made = said(program.post(at(mention, "/thank"), {"text": "Grazie!"}))

    other = caller("Marta Riva").post(f"/listening/answers/{made['id']}/undo")

    assert refusal(other) == (409, "not_his")
    assert Outgoing.objects.get().cancelled_at is None


def test_a_mention_becomes_a_case_with_its_first_answer(mention: Mention, program: Caller) -> None:
    made = said(program.post(at(mention, "/case"), {"subject": "Fibra", "text": "Ci siamo."}))

    assert made["subject"] == "Fibra"
    assert Message.objects.filter(case=Case.objects.get(), outgoing__public=True).exists()
    assert said(program.get(at(mention)))["case"] == made["case"]
    assert refusal(program.post(at(mention, "/answer"), {"text": "E qui?"})) == (409, "in_a_case")


def test_a_colleague_is_asked_looks_after_it_and_says_what_it_is(
    mention: Mention, program: Caller
) -> None:
    marta = make.colleague("Marta Riva")

    said(program.post(at(mention, "/ask"), {"colleague": marta.pk, "text": "Torino?"}))
    kept = said(program.post(at(mention, "/assign"), {"colleague": marta.pk}))
    noise = said(program.post(at(mention, "/kind"), {"kind": "NOISE"}))

    assert Call.objects.get().to == marta
    assert (kept["assignee"], noise["standing"]) == ("Marta Riva", "NOISE")
    himself = {"colleague": program.colleague.pk, "text": "Io?"}
    assert refusal(program.post(at(mention, "/ask"), himself)) == (422, "not_for_him")


def test_a_monitor_is_tried_written_paused_and_retired(mention: Mention, program: Caller) -> None:
    tried = said(program.post("/monitors/try", {"rule": RULE}))
    wanted: dict[str, Any] = {"name": "Guasti", "rule": RULE, "team": make.team().pk}
    made = said(program.post("/monitors", wanted))
    one = f"/monitors/{made['id']}"

    assert (tried["heard"], tried["kept"], tried["found"][0]["text"]) == (1, 1, HELP)
    assert refusal(program.post("/monitors", wanted)) == (409, "name_taken")
    bad = program.put(one, {**wanted, "rule": {"near": [["a", "b"]]}})
    assert refusal(bad) == (422, "bad_rule")
    assert said(program.put(one, {**wanted, "name": "Reti"}))["name"] == "Reti"
    assert said(program.post(f"{one}/pause"))["paused_at"]
    assert said(program.post(f"{one}/resume"))["paused_at"] is None
    said(program.delete(one))
    assert Monitor.objects.get(pk=made["id"]).retired_at
    assert refusal(caller("Ada Neri", role=Colleague.Role.AGENT).get("/monitors"))[0] == 403


def test_an_alert_is_taken_once_given_back_and_its_rule_written(program: Caller) -> None:
    rule = said(program.post("/alert_rules", {"kind": "WAVE", "ways": ["SCREEN"]}))
    alert = Alert.objects.create(
        rule=Rule.objects.get(), kind="WAVE", key="wave:1", subject="wave:1",
        path="/ascolto/onde/1/", title="Guasti", raised_at=timezone.now(),
    )  # fmt: skip
    one = f"/alerts/{alert.pk}"

    assert said(program.get("/alerts", open=True))["total"] == 1
    assert said(program.post(f"{one}/take"))["taken_by"] == program.colleague.pk
    taken = caller("Marta Riva").post(f"{one}/take")
    assert refusal(taken) == (409, "already_taken")
    assert said(program.post(f"{one}/give_back"))["taken_at"] is None
    assert said(program.post(f"{one}/dismiss"))["dismissed_at"]
    assert refusal(program.put(f"/alert_rules/{rule['id']}", {"kind": "WAVE", "ways": []})) == (
        422,
        "bad_rule",
    )
    assert said(program.delete(f"/alert_rules/{rule['id']}"))["retired_at"]


def test_a_week_of_shifts_is_set_for_those_of_the_team() -> None:
    team = make.team()
    program = caller(teams=(team,))
    shift = {"colleague": program.colleague.pk, "weekday": 0, "begins": 540, "ends": 780}

    kept = said(program.put(f"/duty/{team.pk}", {"shifts": [shift]}))

    assert kept["shifts"] == [shift]
    stranger = {**shift, "colleague": make.colleague("Marta Riva").pk}
    assert refusal(program.put(f"/duty/{team.pk}", {"shifts": [stranger]})) == (422, "bad_rule")


def test_we_write_first_from_a_mailbox_to_one_of_his_addresses(program: Caller) -> None:
    him, mailbox = make.identity(), make.mailbox()
    letter = {"identity": him.pk, "channel": mailbox.pk, "subject": "Fibra", "text": "Buongiorno."}

    begun = said(program.post(f"/customers/{him.customer_id}/cases", letter))

    assert Case.objects.get().number == begun["case"]
    assert Case.objects.get().assignee == program.colleague
    no_words = program.post(f"/customers/{him.customer_id}/cases", {**letter, "subject": " "})
    assert refusal(no_words) == (422, "no_subject")


def test_sources_say_whether_they_answer(mention: Mention, program: Caller) -> None:
    [one] = said(program.get("/sources"))

    assert one["kind"] == "BLUESKY"
    assert one["words"]
    checked = said(program.post(f"/sources/{one['channel']}/check"))
    assert not checked["answers"]
    assert checked["problem"]
