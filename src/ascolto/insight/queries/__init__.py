"""Looks at the figures."""

from ascolto.insight.queries.behind import behind
from ascolto.insight.queries.choices import Choices, choices
from ascolto.insight.queries.phone import Phone, phone
from ascolto.insight.queries.public import PublicCalls, public_calls
from ascolto.insight.queries.report import Report, report
from ascolto.insight.queries.sheets import Filters
from ascolto.insight.queries.standing import How, how_far
from ascolto.insight.queries.weight import Load, load

__all__ = [
    "Choices",
    "Filters",
    "How",
    "Load",
    "Phone",
    "PublicCalls",
    "Report",
    "behind",
    "choices",
    "how_far",
    "load",
    "phone",
    "public_calls",
    "report",
]
