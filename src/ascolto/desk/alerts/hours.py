"""Hours as forms write them, and as alerts keep them: minutes of a day."""

from datetime import time

from django.utils.translation import gettext_lazy

DAYS = [
    (0, gettext_lazy("lunedì")),
    (1, gettext_lazy("martedì")),
    (2, gettext_lazy("mercoledì")),
    (3, gettext_lazy("giovedì")),
    (4, gettext_lazy("venerdì")),
    (5, gettext_lazy("sabato")),
    (6, gettext_lazy("domenica")),
]


def minutes_of(at: time | None) -> int | None:
    return None if at is None else at.hour * 60 + at.minute


def time_of(minutes: int | None) -> time | None:
    """24:00 is shown as 00:00: an hour that ends at midnight."""
    return None if minutes is None else time(minutes // 60 % 24, minutes % 60)
