"""What may be sent: texts that can be stored, numbers that can be looked up, places in a list."""

import base64
import binascii
import json
from typing import Annotated, Any

from ninja import Field, Schema

LARGEST_ID = 2**63 - 1


# PostgreSQL stores no NUL; what is no Unicode is refused before this is looked at.
STORABLE = r"^[^\x00]*$"
Text = Annotated[str, Field(max_length=100_000, pattern=STORABLE)]
Line = Annotated[str, Field(max_length=300, pattern=STORABLE)]
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Limit = Annotated[int, Field(ge=1, le=200)]


class WhyIn(Schema):
    reason: Line


class Problem(Schema):
    """Every answer that is not a yes."""

    error: str
    sentence: str


REFUSALS: dict[frozenset[int], type[Problem]] = {
    frozenset({400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503}): Problem
}


def answers(status: int, shape: Any) -> dict[Any, Any]:
    """The responses of an operation, for its description: the good one, and the refusals."""
    return {status: shape, **REFUSALS}


def place(*parts: Any) -> str:
    """An opaque cursor."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def parts_of(cursor: str) -> list[Any] | None:
    """What `place` was given; None for what it never made."""
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None
