"""Who prepares drafts is decided by those who lead, and stands in the history."""

from datetime import datetime

from django.db import transaction

from ascolto.administration.services.changing import leads_alone, record_change
from ascolto.kit.secrets import seal
from ascolto.knowledge.models import Drafter
from ascolto.staff.models import Colleague

SUBJECT = "drafter:1"


@transaction.atomic
def save_drafter(  # where, which, with what key, and whether at all
    *, url: str, model: str, key: str, is_on: bool, by: Colleague, now: datetime
) -> Drafter:
    """Keep it; an empty `key` leaves the one that is kept, except for another address.

    A key belongs to its address: it never goes to a new one that somebody typed later.
    """
    leads_alone(by)
    known = Drafter.objects.select_for_update().filter(pk=1).first()
    before = state_of(known)
    kept = known or Drafter(pk=1)
    moved = kept.url != url
    if key:
        kept.secret = seal(key)
    elif moved:
        kept.secret = None
    kept.url, kept.model, kept.is_on = url, model, is_on
    kept.changed_at, kept.changed_by = now, by
    kept.save()
    record_change(
        "knowledge.drafter_changed",
        url,
        subject=SUBJECT,
        states=(before, {**state_of(kept), "key": "changed" if key else before.get("key", "")}),
        by=by,
        now=now,
    )
    return kept


def state_of(one: Drafter | None) -> dict[str, str]:
    if one is None:
        return {}
    return {"url": one.url, "model": one.model, "is_on": "yes" if one.is_on else "no"}
