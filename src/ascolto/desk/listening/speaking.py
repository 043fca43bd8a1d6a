"""What goes out in public about a mention, and what a colleague is asked; and thinking again."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ascolto.cases.models import Case
from ascolto.cases.services import NothingToSay, NoWayToAnswer
from ascolto.cases.services import answer as write
from ascolto.channels.models import Outgoing
from ascolto.desk.guards import colleague_of
from ascolto.desk.listening.deeds import back
from ascolto.desk.listening.forms import AnswerForm, AskForm, CaseForm, ThanksForm
from ascolto.desk.listening.pages import mention_context
from ascolto.desk.listening.seeing import listeners_only, mention_or_404
from ascolto.desk.writing.manners import BAD_MANNERS, said_of
from ascolto.listening import services
from ascolto.listening.models import Mention
from ascolto.staff.models import Colleague
from ascolto.timeline.references import referred
from ascolto.triage.mentions import case_from_mention
from ascolto.triage.reading_it import CannotGoAside, SaidAlready, read_it


@require_POST
@listeners_only
def make_case(request: HttpRequest, mention_id: int) -> HttpResponse:
    """A case of it, with a first answer under the post if one is written; then one is in it."""
    mention = mention_or_404(request, mention_id)
    answers = "rispondi" in request.POST
    form = CaseForm(request.POST, mention=mention, can_answer=answers)
    if not form.is_valid():
        return _again(request, mention, caso=form)
    try:
        case = _case_of(mention, form.cleaned_data, by=colleague_of(request))
    except NothingToSay:
        form.add_error("text", _("Non c’è niente da inviare: scrivi la risposta."))
    except NoWayToAnswer:
        form.add_error("text", _("Qui non si può rispondere: il post non c’è più, o è chiuso."))
    except BAD_MANNERS as problem:
        form.add_error("text", said_of(problem))
    else:
        messages.success(request, _("È il caso %(number)s.") % {"number": case.number})
        return redirect("desk:case", case.pk)
    return _again(request, mention, caso=form)


@transaction.atomic
def _case_of(mention: Mention, told: dict[str, Any], *, by: Colleague) -> Case:
    """All of it, or nothing: an answer that does not leave opens no case."""
    now = timezone.now()
    case = case_from_mention(
        mention,
        team=told["team"],
        assignee=told["assignee"],
        subject=told["subject"],
        by=by,
        now=now,
    )
    if "text" in told:
        write(case, author=by, text=told["text"], now=now)
    return case


@require_POST
@listeners_only
def answer(request: HttpRequest, mention_id: int) -> HttpResponse:
    """In public, under the post, and no case is made of it."""
    mention = mention_or_404(request, mention_id)
    form = AnswerForm(request.POST, mention=mention)
    if not form.is_valid():
        return _again(request, mention, rispondi=form)
    told = form.cleaned_data
    try:
        services.answer(
            mention,
            told["text"],
            by=colleague_of(request),
            seen=told["visto"],
            now=timezone.now(),
        )
    except services.SomebodyAnswered as problem:
        data = {"text": told["text"], "visto": problem.args[0]}
        form = AnswerForm(data, mention=mention)
        form.add_error("text", _("Intanto ha risposto un collega: leggi qui sotto, poi decidi."))
        return _again(request, mention, rispondi=form)
    except services.InACase:
        messages.warning(request, _("Intanto è diventato un caso: si risponde da lì."))
    except services.CannotAnswer:
        messages.warning(request, _("Qui non si può rispondere: il post non c’è più, o è chiuso."))
    return back(request, mention)


@require_POST
@listeners_only
def read(request: HttpRequest, mention_id: int) -> HttpResponse:
    """One click: in public that we read it, and then one writes to him in private, in the case."""
    mention = mention_or_404(request, mention_id)
    try:
        said = read_it(mention, by=colleague_of(request), now=timezone.now())
    except SaidAlready:
        messages.warning(request, _("Ha già avuto una risposta: non serve dirgli che l’hai letto."))
    except (CannotGoAside, *BAD_MANNERS):
        messages.warning(request, _("Qui non si può: apri un caso, o rispondi in pubblico."))
    else:
        messages.success(request, _("Detto in pubblico. Adesso scrivi in privato."))
        return redirect(f"{reverse('desk:case', args=[said.case_id])}?scrivi=risposta")
    return back(request, mention)


@require_POST
@listeners_only
def undo_answer(request: HttpRequest, outgoing_id: int) -> HttpResponse:
    """Called back before it leaves: its words stand in the box again."""
    found = Outgoing.objects.filter(pk=outgoing_id, subject_ref__startswith="mention:").first()
    if found is None:
        raise Http404
    mention = mention_or_404(request, referred(found.subject_ref, kind="mention"))
    try:
        services.call_back(found.pk, by=colleague_of(request), now=timezone.now())
        messages.success(request, _("Richiamata: non è partita. Il testo è ancora qui."))
    except services.NotHis:
        messages.warning(request, _("L’ha scritta un collega: solo chi l’ha scritta la richiama."))
    except services.TooLate:
        messages.warning(request, _("È già partita."))
    return redirect(f"{reverse('desk:mention', args=[mention.pk])}?fai=rispondi")


@require_POST
@listeners_only
def ask(request: HttpRequest, mention_id: int) -> HttpResponse:
    """A colleague is asked, with a note: he finds it among what waits for him."""
    mention, me = mention_or_404(request, mention_id), colleague_of(request)
    form = AskForm(request.POST, mention=mention, by=me)
    if not form.is_valid():
        return _again(request, mention, chiedi=form)
    told = form.cleaned_data
    services.ask(mention, to=told["to"], text=told["text"], by=me, now=timezone.now())
    messages.success(request, _("L’hai chiesto a %(name)s.") % {"name": told["to"].name})
    return back(request, mention)


@require_POST
@listeners_only
def thank(request: HttpRequest, mention_id: int) -> HttpResponse:
    mention = mention_or_404(request, mention_id)
    form = ThanksForm(request.POST, mention=mention)
    if not form.is_valid():
        return _again(request, mention, rispondi=form)
    try:
        services.thank(
            mention, form.cleaned_data["text"], by=colleague_of(request), now=timezone.now()
        )
    except services.CannotThank:
        messages.warning(request, _("Qui non si può rispondere: il post non c’è più, o è chiuso."))
    return back(request, mention)


def _again(request: HttpRequest, mention: Mention, **bound: forms.Form) -> HttpResponse:
    """The page with what was typed, and what is wrong with it."""
    context = mention_context(request, mention, bound=dict(bound))
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "desk/listening/one.html", context, status=status)
