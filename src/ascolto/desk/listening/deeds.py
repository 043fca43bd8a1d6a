"""What can be done with a mention. Each deed goes back to where it was done, and can be undone."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ascolto.alerts.services import see_calls
from ascolto.cases.models import Case
from ascolto.cases.services import NothingToSay, NoWayToAnswer
from ascolto.cases.services import answer as write
from ascolto.channels.models import Channel, Outgoing
from ascolto.desk.guards import colleague_of, number_in
from ascolto.desk.listening.forms import AnswerForm, AskForm, CaseForm, ThanksForm
from ascolto.desk.listening.pages import mention_context
from ascolto.desk.listening.seeing import hidden_teams, listeners_only, mention_or_404
from ascolto.desk.writing.manners import BAD_MANNERS, said_of
from ascolto.listening import queries, services
from ascolto.listening.models import Mention, Repost
from ascolto.staff.models import Colleague
from ascolto.timeline.references import referred
from ascolto.triage.mentions import case_from_mention


@require_POST
@listeners_only
def opened(request: HttpRequest, mention_id: int) -> HttpResponse:
    """Said by the page itself: one hop of the way; and who was asked about it has looked."""
    mention, now = mention_or_404(request, mention_id), timezone.now()
    services.opened(mention.pk, now=now)
    see_calls(colleague_of(request), subject=mention.reference, now=now)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


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
    return _back(request, mention)


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
    return _back(request, mention)


@require_POST
@listeners_only
def rekind(request: HttpRequest, mention_id: int) -> HttpResponse:
    """A person says what it is; noise is put aside by it, and comes back by it."""
    mention = mention_or_404(request, mention_id)
    kind = request.POST.get("genere", "")
    if kind not in Mention.Kind.values:
        raise Http404(kind)
    services.rekind(mention, kind=kind, by=colleague_of(request), now=timezone.now())
    messages.success(request, _("Segnato: %(kind)s.") % {"kind": mention.get_kind_display()})
    return _back(request, mention)


@require_POST
@listeners_only
def assign(request: HttpRequest, mention_id: int) -> HttpResponse:
    """ "I look after it"; with `lascia`, nobody does."""
    mention, me = mention_or_404(request, mention_id), colleague_of(request)
    to = None if request.POST.get("lascia") else me
    services.assign(mention, to=to, by=me, now=timezone.now())
    messages.success(request, _("La segui tu.") if to else _("È di nuovo di tutti."))
    return _back(request, mention)


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
    return _back(request, mention)


@require_POST
@listeners_only
def repost(request: HttpRequest, mention_id: int) -> HttpResponse:
    mention = mention_or_404(request, mention_id)
    channel = get_object_or_404(Channel, pk=number_in(request.POST.get("canale", "")))
    try:
        services.repost(mention, channel, by=colleague_of(request), now=timezone.now())
        messages.success(request, _("Rilanciato: parte tra pochi secondi."))
    except services.CannotRepost:
        messages.warning(request, _("Qui non si può rilanciare: il post non c’è più, o è chiuso."))
    return redirect("desk:mention", mention.pk)


@require_POST
@listeners_only
def undo_repost(request: HttpRequest, repost_id: int) -> HttpResponse:
    made = get_object_or_404(Repost, pk=repost_id)
    mention = mention_or_404(request, made.mention_id)
    services.undo_repost(made.pk, by=colleague_of(request), now=timezone.now())
    messages.success(request, _("Il rilancio è ritirato."))
    return redirect("desk:mention", mention.pk)


@require_POST
@listeners_only
def dismiss_wave(request: HttpRequest, wave_id: int) -> HttpResponse:
    found = queries.wave(wave_id)
    if found is None or found.team_id in hidden_teams(colleague_of(request)):
        raise Http404
    services.dismiss_wave(wave_id, by=colleague_of(request), now=timezone.now())
    messages.success(request, _("Non è un allarme: per quest’onda non avvisa più nessuno."))
    return redirect("desk:listening")


def _back(request: HttpRequest, mention: Mention) -> HttpResponse:
    """To the list, if it was done there; else to the mention."""
    to = request.POST.get("torna", "")
    if to.startswith("/ascolto/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None):
        return redirect(to)
    return redirect("desk:mention", mention.pk)


def _again(request: HttpRequest, mention: Mention, **bound: forms.Form) -> HttpResponse:
    """The page with what was typed, and what is wrong with it."""
    context = mention_context(request, mention, bound=dict(bound))
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "desk/listening/one.html", context, status=status)
