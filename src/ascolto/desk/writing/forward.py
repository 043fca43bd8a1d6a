"""Sending a message on to somebody outside: a page of its own, so that nobody does it by slip."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascolto.cases import services
from ascolto.cases.access import visible_cases
from ascolto.cases.models import Draft, Message
from ascolto.cases.services.forwarding import quotation
from ascolto.desk.case import place
from ascolto.desk.guards import colleague_of, signed_in
from ascolto.desk.writing.copies import problem_of


@signed_in
@require_safe
def show(request: HttpRequest, message_id: int) -> HttpResponse:
    message = _message(request, message_id)
    return _form(request, message, draft=_draft(request, message))


@signed_in
@require_POST
def send(request: HttpRequest, message_id: int) -> HttpResponse:
    """What cannot leave stays in its fields, with the reason."""
    message = _message(request, message_id)
    problem = _send(request, message)
    return _form(request, message, problem=problem) if problem else redirect(place(message.case))


def _send(request: HttpRequest, message: Message) -> str:
    """Nothing if it is on its way, else the sentence that says why not."""
    now, me, posted = timezone.now(), colleague_of(request), request.POST
    text = posted.get("text", "")
    try:
        to = services.addresses_in(posted.get("to", ""))
        cc = services.addresses_in(posted.get("cc", ""))
        if not to:
            return _("A chi lo inoltri? Scrivi almeno un indirizzo.")
        services.forward(message, author=me, to=to[0], cc=[*to[1:], *cc], text=text, now=now)
    except (services.NotAnAddress, services.TooManyCopies) as error:
        return problem_of(error)
    except services.ToTheCustomer:
        return _("Questo è un indirizzo del cliente: per scrivere a lui, rispondi dal caso.")
    except services.NoWayToAnswer:
        return _("Non c’è una casella aperta da cui inoltrare. Il testo è ancora qui.")
    return ""


def _form(
    request: HttpRequest, message: Message, *, draft: Draft | None = None, problem: str = ""
) -> HttpResponse:
    typed: Any = request.POST if request.method == "POST" else {}
    context = {
        "case": message.case,
        "message": message,
        "quoted": quotation(message),
        "files": _files(message),
        "to": typed.get("to", draft.to if draft else ""),
        "cc": typed.get("cc", draft.cc if draft else ""),
        "text": typed.get("text", draft.text if draft else ""),
        "problem": problem,
        "section": "inbox",
    }
    return render(request, "desk/writing/forward.html", context, status=422 if problem else 200)


def _files(message: Message) -> list[str]:
    if message.item is not None:
        return [file.name for file in message.item.attachments.filter(inline=False).order_by("pk")]
    left = message.outgoing.enclosures.order_by("pk") if message.outgoing else []
    return [file.name for file in left]


def _draft(request: HttpRequest, message: Message) -> Draft | None:
    kind, author = Draft.Kind.FORWARD, colleague_of(request)
    return Draft.objects.filter(case=message.case_id, author=author, kind=kind).first()


def _message(request: HttpRequest, message_id: int) -> Message:
    cases = visible_cases(colleague_of(request))
    related = ("case__customer", "item", "outgoing", "author", "conversation__channel")
    found = (
        Message.objects.select_related(*related, "conversation__identity__customer")
        .filter(pk=message_id, case__in=cases)
        .exclude(outgoing__automatic=True)
        .first()
    )
    if found is None:
        raise Http404
    return found
