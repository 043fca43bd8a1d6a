"""Cases with a past, for the figures: who spoke when, and what was done."""

from datetime import datetime, timedelta

from ascolto.cases.models import Case
from ascolto.cases.services import answer, answer_left
from ascolto.channels.services import deliver
from ascolto.insight.models import CaseFacts
from ascolto.insight.services.facts import make_facts
from ascolto.insight.services.sheets import write_sheets
from tests import make

ROME = "Europe/Rome"
WEDNESDAY = make.NOON  # noon in Rome; Assistenza works from 9 to 18


def asked(name: str = "Giulia Ferraris", *, at: datetime = WEDNESDAY, subject: str = "") -> Case:
    """A case that a mail opens."""
    first = name.split(maxsplit=1)[0].lower()
    raw = make.mail(
        subject=subject or f"Domanda di {name}",
        sender=f"{name} <{first}@example.org>",
        message_id=f"<{first}-{at:%d%H%M}@example.org>",
    )
    return make.case(raw, now=at)


def answered(case: Case, *, at: datetime, text: str = "Arriva giovedì.") -> None:
    """An answer of Elena's that leaves at this moment."""
    said = answer(case, author=make.colleague(), text=text, now=at)
    assert said.outgoing is not None
    said.outgoing.__class__.objects.filter(pk=said.outgoing.pk).update(not_before=at)
    deliver(said.outgoing.pk, now=at)
    answer_left(said.outgoing.pk)


def writes_again(case: Case, *, at: datetime, text: str = "E allora?") -> None:
    first = case.messages.order_by("at", "pk").first()
    assert first is not None
    assert first.item is not None
    make.receive(
        make.mail(
            text,
            sender=f"{case.customer.name} <{first.item.identity.value}>",  # type: ignore[union-attr] # a mail has one
            message_id=f"<ancora-{case.pk}-{at:%d%H%M}@example.org>",
            in_reply_to=first.item.message_id,
        ),
        now=at,
    )


def facts_of(case: Case, *, now: datetime | None = None) -> CaseFacts:
    """Read it anew, sheet and all."""
    at = now or WEDNESDAY + timedelta(days=30)
    write_sheets(make_facts([case.pk], zone=ROME, now=at))
    return CaseFacts.objects.get(case=case)
