"""The words of the house, and who is told what happens: changed by a program."""

import pytest

from ascolto.cases.models import Field, Tag
from ascolto.integrations.models import Delivery, Webhook
from ascolto.people.models import Customer
from ascolto.staff.models import Colleague
from ascolto.timeline.models import Entry
from ascolto.timeline.queries import history_of
from ascolto.timeline.references import reference
from tests import make
from tests.api.callers import caller, refusal, said

pytestmark = pytest.mark.django_db
HOOK = {"title": "ERP", "url": "https://erp.example.org/ascolto", "kinds": ["cases.*"]}


def test_a_webhook_is_made_changed_tried_and_closed() -> None:
    owner = caller("Anna Riva", role=Colleague.Role.OWNER)

    made = said(owner.post("/webhooks", HOOK))
    place = f"/webhooks/{made['id']}"
    changed = said(owner.patch(place, {"kinds": ["people.*"]}))
    paused = said(owner.post(f"{place}/pause"))
    resumed = said(owner.post(f"{place}/resume"))
    test = said(owner.post(f"{place}/test"))
    log = said(owner.get(f"{place}/deliveries"))
    closed = said(owner.delete(place))

    assert made["secret"].startswith("whsec_")
    assert changed["kinds"] == ["people.*"]
    assert "secret" not in changed
    assert (bool(paused["paused_at"]), resumed["paused_at"]) == (True, None)
    assert [one["id"] for one in log["items"]] == [test["id"]]
    assert closed["closed_at"]
    assert refusal(owner.post(f"{place}/pause")) == (409, "closed")


def test_a_delivery_is_sent_again() -> None:
    owner = caller("Anna Riva", role=Colleague.Role.OWNER)
    made = said(owner.post("/webhooks", HOOK))
    test = said(owner.post(f"/webhooks/{made['id']}/test"))
    Delivery.objects.filter(pk=test["id"]).update(attempts=11, given_up_at=make.NOON)

    again = said(owner.post(f"/deliveries/{test['id']}/again"))

    assert (again["attempts"], again["given_up_at"]) == (0, None)


def test_webhooks_are_made_by_owners_with_the_scope_admin() -> None:
    owner = caller("Anna Riva", role=Colleague.Role.OWNER, scopes=("read", "write"))

    assert refusal(owner.post("/webhooks", HOOK))[0] == 403
    assert refusal(caller().post("/webhooks", HOOK))[0] == 403
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("wrong", [{"url": "ftp://x"}, {"kinds": ["tutto"]}])
def test_a_webhook_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    owner = caller("Anna Riva", role=Colleague.Role.OWNER)

    assert refusal(owner.post("/webhooks", {**HOOK, **wrong}))[0] == 422


def test_tags_are_renamed_joined_and_retired() -> None:
    program = caller()
    one = Tag.objects.create(name="fibra", made_at=make.NOON)
    two = Tag.objects.create(name="ftth", made_at=make.NOON)

    renamed = said(program.patch(f"/tags/{one.pk}", {"name": "Fibra ottica"}))
    taken = program.patch(f"/tags/{one.pk}", {"name": "FTTH"})
    joined = program.post(f"/tags/{two.pk}/merge", {"into": one.pk})
    itself = program.post(f"/tags/{one.pk}/merge", {"into": one.pk})
    program.delete(f"/tags/{one.pk}")

    assert renamed["name"] == "Fibra ottica"
    assert refusal(taken) == (409, "name_taken")
    assert said(joined) == {"moved": 0}
    assert refusal(itself)[0] == 422
    assert said(program.get("/tags")) == []


def test_a_field_is_asked_otherwise_and_no_more() -> None:
    program = caller()

    made = said(program.post("/fields", {"title": "Modello", "kind": "CHOICE", "choices": ["A"]}))
    place = f"/fields/{made['id']}"
    changed = said(program.put(place, {"title": "Modem", "choices": ["A", "B"]}))
    empty = program.put(place, {"title": "Modem"})
    program.delete(place)

    assert (changed["title"], changed["kind"], changed["choices"]) == (
        "Modem",
        "CHOICE",
        ["A", "B"],
    )
    assert refusal(empty) == (422, "no_choices")
    assert Field.objects.get(pk=made["id"]).retired_at is not None


def test_an_agent_does_not_change_the_words_of_the_house() -> None:
    program = caller("Marta Riva", role=Colleague.Role.AGENT)

    assert refusal(program.post("/fields", {"title": "Modello"}))[0] == 403
    assert refusal(program.post("/macros", {"title": "Tutti", "text": "x"}))[0] == 403


def test_a_macro_is_kept_changed_and_retired() -> None:
    program = caller("Marta Riva", role=Colleague.Role.AGENT)
    wanted = {"title": "Fibra", "text": "Buongiorno {cliente}", "mine": True, "tags": ["fibra"]}

    made = said(program.post("/macros", wanted))
    place = f"/macros/{made['id']}"
    changed = said(program.put(place, {**wanted, "tags": [], "resolve": True}))
    wrong = program.put(place, {**wanted, "text": "{nulla}"})
    program.delete(place)

    assert (made["tags"], made["mine"]) == (["fibra"], True)
    assert (changed["tags"], changed["resolve"]) == ([], True)
    assert refusal(wrong) == (422, "unknown_field")
    assert said(program.get("/macros")) == []


def test_a_view_is_kept_shared_and_forgotten() -> None:
    program = caller()

    made = said(program.post("/views", {"name": "Fibra", "filters": {"etichetta": ["fibra"]}}))
    place = f"/views/{made[0]['id']}"
    changed = said(program.patch(place, {"name": "Rete", "is_shared": True}))
    wrong = program.post("/views", {"name": "x", "queue": "nessuna"})

    assert (changed[0]["name"], changed[0]["is_shared"]) == ("Rete", True)
    assert refusal(wrong) == (422, "no_such_queue")
    assert said(program.delete(place)) == []


def test_a_customer_made_by_a_program_has_it_in_his_history() -> None:
    program = caller()
    wanted = {"name": "Nora Bini", "identity": {"value": "nora@example.org"}}

    made = program.post("/customers", wanted)
    again = program.post("/customers", wanted)

    subject = reference("customer", said(made)["id"])
    assert (made.status_code, again.status_code) == (201, 200)
    assert "people.created" in {deed.kind for deed in history_of(subject)}
    assert Entry.objects.filter(kind="people.created").get().by_id == program.colleague.pk
    assert Customer.objects.filter(name="Nora Bini").count() == 1


def test_a_note_on_a_customer_is_withdrawn() -> None:
    program, his = caller(), f"/customers/{make.customer().pk}/notes"
    note = said(program.post(his, {"text": "Preferisce la mattina."}))

    withdrawn = said(program.delete(f"{his}/{note['id']}"))

    assert withdrawn["withdrawn_at"]
