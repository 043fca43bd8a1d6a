"""`/cases/{case}/…`: calls, forwards, drafts; and calling an answer back."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status

from ascolto.api.auth import colleague_of
from ascolto.api.drafts import kept_draft
from ascolto.api.errors import ApiError
from ascolto.api.v1.cases import case_of
from ascolto.api.v1.deeds import AnswerOut
from ascolto.api.v1.messages import with_all
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.shapes import MessageOut, message_out
from ascolto.api.v1.words import Id, Line, Text, answers
from ascolto.cases import services
from ascolto.cases.models import Draft, Message

router = Router(tags=["cases"])
Kind = Literal["REPLY", "NOTE", "CALL", "FORWARD"]


class CallIn(Schema):
    """`answered`: he had his answer on the telephone, and waits no longer."""

    text: Text
    answered: bool = False


class ForwardIn(Schema):
    message: Id
    to: Line
    text: Text = ""
    cc: Line = ""


class DraftIn(Schema):
    kind: Kind = "REPLY"
    text: Text


class DraftOut(Schema):
    kind: str
    author: int
    text: str
    saved_at: datetime


@router.post("/{case}/call", response=answers(201, MessageOut))
def call(request: HttpRequest, case: str, said: CallIn) -> Status[dict[str, Any]]:
    """Write down what the customer said on the telephone."""
    matter, author = case_of(request, case), colleague_of(request)
    with refused(), kept_draft(matter, author=author):
        message = services.note_call(
            matter, author=author, text=said.text, answered=said.answered, now=timezone.now()
        )
    return Status(201, message_out(with_all(Message.objects.filter(pk=message.pk)).get()))


@router.post("/{case}/forward", response=answers(201, AnswerOut))
def forward(request: HttpRequest, case: str, wanted: ForwardIn) -> Status[dict[str, Any]]:
    """Send a message of the case, quoted, to somebody outside. It answers nobody."""
    matter, author = case_of(request, case), colleague_of(request)
    message = Message.objects.filter(case=matter, pk=wanted.message).first()
    if message is None:
        raise ApiError(422, "no_such_message", "The case has no such message.")
    with refused(), kept_draft(matter, author=author):
        to = services.addresses_in(wanted.to)
        if len(to) != 1:
            raise ApiError(422, "not_an_address", "Forward to one address; the others are cc.")
        said = services.forward(
            message,
            author=author,
            to=to[0],
            text=wanted.text,
            cc=services.addresses_in(wanted.cc),
            now=timezone.now(),
        )
    leaves_at = said.outgoing.not_before if said.outgoing else None
    return Status(201, {"id": said.pk, "case": matter.number, "leaves_at": leaves_at})


@router.post("/{case}/messages/{int:message}/undo", response=answers(200, DraftOut | None))
def undo(request: HttpRequest, case: str, message: Id) -> dict[str, Any] | None:
    """Call an answer of the token's colleague back before it leaves: it is a draft again.

    Null for an acknowledgement in public, which nobody wrote by hand.
    """
    matter, author = case_of(request, case), colleague_of(request)
    mine = Message.objects.filter(case=matter, pk=message, author=author, outgoing__isnull=False)
    if not mine.exists():
        raise ApiError(404, sentence="There is no such answer of yours in the case.")
    with refused():
        draft = services.undo_answer(message, by=author, now=timezone.now())
    return _draft(draft) if draft is not None else None


@router.get("/{case}/drafts", response=answers(200, list[DraftOut]))
def drafts(request: HttpRequest, case: str) -> list[dict[str, Any]]:
    """What colleagues are writing in this case."""
    found = Draft.objects.filter(case=case_of(request, case)).order_by("-saved_at")
    return [_draft(one) for one in found]


@router.put("/{case}/drafts", response=answers(200, DraftOut))
def save(request: HttpRequest, case: str, wanted: DraftIn) -> dict[str, Any]:
    """Leave a draft for the token's colleague to look over. It takes the place of his last one."""
    draft = services.save_draft(
        case_of(request, case),
        author=colleague_of(request),
        kind=wanted.kind,
        text=wanted.text,
        now=timezone.now(),
    )
    return _draft(draft)


def _draft(draft: Draft) -> dict[str, Any]:
    return {
        "kind": draft.kind,
        "author": draft.author_id,
        "text": draft.text,
        "saved_at": draft.saved_at,
    }
