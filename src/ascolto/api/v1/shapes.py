"""What the API answers with."""

from datetime import datetime
from typing import Any

from ninja import Schema

from ascolto.cases.models import Case, Message, Note
from ascolto.people.models import Customer, Identity


class CaseOut(Schema):
    id: int
    case: str
    customer: int
    customer_name: str
    subject: str
    text: str
    team: int
    team_name: str
    assignee: int | None
    assignee_name: str
    channel: str
    opened_at: datetime
    last_at: datetime
    waiting_since: datetime | None
    due_at: datetime | None
    resolved_at: datetime | None
    priority: int
    tags: list[str]
    fields: dict[str, str | bool]
    snoozed_until: datetime | None
    merged_into: str | None


class FileOut(Schema):
    name: str
    type: str
    size: int


class MessageOut(Schema):
    id: int
    case: str
    customer: int
    text: str
    subject: str
    at: datetime
    heard: bool
    author: str
    channel: str
    identity: str
    proof: str
    files: list[FileOut]
    sent_at: datetime | None
    failed_at: datetime | None


class NoteOut(Schema):
    id: int
    case: str
    author: str
    at: datetime
    text: str


class IdentityOut(Schema):
    id: int
    kind: str
    value: str
    verified_at: datetime | None


class CustomerOut(Schema):
    id: int
    kind: str
    name: str
    language: str
    about: str
    created_at: datetime
    identities: list[IdentityOut]


class Page(Schema):
    total: int
    total_is_more: bool
    next: str | None


class CasePage(Page):
    items: list[CaseOut]


class MessagePage(Page):
    items: list[MessageOut]


def case_out(case: Case) -> dict[str, Any]:
    """A case; needs its customer, team, assignee and tags at hand."""
    return {
        "id": case.pk,
        "case": case.number,
        "customer": case.customer_id,
        "customer_name": case.customer.name,
        "subject": case.subject,
        "text": case.last_words,
        "team": case.team_id,
        "team_name": case.team.name,
        "assignee": case.assignee_id,
        "assignee_name": case.assignee.name if case.assignee else "",
        "channel": case.last_channel_kind,
        "opened_at": case.opened_at,
        "last_at": case.last_at,
        "waiting_since": case.waiting_since,
        "due_at": case.due_at,
        "resolved_at": case.resolved_at,
        "priority": case.priority,
        "tags": sorted(tag.name for tag in case.tags.all()),
        "fields": case.fields,
        "snoozed_until": case.snoozed_until,
        "merged_into": f"C-{case.merged_into_id}" if case.merged_into_id else None,
    }


def message_out(message: Message) -> dict[str, Any]:
    """A message; needs what `v1.messages.with_all` brings."""
    item, outgoing = message.item, message.outgoing
    files = []
    author = message.author.name if message.author else ""
    if item is not None:
        author = item.author_name or message.conversation.identity.customer.name
        files = [_file(one.name, one.content_type, one.size) for one in item.attachments.all()]
    if outgoing is not None:
        enclosed = outgoing.enclosures.all()
        files = [_file(one.name, one.content_type, one.blob.size) for one in enclosed]
    return {
        "id": message.pk,
        "case": f"C-{message.case_id}",
        "customer": message.conversation.identity.customer_id,
        "text": message.text,
        "subject": message.subject,
        "at": message.at,
        "heard": item is not None,
        "author": author,
        "channel": message.conversation.channel.kind,
        "identity": message.conversation.identity.value,
        "proof": message.proof,
        "files": files,
        "sent_at": outgoing.sent_at if outgoing else None,
        "failed_at": outgoing.failed_at if outgoing else None,
    }


def note_out(note: Note) -> dict[str, Any]:
    return {
        "id": note.pk,
        "case": f"C-{note.case_id}",
        "author": note.author.name,
        "at": note.at,
        "text": note.text,
    }


def customer_out(customer: Customer, identities: list[Identity]) -> dict[str, Any]:
    return {
        "id": customer.pk,
        "kind": customer.kind,
        "name": customer.name,
        "language": customer.language,
        "about": customer.about,
        "created_at": customer.created_at,
        "identities": [
            {
                "id": identity.pk,
                "kind": identity.kind,
                "value": identity.value,
                "verified_at": identity.verified_at,
            }
            for identity in identities
        ],
    }


def _file(name: str, content_type: str, size: int) -> dict[str, Any]:
    return {"name": name, "type": content_type, "size": size}
