"""What customers see on their pages. Nothing here changes anything."""

from ascolto.portal.queries.matter import (
    Matter,
    Promised,
    answer_to_rate,
    heard_file,
    matter,
    said_file,
)
from ascolto.portal.queries.mine import Brief, case_of, cases_of, followed, matters_of

__all__ = [
    "Brief",
    "Matter",
    "Promised",
    "answer_to_rate",
    "case_of",
    "cases_of",
    "followed",
    "heard_file",
    "matter",
    "matters_of",
    "said_file",
]
