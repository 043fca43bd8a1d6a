"""One answer for many, and one case for many. Both are shown before they are done."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ascolto.desk.guards import colleague_of, is_part, number_in
from ascolto.desk.listening.board_deeds import cause_or_404, sheet, to_causes
from ascolto.desk.listening.seeing import listeners_only
from ascolto.listening import services
from ascolto.listening.models import AnswerToAll, Cause
from ascolto.triage.boards import (
    AnswerPreview,
    LeftOut,
    NobodyAsks,
    NobodyToAnswer,
    TooLateToCallBack,
    answer_all,
    call_back_all,
    one_case,
    preview_answer,
)

HELLO = "{nome}, "


@listeners_only
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, cause_id: int) -> HttpResponse:
    """Written once; it leaves for each by name after the undo time. `anteprima` only shows it."""
    cause, me = cause_or_404(request, cause_id), colleague_of(request)
    is_update = bool(request.POST.get("novita") or request.GET.get("novita"))
    if request.method != "POST":
        return _asked(request, cause, _begun(request, cause), is_update=is_update)
    text = request.POST.get("testo", "")
    if request.GET.get("anteprima"):
        return _asked(request, cause, text, is_update=is_update)
    try:
        made = answer_all(cause, text, by=me, now=timezone.now(), is_update=is_update)
    except services.NoWords:
        problem = _("Non c’è niente da inviare: scrivi la risposta.")
        return _asked(request, cause, text, is_update=is_update, problem=problem)
    except NobodyToAnswer:
        messages.warning(request, _("Qui non c’è più nessuno che aspetta una risposta."))
        return to_causes(cause.board_id)
    if made.leaves_at <= timezone.now():  # he has no undo time
        messages.success(request, _("La risposta è partita."))
    return to_causes(cause.board_id)


@require_POST
@listeners_only
def undo(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Called back before any of it leaves: its words stand in the box again."""
    made = AnswerToAll.objects.filter(pk=answer_id).first()
    cause = cause_or_404(request, made.cause_id if made else 0)
    try:
        call_back_all(answer_id, by=colleague_of(request), now=timezone.now())
    except services.NotHis:
        messages.warning(request, _("L’ha scritta un collega: solo chi l’ha scritta la richiama."))
    except TooLateToCallBack:
        messages.warning(request, _("È già partita."))
    else:
        messages.success(request, _("Richiamata: non è partita. Il testo è ancora qui."))
        again = reverse("desk:cause_answer", args=[cause.pk])
        return redirect(f"{again}?da={answer_id}")
    return to_causes(cause.board_id)


@listeners_only
@require_http_methods(["GET", "HEAD", "POST"])
def make_case(request: HttpRequest, cause_id: int) -> HttpResponse:
    """One case for all: those of each are linked to it, also of whoever comes later."""
    cause = cause_or_404(request, cause_id)
    if request.method != "POST":
        preview = preview_answer(cause, "", by=colleague_of(request), is_update=True)
        return sheet(request, cause.board, "case", cause=cause, people=preview.many)
    try:
        case = one_case(cause, by=colleague_of(request), now=timezone.now())
    except NobodyAsks:
        messages.warning(request, _("Qui non aspetta più nessuno: non c’è di che fare un caso."))
    else:
        said = _("Il caso unico è %(number)s: gli altri si collegano da soli.")
        messages.success(request, said % {"number": case.number})
    return to_causes(cause.board_id)


def left_out(preview: AnswerPreview) -> list[str]:
    """Who gets no answer of this, counted, and why."""
    return [_why(why, many) for why, many in preview.left_out.items() if many]


def _why(why: LeftOut, many: int) -> str:
    said = {
        LeftOut.ANSWERED: ngettext(
            "%(n)s ha già avuto risposta.", "%(n)s hanno già avuto risposta.", many
        ),
        LeftOut.SAME_PERSON: ngettext(
            "%(n)s è di chi la riceve già sotto un altro suo commento.",
            "%(n)s sono di chi la riceve già sotto un altro suo commento.",
            many,
        ),
        LeftOut.GONE: ngettext(
            "%(n)s è stato cancellato, o messo da parte.",
            "%(n)s sono stati cancellati, o messi da parte.",
            many,
        ),
        LeftOut.NO_WAY: ngettext(
            "Sotto %(n)s non si può scrivere.", "Sotto %(n)s non si può scrivere.", many
        ),
    }
    return said[why] % {"n": many}


def _asked(
    request: HttpRequest, cause: Cause, text: str, *, is_update: bool, problem: str = ""
) -> HttpResponse:
    preview = preview_answer(cause, text, by=colleague_of(request), is_update=is_update)
    context = {
        "cause": cause,
        "text": text,
        "is_update": is_update,
        "preview": preview,
        "left": left_out(preview),
        "problem": problem,
    }
    if request.GET.get("anteprima") and is_part(request):
        return render(request, "desk/listening/_post_preview.html", context)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return sheet(request, cause.board, "answer", status=status, **context)


def _begun(request: HttpRequest, cause: Cause) -> str:
    """What he wrote and called back, or only the name of each."""
    again = AnswerToAll.objects.filter(
        pk=number_in(request.GET.get("da", "")), cause=cause, by=colleague_of(request)
    ).first()
    if again is None and request.GET.get("da"):
        raise Http404
    return again.text if again else HELLO
