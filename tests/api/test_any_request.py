"""Whatever is sent to the API, it answers as its description says, and never breaks."""

from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.jsonschema.patterns import update_quantifier
from schemathesis.core.result import Ok
from schemathesis.generation.jsonschema import strategy
from schemathesis.specs.openapi import converter

from ascolto.api import auth
from ascolto.api.limits import Buckets
from tests import make
from tests.api.callers import caller
from tests.api.webhooks import webhook

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("real_queue")]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SAME_EACH_TIME = settings(
    max_examples=3,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
LONG = 1_000  # characters


@pytest.fixture(autouse=True)
def _long_texts_are_measured_not_spelled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A length is written into the pattern, and the validator unfolds `[^\\x00]{0,100000}` to a
    hundred megabytes, a few times an operation: three gigabytes in all. Where a text may be long,
    its length is asked for beside the pattern."""

    def short_ones_only(pattern: str, least: int | None, most: int | None) -> str:
        return update_quantifier(pattern, least, most if most and most < LONG else None)

    monkeypatch.setattr(strategy, "update_quantifier", short_ones_only)
    monkeypatch.setattr(converter, "update_quantifier", short_ones_only)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_request_breaks_it(mode: GenerationMode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth, "buckets", Buckets(most=1e9))
    headers = {"Authorization": f"Bearer {caller().plain}"}
    make.case()
    webhook()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    tried = 0

    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @SAME_EACH_TIME
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            nonlocal tried
            tried += 1
            case.call_and_validate(headers=headers, checks=CHECKS)

        ask()

    assert tried > 100
