"""Cases in quantity and in particular states, for the pages of the desk."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from django.utils.text import slugify

from ascolto.cases.models import Case, Message
from ascolto.cases.services import answer
from ascolto.channels.models import Outgoing
from ascolto.staff.models import Colleague, Team
from tests import make


def case_of(
    name: str,
    *,
    subject: str = "",
    text: str = "Quando viene il tecnico?",
    minutes_ago: int = 5,
    headers: dict[str, str] | None = None,
    team: Team | None = None,
) -> Case:
    """A case opened by a mail some minutes before now, in the way mail opens one."""
    first = name.split(maxsplit=1)[0].lower()
    raw = make.mail(
        text,
        subject=subject or f"Domanda di {name}",
        sender=f"{name} <{first}@example.org>",
        message_id=f"<{first}-{minutes_ago}-{slugify(subject)}@example.org>",
        headers=headers,
    )
    channel = make.mailbox(team.name.lower(), of=team) if team else None
    return make.case(raw, channel=channel, now=timezone.now() - timedelta(minutes=minutes_ago))


def many_cases(
    number: int, *, team: Team, due: datetime | None = None, first_id: int | None = None
) -> list[Case]:
    """Open cases without their mails: for lists, which read only the case.

    With `first_id` they have ids the sequence of this database does not come near.
    """
    customer = make.customer("Paolo Rinaldi")
    now = timezone.now()
    return Case.objects.bulk_create(
        Case(
            pk=first_id + position if first_id else None,
            customer=customer,
            subject=f"Caso numero {position}",
            team=team,
            opened_at=now,
            last_at=now,
            waiting_since=now,
            due_at=(due or now) + timedelta(minutes=position),
            last_channel_kind="EMAIL",
        )
        for position in range(number)
    )


def reserved_case(team: Team) -> Case:
    """A case of a reserved team, with a file and with HTML."""
    raw = make.mail(
        "Diffida formale.",
        subject="Diffida",
        sender="Avvocata Neri <neri@example.org>",
        message_id="<diffida@example.org>",
    )
    return make.case(raw, channel=make.mailbox("legale", of=team), now=timezone.now())


def heard_in(case: Case) -> Message:
    """What the customer wrote; beside it stands the receipt we sent him."""
    return case.messages.get(item__isnull=False)


def answered(case: Case, by: Colleague, text: str = "Arriva giovedì.") -> Message:
    return answer(case, author=by, text=text, now=timezone.now())


def sent(message: Message) -> Outgoing:
    """The message as it is after it left."""
    outgoing = message.outgoing
    assert outgoing is not None
    outgoing.sent_at = timezone.now()
    outgoing.save()
    return outgoing


def page(client: Client, address: str, **data: Any) -> str:
    """The page as text, with what a browser would show as an apostrophe."""
    response = client.get(address, data)
    assert response.status_code == 200, response.status_code
    return response.content.decode().replace("&#x27;", "'")


def part(client: Client, address: str, **data: Any) -> str:
    """The same, asked for by htmx."""
    response = client.get(address, data, headers={"HX-Request": "true"})
    assert response.status_code == 200, response.status_code
    return response.content.decode()
