from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ascolto.cases.models import MatterLink, Message
from ascolto.cases.services import opened_by_customer, revoke_link
from ascolto.channels.adapters.portal.letter import PageLetter, to_bytes
from ascolto.channels.models import Channel
from ascolto.channels.ports import HeardFile
from ascolto.channels.services import accept
from ascolto.kit.work import running_inline
from ascolto.people.policy import Sender
from ascolto.portal.policy import LETTERS_WITHIN, MOST_LETTERS
from ascolto.timeline.services import record

PAGE_CHANNEL = "pagina-del-cliente"


class TooMany(Exception):
    """More letters than a person writes in this time."""


@dataclass(frozen=True, slots=True)
class Words:
    """What he typed and chose. `once` is the mark of the form he typed it in."""

    once: str
    text: str
    files: Sequence[HeardFile] = ()


@transaction.atomic
def write(link: MatterLink, words: Words, *, now: datetime) -> bool:
    """Take in what a customer wrote on his page. False when this very form was sent before.

    It is kept durably first, then brought to its case at once, so that he sees it on his page.
    If reading or placing fails it stays accepted, and a worker tries again.
    """
    _not_too_many(link, now=now)
    letter = PageLetter(
        case_id=link.case_id,
        sender=Sender(link.identity.kind, link.identity.value, link.case.customer.name),
        text=words.text,
        files=words.files,
    )
    with running_inline(queue_failures=True):
        accepted = accept(
            page_channel(link, now=now).pk,
            to_bytes(letter),
            external_id=f"{link.pk}-{words.once}",
            envelope={"link": link.pk},
            now=now,
        )
    opened_by_customer(link, now=now)
    return not accepted.duplicate


@transaction.atomic
def not_me(link: MatterLink, *, now: datetime) -> None:
    """The reader says the matter is not his: his links stop, and the people on the case know."""
    revoke_link(link, now=now)
    record(
        "portal.not_me",
        at=now,
        subject=link.case.reference,
        customer_id=link.case.customer_id,
        team_id=link.case.team_id,
        address=link.identity.value,
    )


def page_channel(link: MatterLink, *, now: datetime) -> Channel:
    """The channel of what customers write on their pages; made when the first one does."""
    known = Channel.objects.filter(kind=Channel.Kind.PORTAL, closed_at=None).order_by("pk").first()
    if known is not None:
        return known
    made, _ = Channel.objects.get_or_create(
        name=PAGE_CHANNEL,
        defaults={
            "kind": Channel.Kind.PORTAL,
            "title": "Pagina del cliente",
            "team": link.case.team,
            "acknowledges": False,  # the page itself says that it has his words
            "opened_at": now,
        },
    )
    return made


def _not_too_many(link: MatterLink, *, now: datetime) -> None:
    lately = Message.objects.filter(
        case=link.case_id, proof=Message.Proof.PORTAL, at__gt=now - LETTERS_WITHIN
    )
    if lately.count() >= MOST_LETTERS:
        raise TooMany(link.pk)
