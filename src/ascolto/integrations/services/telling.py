"""The history becomes deliveries: every entry once for every webhook that wants it."""

import json
from datetime import datetime

from django.db import transaction

from ascolto.integrations import policy
from ascolto.integrations.models import Delivery, Webhook
from ascolto.timeline.queries import PAGE, Cursor, Deed, after
from ascolto.timeline.references import NotAReference, referred

MOST_PAGES = 20  # of one webhook in one turn, so that one that lags holds up no other


def follow_history(*, now: datetime) -> int:
    """Write down what each webhook is to be told. Returns how many deliveries were made."""
    listening = Webhook.objects.filter(closed_at=None, paused_at=None).order_by("pk")
    return sum(
        _follow(webhook_id, now=now) for webhook_id in listening.values_list("pk", flat=True)
    )


def _follow(webhook_id: int, *, now: datetime) -> int:
    made = 0
    for _ in range(MOST_PAGES):
        seen, told = _follow_a_page(webhook_id, now=now)
        made += told
        if seen < PAGE:
            break
    return made


@transaction.atomic
def _follow_a_page(webhook_id: int, *, now: datetime) -> tuple[int, int]:
    """How many entries were looked at, and of how many it is told. The place moves with them."""
    webhook = (
        Webhook.objects.select_for_update(skip_locked=True)
        .filter(pk=webhook_id, closed_at=None, paused_at=None)
        .first()
    )
    if webhook is None:  # another worker follows for it, or it was stopped this moment
        return 0, 0
    news = after(Cursor(webhook.transaction, webhook.entry))
    if not news:
        return 0, 0
    wanted = [deed for _, deed in news if policy.is_wanted(deed.kind, webhook.kinds)]
    Delivery.objects.bulk_create(
        Delivery(
            webhook=webhook,
            entry=deed.id,
            kind=deed.kind,
            body=body_of(deed),
            made_at=now,
            next_at=now,
        )
        for deed in wanted
    )
    last = news[-1][0]
    webhook.transaction, webhook.entry = last.transaction, last.id
    webhook.save(update_fields=["transaction", "entry"])
    return len(news), len(wanted)


def body_of(deed: Deed) -> str:
    """The JSON that is sent. Order is not promised, so it carries the number of the entry."""
    by = {"id": deed.by_id, "name": deed.by_name} if deed.by_id is not None else None
    body = {
        "id": f"entry-{deed.id}",
        "kind": deed.kind,
        "at": deed.at.isoformat(),
        "subject": deed.subject,
        "case": _case_in(deed.subject),
        "customer": deed.customer_id,
        "by": by,
        "facts": deed.facts,
    }
    return json.dumps(body, ensure_ascii=False)


def _case_in(subject: str) -> str | None:
    try:
        return f"C-{referred(subject, kind='case')}"
    except NotAReference:
        return None
