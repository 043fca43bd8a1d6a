"""What every way to a person may answer, and the words that are sent by it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from ascolto.alerts.models import Alert


class Blocked(Exception):
    """The way does not work for the moment: try again."""


class Closed(Exception):
    """This way is closed for good: the device is gone, the chat was removed."""


@dataclass(frozen=True, slots=True)
class Words:
    """An alert as a person reads it: a title, a line below it, and the page that shows it."""

    title: str
    line: str
    path: str


def words_of(alert: Alert, *, language: str) -> Words:
    """In the reader's language. What a stranger said is a quotation, never the title."""
    with override(language):
        line = (
            _("«%(words)s»") % {"words": alert.words[:240]}
            if alert.words
            else alert.get_kind_display()
        )
    return Words(alert.title, line, f"/ascolto/allarmi/{alert.pk}/")
