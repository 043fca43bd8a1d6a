"""Who may come in, and what he may do there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.api import auth
from ascolto.api.limits import Buckets
from ascolto.integrations.models import Token
from ascolto.integrations.services import UnknownScope, create_token, revoke_token
from ascolto.staff.models import Colleague
from tests import make
from tests.api.callers import Caller, caller, refusal

pytestmark = pytest.mark.django_db


def test_only_the_hash_of_a_token_is_kept() -> None:
    token, plain = create_token("gestionale", make.colleague(), ["read"], now=make.NOON)

    assert plain.startswith("asc_")
    assert plain.encode() not in bytes(token.token_hash)


@pytest.mark.parametrize("scopes", [[], ["read", "everything"]])
def test_a_token_has_known_scopes(scopes: list[str]) -> None:
    with pytest.raises(UnknownScope):
        create_token("gestionale", make.colleague(), scopes, now=make.NOON)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer asc_nonsense", "Basic x:y"])
def test_without_a_valid_token_nothing_is_shown(header: str) -> None:
    response = Client().get("/api/v1/cases", headers={"Authorization": header})

    assert refusal(response) == (401, "not_signed_in")
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_session_of_the_desk_is_no_token() -> None:
    client = Client()
    client.force_login(make.colleague())

    assert client.get("/api/v1/cases").status_code == 401


def test_a_revoked_token_opens_nothing() -> None:
    program = caller()
    revoke_token(Token.objects.get(), by=None, now=timezone.now())

    assert program.get("/cases").status_code == 401


def test_an_expired_token_opens_nothing() -> None:
    program = caller()
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert program.get("/cases").status_code == 401


def test_the_token_of_somebody_who_left_opens_nothing() -> None:
    program = caller()
    Colleague.objects.update(left_at=timezone.now())

    assert program.get("/cases").status_code == 401


def test_reading_does_not_allow_writing() -> None:
    case = make.case()
    reader = caller(scopes=("read",))

    assert reader.get("/cases").status_code == 200
    assert refusal(reader.post(f"/cases/{case.number}/note", {"text": "x"})) == (403, "not_allowed")


def test_writing_does_not_allow_administration() -> None:
    assert refusal(caller(scopes=("read", "write")).get("/quarantine"))[0] == 403


def test_administration_is_for_leads() -> None:
    agent = caller("Luca Neri", role=Colleague.Role.AGENT)

    assert refusal(agent.get("/quarantine"))[0] == 403


def test_use_is_noted_now_and_then() -> None:
    program = caller()

    program.get("/cases")

    assert Token.objects.get().last_used_at is not None


def test_a_token_that_asks_too_much_is_told_when_to_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(auth, "buckets", Buckets(rate=0.1, most=2))
    program = caller()

    answers = [program.get("/cases") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) in {9, 10}


def test_a_bucket_fills_again() -> None:
    moments = iter([0.0, 0.0, 0.0, 1.0])
    bucket = Buckets(rate=1, most=2, clock=lambda: next(moments))

    assert [bucket.wait_for("x") for _ in range(4)] == [0, 0, 1, 0]


def test_every_error_has_the_same_shape() -> None:
    program: Caller = caller()

    refused = [
        program.get("/nothing/here"),
        program.patch("/cases", {}),
        program.get("/cases", limit="many"),
        program.get("/cases/C-999"),
        program.post("/messages", "no object"),
    ]

    assert [refusal(one)[0] for one in refused] == [404, 405, 422, 404, 422]
    assert "GET" in refused[1]["Allow"]


def test_a_body_that_is_no_json_is_a_bad_request() -> None:
    program = caller()

    response = Client().post(
        "/api/v1/messages",
        "{oops",
        content_type="application/json",
        headers={"Authorization": f"Bearer {program.plain}"},
    )

    assert refusal(response) == (400, "bad_request")


def test_a_body_beyond_the_limit_is_refused() -> None:
    program = caller()

    response = program.post("/messages", {"text": "a" * 6_000_000})

    assert refusal(response) == (413, "too_large")


def test_the_description_needs_no_token_and_no_other_server() -> None:
    response = Client().get("/api/v1/openapi.json")

    assert response.status_code == 200
    assert Client().get("/api/v1/docs").status_code == 404
