"""Builders: they fill in whatever a test does not care about. The cast has names."""

from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage

from django.db import transaction

from ascolto.cases.models import Case, Message
from ascolto.channels import services as channels
from ascolto.channels.adapters.email.keys import external_id
from ascolto.channels.models import Channel, Item
from ascolto.channels.ports import Heard
from ascolto.kit.work import running_inline
from ascolto.people.models import Customer, Identity
from ascolto.people.policy import Sender
from ascolto.people.services import recognise
from ascolto.staff.models import Calendar, Colleague, Company, Membership, Opening, Team

NOON = datetime(2026, 3, 4, 11, 0, tzinfo=UTC)  # a Wednesday, noon in Rome
LONG_AGO = NOON - timedelta(days=400)
PASSWORD = "una frase lunga"  # noqa: S105 # of the tests alone

__all__ = ["NOON", "Heard"]


def company(*, name: str = "Alba Telefonia") -> Company:
    return Company.objects.get_or_create(pk=1, defaults={"name": name, "set_up_at": LONG_AGO})[0]


def calendar(*, name: str = "Ufficio", opens: time = time(9), closes: time = time(18)) -> Calendar:
    made, new = Calendar.objects.get_or_create(name=name)
    if new:
        Opening.objects.bulk_create(
            Opening(
                calendar=made,
                weekday=day,
                opens=opens.hour * 60 + opens.minute,
                closes=closes.hour * 60 + closes.minute,
            )
            for day in range(5)
        )
    return made


def team(name: str = "Assistenza", *, is_reserved: bool = False) -> Team:
    company()
    return Team.objects.get_or_create(
        name=name, defaults={"calendar": calendar(), "is_reserved": is_reserved}
    )[0]


def colleague(
    name: str = "Elena Sala",
    *,
    role: str = Colleague.Role.AGENT,
    teams: tuple[Team, ...] = (),
) -> Colleague:
    address = f"{name.lower().replace(' ', '.')}@alba.example"
    known = Colleague.objects.filter(email=address).first()
    if known is None:
        known = Colleague(email=address, name=name, role=role, joined_at=LONG_AGO)
        known.set_password(PASSWORD)
        known.save()
    for one in teams:
        Membership.objects.get_or_create(team=one, colleague=known, defaults={"joined_at": NOON})
    return known


def mailbox(name: str = "assistenza", *, of: Team | None = None) -> Channel:
    return Channel.objects.get_or_create(
        name=name,
        defaults={
            "kind": Channel.Kind.EMAIL,
            "title": name.capitalize(),
            "address": f"{name}@alba.example",
            "team": of or team(),
            "opened_at": LONG_AGO,
            "settings": {"demo": True},
        },
    )[0]


def identity(address: str = "giulia@example.org", name: str = "Giulia Ferraris") -> Identity:
    return recognise(Sender("EMAIL", address, name), now=NOON)


def customer(name: str = "Giulia Ferraris") -> Customer:
    return identity(f"{name.split(maxsplit=1)[0].lower()}@example.org", name).customer


def mail(  # noqa: PLR0913 # a mail has many parts, and a test names the ones it is about
    text: str = "Buonasera, da stasera la fibra non funziona.",
    *,
    subject: str = "Fibra giù",
    sender: str = "Giulia Ferraris <giulia@example.org>",
    to: str = "assistenza@alba.example",
    message_id: str = "<uno@example.org>",
    in_reply_to: str = "",
    headers: dict[str, str] | None = None,
) -> bytes:
    """The raw bytes of a plain mail."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = message_id
    message["Date"] = "Wed, 04 Mar 2026 11:59:00 +0100"
    if in_reply_to:
        message["In-Reply-To"] = message["References"] = in_reply_to
    for header, value in (headers or {}).items():
        message[header] = value
    message.set_content(text)
    return message.as_bytes()


def receive(raw: bytes, *, channel: Channel | None = None, now: datetime = NOON) -> Item | None:
    """Bring raw bytes the whole way, as a worker would, and return what was heard."""
    with transaction.atomic(), running_inline():
        accepted = channels.accept(
            (channel or mailbox()).pk,
            raw,
            external_id=external_id(raw),
            envelope={},
            now=now,
        )
    return Item.objects.filter(arrival=accepted.arrival_id).first()


def case(raw: bytes | None = None, *, channel: Channel | None = None, now: datetime = NOON) -> Case:
    """A case as a mail opens it."""
    item = receive(raw or mail(), channel=channel, now=now)
    return Message.objects.get(item=item).case
