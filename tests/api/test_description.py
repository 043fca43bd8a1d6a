"""The description of the API: complete, with an example for whatever goes in or comes out."""

from typing import Any

import pytest
from jsonschema_rs import validator_for

from ascolto.api.v1.api import api

DESCRIPTION: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
BODIES = [
    (f"{method.upper()} {path} {where}", content)
    for path, operations in DESCRIPTION["paths"].items()
    for method, operation in operations.items()
    for where, body in [
        ("in", operation.get("requestBody", {})),
        *operation.get("responses", {}).items(),
    ]
    for media, content in body.get("content", {}).items()
    if media == "application/json"
]


@pytest.mark.parametrize(
    "body", [one for _name, one in BODIES], ids=[name for name, _one in BODIES]
)
def test_every_body_has_an_example_that_is_one(body: dict[str, Any]) -> None:
    schema = {**body["schema"], "components": DESCRIPTION["components"]}

    validator_for(schema).validate(body["example"])


def test_every_operation_says_what_it_does() -> None:
    silent = [
        f"{method} {path}"
        for path, operations in DESCRIPTION["paths"].items()
        for method, operation in operations.items()
        if not operation.get("description")
    ]

    assert silent == []
