"""The description of the API: complete, with an example for whatever goes in or comes out."""

from typing import Any

import pytest
from jsonschema_rs import validator_for

from ascolto.api.v1.api import api

DESCRIPTION: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, operations in DESCRIPTION["paths"].items()
    for method, operation in operations.items()
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_body_has_an_example_that_is_one(name: str) -> None:
    operation = OPERATIONS[name]

    for body in (operation.get("requestBody", {}), *operation["responses"].values()):
        content = body.get("content", {}).get("application/json")
        if content:
            schema = {**content["schema"], "components": DESCRIPTION["components"]}
            validator_for(schema).validate(content["example"])


def test_every_operation_says_what_it_does() -> None:
    assert [name for name, one in OPERATIONS.items() if not one.get("description")] == []
