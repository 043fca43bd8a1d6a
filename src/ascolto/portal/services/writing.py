from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ascolto.cases.models import Case, MatterLink, Message
from ascolto.cases.services import opened_by_customer
from ascolto.channels.adapters.portal.letter import PageLetter, to_bytes
from ascolto.channels.models import Channel
from ascolto.channels.ports import HeardFile
from ascolto.channels.services import accept
from ascolto.kit.work import running_inline
from ascolto.people.models import Identity
from ascolto.people.policy import Sender
from ascolto.portal.policy import LETTERS_WITHIN, MATTERS_WITHIN, MOST_LETTERS, MOST_MATTERS
from ascolto.portal.queries.mailboxes import mailbox_of
from ascolto.staff.models import Team

PAGE_CHANNEL = "pagina-del-cliente"
PORTAL_CHANNEL = "portale-del-cliente"


class TooMany(Exception):
    """More letters than a person writes in this time."""


@dataclass(frozen=True, slots=True)
class Words:
    """What he typed and chose. `once` is the mark of the form he typed it in."""

    once: str
    text: str
    files: Sequence[HeardFile] = ()
    subject: str = ""


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
            external_id=f"{_page_name(link)}-{words.once}",
            envelope={"link": link.pk},
            now=now,
        )
    opened_by_customer(link, now=now)
    return not accepted.duplicate


@transaction.atomic
def open_matter(identity: Identity, words: Words, *, now: datetime) -> Case | None:
    """A new matter of somebody who has signed in; None while it waits for a worker to open it.

    The same form sent twice opens one. Raises `TooMany`.
    """
    _not_too_many_matters(identity, now=now)
    letter = PageLetter(
        case_id=0,
        sender=Sender(identity.kind, identity.value, identity.customer.name),
        text=words.text,
        files=words.files,
        subject=words.subject,
    )
    with running_inline(queue_failures=True):
        accepted = accept(
            portal_channel(identity, now=now).pk,
            to_bytes(letter),
            external_id=f"identity-{identity.pk}-{words.once}",
            envelope={"identity": identity.pk},
            now=now,
        )
    opened = Message.objects.select_related("case").filter(item__arrival=accepted.arrival_id)
    message = opened.first()
    return message.case if message else None


def page_channel(link: MatterLink, *, now: datetime) -> Channel:
    """The channel of what customers write on their pages; made when the first one does."""
    known = Channel.objects.filter(kind=Channel.Kind.PORTAL, closed_at=None)
    found = known.exclude(name=PORTAL_CHANNEL).order_by("pk").first()
    if found is not None:
        return found
    return _made(PAGE_CHANNEL, "Pagina del cliente", link.case.team, now=now)


def portal_channel(identity: Identity, *, now: datetime) -> Channel:
    """The channel of new matters of customers who signed in. Its team gets them.

    At first the team of the mailbox he knows; whoever manages the channels may give it to another.
    """
    known = Channel.objects.filter(name=PORTAL_CHANNEL).first()
    if known is not None:
        return known
    mailbox = mailbox_of(identity)
    team = mailbox.team if mailbox else Team.objects.order_by("is_reserved", "pk")[0]
    return _made(PORTAL_CHANNEL, "Nuove richieste dal portale", team, now=now)


def _made(name: str, title: str, team: Team, *, now: datetime) -> Channel:
    made, _ = Channel.objects.get_or_create(
        name=name,
        defaults={
            "kind": Channel.Kind.PORTAL,
            "title": title,
            "team": team,
            "acknowledges": False,  # the page itself says that it has his words
            "opened_at": now,
        },
    )
    return made


def _page_name(link: MatterLink) -> str:
    """One name a page: the link's, or for one who signed in, who he is and which matter."""
    return str(link.pk) if link.pk else f"identity-{link.identity_id}-{link.case_id}"


def _not_too_many(link: MatterLink, *, now: datetime) -> None:
    lately = Message.objects.filter(
        case=link.case_id, proof=Message.Proof.PORTAL, at__gt=now - LETTERS_WITHIN
    )
    if lately.count() >= MOST_LETTERS:
        raise TooMany(link.pk)


def _not_too_many_matters(identity: Identity, *, now: datetime) -> None:
    lately = Message.objects.filter(
        conversation__identity=identity,
        conversation__channel__name=PORTAL_CHANNEL,
        proof=Message.Proof.OPENED,
        at__gt=now - MATTERS_WITHIN,
    )
    if lately.count() >= MOST_MATTERS:
        raise TooMany(identity.pk)
