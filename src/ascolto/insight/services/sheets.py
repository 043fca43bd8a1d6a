"""The facts of a day as one sheet of numbers."""

from collections.abc import Iterable
from datetime import date
from time import time_ns

import numpy as np
from django.db import transaction

from ascolto.insight.models import CaseFacts, Sheet
from ascolto.insight.policy.columns import CHANNELS, NEVER, ROW, TOPICS, WAIT, code

FACTS = (
    *("channel_kind", "topic", "priority", "score", "team_id", "first_seconds"),
    *("open_first_seconds", "solved_seconds", "open_solved_seconds", "flags", "broken_kinds"),
    *("broken_why", "kept", "broken", "hand_overs", "contacts", "repeats"),
)


@transaction.atomic
def write_sheets(days: Iterable[date]) -> None:
    """Write the sheets of these days again, from the facts."""
    for day in sorted(set(days)):
        facts = list(
            CaseFacts.objects.filter(opened_on=day)
            .order_by("case")
            .values_list(*FACTS, "next_seconds", "open_next_seconds")
        )
        if not facts:
            Sheet.objects.filter(day=day).delete()
            continue
        rows = np.array([_row(*one[: len(FACTS)]) for one in facts], dtype=ROW)
        waits = np.array(
            [
                (place, seconds, open_seconds)
                for place, one in enumerate(facts)
                for seconds, open_seconds in zip(one[-2], one[-1], strict=True)
            ],
            dtype=WAIT,
        )
        Sheet.objects.update_or_create(
            day=day,
            defaults={
                "version": time_ns(),
                "cases": len(facts),
                "rows": rows.tobytes(),
                "waits": waits.tobytes(),
            },
        )


def _row(  # the order of `FACTS`
    channel: str, topic: str, priority: int, score: int, team: int, *rest: int | None
) -> tuple[int, ...]:
    times = [NEVER if value is None else value for value in rest]
    return (code(CHANNELS, channel), code(TOPICS, topic), priority, score, team, *times)
