"""What a colleague writes in a case: answers, notes, and the answer called back in time."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ascolto.cases import services
from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case, Draft, DraftFile, Message
from ascolto.cases.queries.came import came_since
from ascolto.cases.queries.case_page import last_words_of
from ascolto.cases.services.reaching import NotReached, thread_by
from ascolto.desk.case import done, is_on_screen, place, queue_of
from ascolto.desk.drafts import attach_all
from ascolto.desk.guards import case_or_404, colleague_of, is_part, number_in, signed_in
from ascolto.desk.promises import made_with
from ascolto.desk.writing import later
from ascolto.desk.writing.copies import problem_of
from ascolto.desk.writing.deeds import after_sending
from ascolto.desk.writing.difference import compare, only_new
from ascolto.desk.writing.manners import BAD_MANNERS, said_of
from ascolto.desk.writing.suggestions import record_sources
from ascolto.staff.models import Colleague


@signed_in
@require_POST
def reply(request: HttpRequest, case_id: int) -> HttpResponse:
    """Answer the customer. What cannot leave stays in its box, with the reason above it."""
    case = case_or_404(request, case_id)
    colleague, now = colleague_of(request), timezone.now()
    problem = attach_all(case, colleague, Draft.Kind.REPLY, _uploads(request), now=now)
    if problem:
        return _refused(request, case, problem)
    try:
        _send(request, case, now=now)
    except services.SomethingCame:
        return _stopped(request, case)
    except services.NothingToSay:
        problem = _("Non c’è niente da inviare: scrivi la risposta o allega un file.")
    except services.NoWayToAnswer:
        problem = _(
            "Da qui non si può rispondere: il cliente non ha scritto da un canale che porta "
            "risposte. Il testo è salvo come bozza."
        )
    except (services.NotAnAddress, services.TooManyCopies, NotReached, *BAD_MANNERS) as error:
        problem = said_of(error) if isinstance(error, BAD_MANNERS) else problem_of(error)
    except later.NotThen:
        problem = _("A quell’ora non può partire: scegli un momento da adesso a un anno.")
    if problem:
        return _refused(request, case, problem)
    return done(request, case)


def _refused(request: HttpRequest, case: Case, problem: str) -> HttpResponse:
    """What he wrote stands in its box, and is a draft: he may be at the next case by now."""
    author, written, kind = colleague_of(request), _written(request), Draft.Kind.REPLY
    text, cc = written["reply_text"], written["reply_cc"]
    if text.strip():
        services.save_draft(case, author=author, kind=kind, text=text, cc=cc, now=timezone.now())
    return done(request, case, status=422, reply_error=problem, **written)


def _send(request: HttpRequest, case: Case, *, now: datetime) -> None:
    """Send what was posted, and do what its macros say."""
    colleague, posted = colleague_of(request), request.POST
    when = posted.get("quando", "")
    via = posted.get("via", "")
    said = services.answer(
        case,
        author=colleague,
        text=_new_part(case, posted) if "solo" in posted else posted.get("text", ""),
        conversation=thread_by(case, via, now=now) if via else None,
        files=_files_of_the_answer(case, colleague),
        cc=services.addresses_in(posted.get("cc", "")),
        leaves_at=later.moment_in(posted.get("ora", "") if when == "ora" else when, now=now),
        seen=number_in(posted.get("visto", "")) or 0,
        private=_was_private(posted),
        now=now,
    )
    made_with(request, case, colleague, now)
    record_sources(said, posted.getlist("fonte"), by=colleague, now=now)
    for problem in after_sending(case, posted.getlist("macro"), by=colleague, now=now):
        messages.warning(request, problem)


def _was_private(posted: QueryDict) -> bool:
    """Whether the way he chose was for the customer alone when the page was drawn."""
    alone, via = posted.getlist("privati"), posted.get("via", "")
    return via in alone if via else bool(alone)


def _written(request: HttpRequest) -> dict[str, str]:
    """What stood in the boxes, to be put back as it was."""
    posted = request.POST
    return {
        "reply_text": posted.get("text", ""),
        "reply_cc": posted.get("cc", ""),
        "reply_via": posted.get("via", ""),
    }


def _new_part(case: Case, posted: QueryDict) -> str:
    """What of his text no colleague has said since the message he had read up to (`letto`)."""
    came = came_since(case, number_in(posted.get("letto", "")) or 0)
    return only_new(posted.get("text", ""), [one.text for one in came if not one.was_heard])


@signed_in
@require_POST
def note(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_or_404(request, case_id)
    text = request.POST.get("text", "")
    try:
        services.add_note(case, author=colleague_of(request), text=text, now=timezone.now())
    except services.NothingToSay:
        said = _("La nota è vuota: scrivi che cosa devono sapere i colleghi.")
        return done(request, case, status=422, note_error=said, note_text=text, mode="nota")
    return done(request, case, mode="nota" if "resta" in request.POST else "risposta")


@signed_in
@require_POST
def call_back(request: HttpRequest, message_id: int) -> HttpResponse:
    """Undo: the text goes back where it was written, ready to be changed."""
    colleague = colleague_of(request)
    message = (
        Message.objects.select_related("case")
        .filter(pk=message_id, case__in=visible_cases(colleague))
        .first()
    )
    if message is None or message.outgoing_id is None:
        raise Http404
    case = message.case
    try:
        services.undo_answer(message_id, by=colleague, now=timezone.now())
    except services.NotHis as problem:
        raise Http404 from problem
    except services.TooLate:
        said = _("Troppo tardi: la risposta è già partita. Se serve, scrivine un’altra.")
        return done(request, case, status=409, reply_error=said)
    if not is_part(request):
        return redirect(f"{place(case)}?scrivi=risposta#testo-risposta")
    response = done(request, case, goes_on=True)
    if not is_on_screen(request, case):
        response["HX-Push-Url"] = place(case, queue_of(request))
    return response


def _stopped(request: HttpRequest, case: Case) -> HttpResponse:
    """Somebody spoke since he looked. If he did, in these words, he pressed the button twice.

    Else he reads what came beside what he wrote, and decides. The page is drawn anew, so that
    what he sends then is sent with everything on it seen.
    """
    author, written, kind = colleague_of(request), _written(request), Draft.Kind.REPLY
    text, cc = written["reply_text"], written["reply_cc"]
    if last_words_of(case, author) == text.strip():
        services.discard_draft(case, author=author, kind=kind)
        return done(request, case)
    services.save_draft(case, author=author, kind=kind, text=text, cc=cc, now=timezone.now())
    read_until = number_in(request.POST.get("visto", ""))
    came = came_since(case, read_until)
    pieces = compare(text, [one.text for one in came if not one.was_heard])
    more = {"came": came, "pieces": pieces, "read_until": read_until}
    return done(request, case, status=409, **more, **written)


def _files_of_the_answer(case: Case, author: Colleague) -> list[DraftFile]:
    return list(
        DraftFile.objects.filter(
            draft__case=case, draft__author=author, draft__kind=Draft.Kind.REPLY
        )
    )


def _uploads(request: HttpRequest) -> Sequence["UploadedFile[bytes]"]:
    return [file for file in request.FILES.getlist("files") if file]
