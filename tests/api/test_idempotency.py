"""The same request sent twice is one deed."""

import hashlib
from datetime import timedelta

import psycopg
import pytest
from django.utils import timezone

from ascolto.api.models import IdempotencyKey
from ascolto.cases.models import Note
from ascolto.desk.stream_source import address
from ascolto.integrations.models import Token
from tests import make
from tests.api.callers import caller, refusal, said

pytestmark = pytest.mark.django_db


def test_the_same_key_and_request_are_answered_the_same_and_done_once() -> None:
    path = f"/cases/{make.case().number}/note"
    program = caller()

    first = program.post(path, {"text": "Uno."}, key="k-1")
    again = program.post(path, {"text": "Uno."}, key="k-1")

    assert (first.status_code, said(first)) == (again.status_code, said(again))
    assert again["Idempotent-Replayed"] == "true"
    assert Note.objects.count() == 1


def test_the_same_key_for_another_request_is_refused() -> None:
    path = f"/cases/{make.case().number}/note"
    program = caller()

    program.post(path, {"text": "Uno."}, key="k-1")
    other = program.post(path, {"text": "Due."}, key="k-1")

    assert refusal(other) == (422, "key_reused")
    assert Note.objects.count() == 1


def test_keys_of_two_tokens_have_nothing_to_do_with_each_other() -> None:
    path = f"/cases/{make.case().number}/note"

    for _ in range(2):
        caller().post(path, {"text": "Uno."}, key="k-1")

    assert Note.objects.count() == 2


def test_a_key_is_forgotten_after_a_day() -> None:
    path = f"/cases/{make.case().number}/note"
    program = caller()
    program.post(path, {"text": "Uno."}, key="k-1")
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=25))

    program.post(path, {"text": "Due."}, key="k-1")

    assert Note.objects.count() == 2


def test_a_refusal_is_remembered_too_and_leaves_no_half_of_a_deed() -> None:
    path = f"/cases/{make.case().number}/answer"
    program = caller()
    body = {
        "text": "x",
        "files": [{"name": "a", "base64": "aGVsbG8="}, {"name": "b", "base64": "§"}],
    }

    first = program.post(path, body, key="k-1")
    again = program.post(path, body, key="k-1")

    assert refusal(first) == refusal(again) == (422, "not_base64")


@pytest.mark.parametrize("key", ["x" * 201, "a\tb"])
def test_a_key_is_short_and_printable(key: str) -> None:
    path = f"/cases/{make.case().number}/note"

    assert refusal(caller().post(path, {"text": "Uno."}, key=key)) == (422, "bad_key")


def test_while_the_first_is_under_way_the_second_is_told_so() -> None:
    path = f"/cases/{make.case().number}/note"
    program = caller()
    named = f"idempotency:{Token.objects.get().pk}:k-1".encode()
    lock = int.from_bytes(hashlib.sha256(named).digest()[:8], "big", signed=True)

    with psycopg.connect(**address()) as elsewhere:
        elsewhere.execute("select pg_advisory_xact_lock(%s)", [lock])
        response = program.post(path, {"text": "Uno."}, key="k-1")

    assert refusal(response) == (409, "in_progress")
    assert Note.objects.count() == 0
