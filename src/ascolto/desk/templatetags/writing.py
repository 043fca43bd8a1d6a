"""What only the templates of writing need."""

from collections.abc import Mapping

from django import template

from ascolto.cases.models import Case, Message, Presence
from ascolto.cases.policy import FORWARD_KEY
from ascolto.cases.queries.ways import all_readers
from ascolto.desk.writing import difference, later

register = template.Library()

# Drawn by the browser out of their own bytes, which `desk.files` looks at again.
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

register.filter("later_choices", later.choices)
register.filter("has_both", difference.has_both)


@register.filter
def is_picture(content_type: str) -> bool:
    """Whether a preview may stand in its place. Never of what can hold a script: SVG, HTML."""
    return content_type.partition(";")[0].strip().lower() in PICTURES


@register.filter
def forwarded_to(message: Message) -> str:
    """The address outside that a message on its way was forwarded to; empty for an answer."""
    out = message.outgoing
    forwarded = out is not None and out.key.startswith(FORWARD_KEY)
    return out.identity.value if forwarded and out is not None else ""


@register.filter
def of_row(present: Mapping[int, Presence] | str, case_id: int) -> Presence | None:
    """Who else is at the case of a row of the list; in a list that was not asked, nobody."""
    return present.get(case_id) if isinstance(present, Mapping) else None


@register.filter
def everybody(case: Case) -> str:
    """Whom else the customer wrote to, as the copies field holds them."""
    return ", ".join(all_readers(case))
