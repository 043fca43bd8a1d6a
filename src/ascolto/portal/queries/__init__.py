"""What customers see on their pages. Nothing here changes anything."""

from ascolto.portal.queries.matter import (
    Matter,
    Promised,
    answer_to_rate,
    heard_file,
    matter,
    said_file,
)
from ascolto.portal.queries.mine import (
    Brief,
    case_of,
    cases_of,
    made_for,
    matters_of,
    of_one_customer,
)

__all__ = [
    "Brief",
    "Matter",
    "Promised",
    "answer_to_rate",
    "case_of",
    "cases_of",
    "heard_file",
    "made_for",
    "matter",
    "matters_of",
    "of_one_customer",
    "said_file",
]
