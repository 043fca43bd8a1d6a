"""Rows become the figures of the telephone: one call each, or all calls of a stretch of time."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from django.db import transaction
from django.utils.translation import gettext as _

from ascolto.exchange.call_rows import call_figure
from ascolto.exchange.columns import BadRow
from ascolto.exchange.models import PhoneFigure, Run
from ascolto.exchange.outcome import Outcome
from ascolto.exchange.reading import Row

TOLD = ("offered", "answered", "abandoned", "wait_seconds", "talk_seconds")
Key = tuple[str, datetime, int, str]


@transaction.atomic
def take_calls(rows: Sequence[Row], *, run: Run, zone: tzinfo, now: datetime) -> Outcome:
    """Keep what these rows say. The same once more changes nothing; a corrected row corrects it."""
    outcome = Outcome()
    wanted: dict[Key, PhoneFigure] = {}
    for row in rows:
        with outcome.refusing(row):
            figure = call_figure(row, zone=zone, now=now)
            if wanted.setdefault(_key(figure), figure) is not figure:
                raise BadRow(_("Dice la stessa coda e la stessa ora di una riga più sopra."))
    if not wanted:
        return outcome
    moments = [key[1] for key in wanted]
    around = PhoneFigure.objects.filter(at__gte=min(moments), at__lte=max(moments))
    known = {_key(one): one for one in around}
    new, changed = [], []
    for key, figure in wanted.items():
        old = known.get(key)
        if old is None:
            new.append(figure)
        elif any(getattr(old, name) != getattr(figure, name) for name in TOLD):
            for name in TOLD:
                setattr(old, name, getattr(figure, name))
            changed.append(old)
    PhoneFigure.objects.bulk_create(new)
    PhoneFigure.objects.bulk_update(changed, TOLD)
    outcome.made, outcome.changed = len(new), len(changed)
    outcome.unchanged = len(wanted) - len(new) - len(changed)
    return outcome


def _key(figure: PhoneFigure) -> Key:
    return figure.queue, figure.at, figure.minutes, figure.external
