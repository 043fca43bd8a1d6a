from datetime import datetime

from django.conf import settings
from django.db import transaction

from ascolto.cases.models import Case, Conversation, Draft, DraftFile
from ascolto.cases.policy import FORWARD_KEY
from ascolto.channels.models import Outgoing
from ascolto.kit import blobs
from ascolto.kit.tokens import new_token
from ascolto.staff.models import Colleague


class TooLarge(Exception):
    """The file is larger than a mail can carry. `args` are its size and the limit, in bytes."""


@transaction.atomic
def save_draft(  # noqa: PLR0913 # a draft is of what, whose, for whom, what and when
    case: Case,
    *,
    author: Colleague,
    kind: str,
    text: str,
    now: datetime,
    conversation: Conversation | None = None,
    to: str | None = None,
    cc: str | None = None,
) -> Draft:
    """Keep what a colleague has typed so far. One draft a case, person, kind and conversation.

    `to` and `cc` are kept as they were typed; None leaves them as they are.
    """
    values = {"text": text, "saved_at": now}
    if to is not None:
        values["to"] = to[:500]
    if cc is not None:
        values["cc"] = cc[:1000]
    draft, _ = Draft.objects.update_or_create(
        case=case, author=author, kind=kind, conversation=conversation, defaults=values
    )
    return draft


def discard_draft(
    case: Case, *, author: Colleague, kind: str, conversation: Conversation | None = None
) -> None:
    """Throw a draft away, because its author said so."""
    Draft.objects.filter(case=case, author=author, kind=kind, conversation=conversation).delete()


@transaction.atomic
def attach_file(  # noqa: PLR0913 # a file is for which draft of whom, and what it is
    case: Case,
    *,
    author: Colleague,
    kind: str,
    name: str,
    content_type: str,
    data: bytes,
    now: datetime,
) -> DraftFile:
    """Attach a file to a draft. Its token is unguessable and works for the author alone."""
    if len(data) > settings.LARGEST_UPLOAD:
        raise TooLarge(len(data), settings.LARGEST_UPLOAD)
    draft, _ = Draft.objects.get_or_create(
        case=case, author=author, kind=kind, conversation=None, defaults={"saved_at": now}
    )
    return DraftFile.objects.create(
        draft=draft,
        token=new_token(),
        blob_id=blobs.store(data),
        name=name[:255],
        content_type=content_type[:120],
        size=len(data),
        added_at=now,
    )


def detach_file(token: str, *, author: Colleague) -> bool:
    """Take a file off a draft of one's own. Somebody else's token does nothing."""
    deleted, _ = DraftFile.objects.filter(token=token, draft__author=author).delete()
    return bool(deleted)


def restore_draft(case: Case, outgoing: Outgoing, *, author: Colleague, now: datetime) -> Draft:
    """Make a called-back answer a draft again. What was typed meanwhile is kept below it."""
    outside = outgoing.key.startswith(FORWARD_KEY)
    kind = Draft.Kind.FORWARD if outside else Draft.Kind.REPLY
    typed = Draft.objects.filter(case=case, author=author, kind=kind, conversation=None).first()
    text = f"{outgoing.text}\n\n{typed.text}" if typed and typed.text.strip() else outgoing.text
    draft = save_draft(
        case,
        author=author,
        kind=kind,
        text=text,
        now=now,
        to=outgoing.identity.value if outside else "",
        cc=", ".join(outgoing.cc),
    )
    DraftFile.objects.bulk_create(
        DraftFile(
            draft=draft,
            token=new_token(),
            blob_id=enclosure.blob_id,
            name=enclosure.name,
            content_type=enclosure.content_type,
            size=enclosure.blob.size,
            added_at=now,
        )
        for enclosure in outgoing.enclosures.select_related("blob").defer("blob__content")
    )
    return draft
