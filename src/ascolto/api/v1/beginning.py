"""A case that we begin; and who somebody is, said by the colleague for whom the token acts."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status

from ascolto.api.auth import colleague_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.cases import case_of
from ascolto.api.v1.customers import not_by_helpers, one_of
from ascolto.api.v1.deeds import AnswerOut, again
from ascolto.api.v1.messages import with_all
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.shapes import CaseOut, MessageOut, case_out, message_out
from ascolto.api.v1.words import Id, Line, Text, answers
from ascolto.cases.access import visible_team_ids
from ascolto.cases.models import Conversation, Message
from ascolto.cases.services import vouching
from ascolto.cases.services.beginning import FirstLetter, begin_case
from ascolto.channels.models import Channel
from ascolto.people.models import Identity
from ascolto.people.queries import identities_of

router = Router(tags=["cases"])
letters = Router(tags=["customers"])


class FirstLetterIn(Schema):
    """`identity` is an address of his, `channel` the mailbox it leaves from."""

    identity: Id
    channel: Id
    subject: Line
    text: Text


class ThreadIn(Schema):
    conversation: Id


class WelcomeIn(Schema):
    identity: Id


@letters.post("/{int:customer}/cases", response=answers(201, AnswerOut))
def begin(request: HttpRequest, customer: Id, said: FirstLetterIn) -> Status[dict[str, Any]]:
    """Write to him first. It leaves after the colleague's undo time, and the case is his."""
    by = colleague_of(request)
    not_by_helpers(by)
    him = one_of(by, customer)
    identity = next((one for one in identities_of(him.pk) if one.pk == said.identity), None)
    mailboxes = Channel.objects.filter(kind=Channel.Kind.EMAIL, closed_at=None, pk=said.channel)
    teams = visible_team_ids(by)
    mailbox = (mailboxes if teams is None else mailboxes.filter(team__in=teams)).first()
    if identity is None or mailbox is None:
        raise ApiError(422, "no_way_to_answer", "Choose one of his addresses, and an open mailbox.")
    letter = FirstLetter(identity, mailbox, said.subject, said.text)
    with refused():
        message = begin_case(him, letter, author=by, now=timezone.now())
    leaves_at = message.outgoing.not_before if message.outgoing else None
    return Status(201, {"id": message.pk, "case": message.case.number, "leaves_at": leaves_at})


@router.post("/{case}/messages/{int:message}/vouch", response=answers(200, MessageOut))
def vouch(request: HttpRequest, case: str, message: Id) -> dict[str, Any]:
    """It is really him who wrote this from another address."""
    matter, by = case_of(request, case), colleague_of(request)
    not_by_helpers(by)
    known = Message.objects.select_related("case__customer", "conversation__identity")
    found = known.filter(pk=message, case=matter).first()
    if found is None:
        raise ApiError(404, sentence="There is no such message in this case.")
    vouching.confirm_writer(found, by=by, now=timezone.now())
    return message_out(with_all(Message.objects.filter(pk=message)).get())


@router.post("/{case}/doubt", response=answers(200, CaseOut))
def doubt(request: HttpRequest, case: str, told: ThreadIn) -> dict[str, Any]:
    """It was not him: the words are a stranger's again, and the records two as before."""
    matter, by = case_of(request, case), colleague_of(request)
    not_by_helpers(by)
    if not Conversation.objects.filter(pk=told.conversation, case=matter).exists():
        raise ApiError(404, sentence="There is no such conversation in this case.")
    vouching.doubt_writer(matter, told.conversation, by=by, now=timezone.now())
    return case_out(again(matter))


@router.post("/{case}/welcome", response=answers(200, CaseOut))
def welcome(request: HttpRequest, case: str, told: WelcomeIn) -> dict[str, Any]:
    """Who said that the case is not his gets links to it again: the next message has one."""
    matter, by = case_of(request, case), colleague_of(request)
    not_by_helpers(by)
    found = Identity.objects.filter(pk=told.identity, kind=Identity.Kind.EMAIL).first()
    if found is None or not vouching.welcome_again(matter, found, by=by, now=timezone.now()):
        raise ApiError(404, sentence="Nobody with this address said so of this case.")
    return case_out(again(matter))
