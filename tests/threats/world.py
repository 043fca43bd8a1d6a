"""A company with a secret: one case of a reserved team, with everything a case can have."""

from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import Case, Draft
from ascolto.cases.services import add_note, answer, attach_file, issue_link, resolve
from ascolto.channels.models import Arrival, Attachment, Channel, Enclosure
from ascolto.integrations.models import Token
from ascolto.integrations.services import create_token
from ascolto.kit.secrets import seal
from ascolto.staff.models import Colleague, Team
from ascolto.staff.services import invite
from tests import make

# In the secret case's every text, and nowhere else.
SECRET = "zibibbo"  # noqa: S105 # a word to look for
ACTORS = ("anonymous", "stranger", "helper", "member", "lead")
# Written by looking, and no secret: sessions, the moment a token was last used.
NOT_A_DEED = {"django_session", "api_token"}


@dataclass
class World:
    """Who works here, and the ids of what they would like to open."""

    people: dict[str, Colleague]
    ids: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)

    def browser(self, actor: str, **options: Any) -> Client:
        client = Client(**options)
        if actor in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[actor]
        return client

    def bearer(self, actor: str) -> dict[str, str]:
        known = self.tokens.get(actor)
        return {"Authorization": f"Bearer {known}"} if known else {}


def build() -> World:
    legal = make.team("Legale", is_reserved=True)
    agent, lead = Colleague.Role.AGENT, Colleague.Role.SUPERVISOR
    people = {
        "stranger": make.colleague("Elena Sala", role=agent, teams=(make.team(),)),
        "helper": make.colleague("Piero Lupi", role=Colleague.Role.HELPER, teams=(legal,)),
        "member": make.colleague("Sara Conti", role=agent, teams=(legal,)),
        "lead": make.colleague("Marta Riva", role=lead, teams=(make.team(),)),
    }
    world = World(people)
    _keys(world)
    _secret_case(world, legal)
    _open_case(world)
    _doors(world)
    world.ids |= {name: one.pk for name, one in people.items()}
    world.ids |= {"legal": legal.pk, "support": make.team().pk}
    from tests.threats.tables import FURNISHERS  # the areas know the world, not it them

    for furnish in FURNISHERS:
        furnish(world)
    world.before = everything()
    return world


def _keys(world: World) -> None:
    """Each with a session and a token."""
    now = timezone.now()
    for actor, colleague in world.people.items():
        client = Client()
        client.force_login(colleague)
        world.sessions[actor] = client.cookies[settings.SESSION_COOKIE_NAME].value
        _, world.tokens[actor] = create_token(actor, colleague, Token.Scope.values, now=now)
    Token.objects.update(last_used_at=now)


def _secret_case(world: World, legal: Team) -> None:
    sara, now = world.people["member"], timezone.now()
    channel = make.mailbox("legale", of=legal)
    case = make.case(a_full_mail(), channel=channel, now=now - timedelta(minutes=9))
    heard = case.messages.get(item__isnull=False)
    add_note(case, author=sara, text=f"Nota: {SECRET}.", now=now)
    said = answer(
        case, author=sara, text=f"Risposta: {SECRET}.", now=now, files=[_file(case, sara)]
    )
    draft = _file(case, sara)
    link = heard.conversation.identity
    left = Enclosure.objects.get(outgoing=said.outgoing)
    world.ids |= {
        "case": case.pk,
        "heard": heard.pk,
        "said": said.pk,
        "customer": case.customer_id,
        "conversation": heard.conversation_id,
        "attachment": Attachment.objects.get(item=heard.item).pk,
        "enclosure": left.pk,
        "draft_token": draft.token,
        "link": issue_link(case, link, now=now),
    }


def _open_case(world: World) -> None:
    """A case that every agent may see, on a mailbox of everybody's team; and a resolved one."""
    now = timezone.now()
    raw = make.mail("Non va il telefono.", subject="Telefono", message_id="<tel@example.org>")
    case = make.case(raw, now=now - timedelta(minutes=5))
    old = make.case(
        make.mail("Grazie!", subject="Grazie", message_id="<grazie@example.org>"), now=now
    )
    resolve(old, by=world.people["lead"], now=now, reason="Solo un grazie.")
    thread = case.messages.get(item__isnull=False).conversation
    world.ids |= {
        "open_case": case.pk,
        "resolved_case": old.pk,
        "open_conversation": thread.pk,
        "open_link": issue_link(case, thread.identity, now=now),
    }


def _doors(world: World) -> None:
    _door(Channel.Kind.FORM, "contatti", make.team())
    _door(Channel.Kind.WEBHOOK, "negozio", make.team())
    _door(Channel.Kind.WEBHOOK, "riservato", make.team("Legale"))
    now = timezone.now()
    make.receive(b"Subject: niente mittente\r\n\r\nChi sono?\r\n", now=now)
    world.ids["arrival"] = Arrival.objects.get(quarantined_at__isnull=False).pk
    legal = make.mailbox("legale")
    make.receive(f"Subject: {SECRET}\r\n\r\nChi sono?\r\n".encode(), channel=legal, now=now)
    absent = make.mail(
        f"Sono in ferie: {SECRET}.",
        subject=f"Fuori ufficio {SECRET}",
        sender="Avvocato Bianchi <ferie@example.org>",
        message_id="<ferie@example.org>",
        headers={"Auto-Submitted": "auto-replied"},
    )
    make.receive(absent, channel=legal, now=now)
    world.ids["invitation"] = invite(
        "nora@alba.example",
        role=Colleague.Role.AGENT,
        teams=[make.team()],
        by=world.people["lead"],
        now=now,
    )


def _door(kind: str, name: str, team: Team) -> None:
    Channel.objects.create(
        kind=kind,
        name=name,
        title=name,
        team=team,
        secret=seal("segreto condiviso"),
        opened_at=make.LONG_AGO,
    )


def a_full_mail() -> bytes:
    message = EmailMessage()
    message["From"] = f"Avvocata Neri {SECRET} <neri@example.org>"
    message["To"] = "legale@alba.example"
    message["Subject"] = f"Diffida {SECRET}"
    message["Message-ID"] = "<diffida@example.org>"
    message.set_content(f"Diffida formale: {SECRET}.")
    message.add_alternative(f"<p>Diffida formale: <b>{SECRET}</b>.</p>", subtype="html")
    data = SECRET.encode()
    message.add_attachment(data, maintype="text", subtype="plain", filename=f"{SECRET}.txt")
    return message.as_bytes()


def _file(case: Case, author: Colleague) -> Any:
    return attach_file(
        case,
        author=author,
        kind=Draft.Kind.REPLY,
        name=f"{SECRET}-nostro.txt",
        content_type="text/plain",
        data=SECRET.encode(),
        now=timezone.now(),
    )


def touched() -> int:
    """How many rows were written so far in this transaction, also where that was undone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_xact_user_tables"
        )
        return int((cursor.fetchone() or (0,))[0] or 0)


def everything() -> dict[str, str]:
    """A digest of every table, so that a deed that should not have happened shows."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        tables = sorted({name for (name,) in cursor.fetchall()} - NOT_A_DEED)
        union = " union all ".join(
            f"select '{table}', md5(coalesce(string_agg(t::text, '|' order by t::text), ''))"  # noqa: S608 # names from the catalogue
            f" from {table} t"
            for table in tables
        )
        cursor.execute(union)
        return dict(cursor.fetchall())
