"""Lengths of open time as people write them: «30 min», «4 ore», «1 h 30», «90»."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST = 100_000  # minutes: more than half a year of open hours
# Hours, then minutes; each may be missing. A bare number is minutes.
_WRITTEN = re.compile(
    r"(?:(?P<h>[0-9]{1,4})\s*(?:h|ore|ora|hours?)\b\.?\s*(?:e|and)?\s*)?"
    r"(?:(?P<m>[0-9]{1,6})\s*(?:min|minuti|minuto|minutes?|m)?\b\.?)?",
    re.IGNORECASE,
)


def minutes_in(text: str) -> int | None:
    """Whole minutes, or None for what is no length of time."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None or (found["h"] is None and found["m"] is None):
        return None
    return int(found["h"] or 0) * 60 + int(found["m"] or 0)


def said(minutes: int) -> str:
    """«4 ore», «1 ora e 30 minuti», «45 minuti»."""
    hours, rest = divmod(minutes, 60)
    parts = [ngettext("%d ora", "%d ore", hours) % hours] if hours else []
    if rest or not hours:
        parts.append(ngettext("%d minuto", "%d minuti", rest) % rest)
    return _(" e ").join(parts)


class DurationField(forms.CharField):
    """Cleans to minutes, or None when it may be and is empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return said(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        minutes = minutes_in(text)
        if minutes is None or not 0 < minutes <= MOST:
            raise forms.ValidationError(_("Scrivi un tempo così: 30 min, 4 ore, 1 h 30."))
        return minutes
