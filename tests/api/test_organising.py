from datetime import timedelta

import pytest
from django.utils import timezone

from ascolto.cases.models import Field, Tag
from ascolto.promises.models import Promise
from ascolto.timeline.queries import history_of
from tests import make
from tests.api.callers import caller, refusal, said

pytestmark = pytest.mark.django_db


def _soon() -> str:
    return (timezone.now() + timedelta(days=1)).isoformat()


def test_a_case_is_put_away_and_taken_back() -> None:
    case, program = make.case(), caller()

    away = said(program.post(f"/cases/{case.number}/snooze", {"until": _soon()}))
    back = said(program.post(f"/cases/{case.number}/wake"))

    assert away["snoozed_until"] is not None
    assert back["snoozed_until"] is None


@pytest.mark.parametrize("until", ["2020-01-01T09:00:00Z", "2099-01-01T09:00:00"])
def test_nothing_is_put_away_until_yesterday_or_until_nobody_knows_when(until: str) -> None:
    response = caller().post(f"/cases/{make.case().number}/snooze", {"until": until})

    assert refusal(response)[0] == 422


def test_tags_and_priority_are_those_of_the_desk() -> None:
    case, program = make.case(), caller()
    wanted = {"add_tags": ["fibra", "guasto"], "priority": 2}

    labelled = said(program.post(f"/cases/{case.number}/labels", wanted))
    less = said(program.post(f"/cases/{case.number}/labels", {"remove_tags": ["guasto"]}))

    assert (labelled["tags"], labelled["priority"]) == (["fibra", "guasto"], 2)
    assert (less["tags"], less["priority"]) == (["fibra"], 2)
    assert {tag["name"] for tag in said(program.get("/tags"))} == {"fibra", "guasto"}
    assert "cases.tagged" in {deed.kind for deed in history_of(case.reference)}


def test_fields_hold_what_their_kind_holds() -> None:
    case, program = make.case(), caller()
    Field.objects.create(key="impianti", title="Impianti", kind=Field.Kind.NUMBER)
    place = f"/cases/{case.number}/fields"

    filled = said(program.post(place, {"fields": {"impianti": "3"}}))

    assert filled["fields"] == {"impianti": "3"}
    assert refusal(program.post(place, {"fields": {"impianti": "tre"}})) == (422, "not_a_value")
    assert refusal(program.post(place, {"fields": {"altro": "1"}})) == (422, "no_such_field")
    assert said(program.get("/fields"))[0]["key"] == "impianti"


def test_two_cases_are_linked_and_parted() -> None:
    one = make.case()
    two = make.case(make.mail("Ancora.", subject="Ancora", message_id="<due@example.org>"))
    program = caller()

    program.post(f"/cases/{one.number}/links", {"case": two.number, "why": "Stesso guasto"})
    linked = said(program.get(f"/cases/{two.number}/links"))
    parted = said(program.delete(f"/cases/{one.number}/links/{two.number}"))

    assert [(link["case"], link["why"]) for link in linked] == [(one.number, "Stesso guasto")]
    assert parted == []
    itself = program.post(f"/cases/{one.number}/links", {"case": one.number})
    assert refusal(itself) == (422, "to_itself")


def test_who_follows_a_case_is_told() -> None:
    case, program = make.case(), caller()

    program.post(f"/cases/{case.number}/follow")
    followers = said(program.get(f"/cases/{case.number}/followers"))
    program.post(f"/cases/{case.number}/unfollow")

    assert followers == [program.colleague.pk]
    assert said(program.get(f"/cases/{case.number}/followers")) == []


def test_a_promise_is_given_paused_resumed_and_kept() -> None:
    case, program = make.case(), caller()
    place = f"/cases/{case.number}/promises"

    given = said(program.post(place, {"words": "La richiamo", "due_at": _soon()}))
    paused = program.post(f"{place}/{given['id']}/pause", {"reason": "Aspettiamo il pezzo"})
    resumed = program.post(f"{place}/{given['id']}/resume")
    kept = program.post(f"{place}/{given['id']}/keep")

    of = {one["id"]: one for one in said(paused)}
    assert of[given["id"]]["pause_reason"] == "Aspettiamo il pezzo"
    assert {one["id"]: one for one in said(resumed)}[given["id"]]["paused_at"] is None
    assert {one["id"]: one for one in said(kept)}[given["id"]]["ending"] == "KEPT"


def test_only_a_given_word_is_kept_by_hand() -> None:
    case, program = make.case(), caller()
    clock = Promise.objects.get(subject=case.reference, kind=Promise.Kind.FIRST_ANSWER)
    place = f"/cases/{case.number}/promises"

    assert refusal(program.post(f"{place}/{clock.pk}/keep")) == (409, "not_by_hand")
    assert refusal(program.post(f"{place}/999999/keep")) == (404, "no_such_promise")
    past = {"words": "Ieri", "due_at": "2020-01-01T00:00:00Z"}
    assert refusal(program.post(place, past)) == (422, "unclear")


def test_retired_tags_are_not_offered() -> None:
    Tag.objects.create(name="vecchia", made_at=make.NOON, retired_at=make.NOON)

    assert said(caller().get("/tags")) == []
