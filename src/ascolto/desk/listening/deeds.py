"""What can be done with a mention. Each deed goes back to where it was done, and can be undone."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ascolto.alerts.services import see_calls
from ascolto.channels.models import Channel
from ascolto.desk.guards import colleague_of, number_in
from ascolto.desk.listening.seeing import hidden_teams, listeners_only, mention_or_404
from ascolto.listening import queries, services
from ascolto.listening.models import Mention, Repost


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
def rekind(request: HttpRequest, mention_id: int) -> HttpResponse:
    """A person says what it is; noise is put aside by it, and comes back by it."""
    mention = mention_or_404(request, mention_id)
    kind = request.POST.get("genere", "")
    if kind not in Mention.Kind.values:
        raise Http404(kind)
    services.rekind(mention, kind=kind, by=colleague_of(request), now=timezone.now())
    messages.success(request, _("Segnato: %(kind)s.") % {"kind": mention.get_kind_display()})
    return back(request, mention)


@require_POST
@listeners_only
def assign(request: HttpRequest, mention_id: int) -> HttpResponse:
    """ "I look after it"; with `lascia`, nobody does."""
    mention, me = mention_or_404(request, mention_id), colleague_of(request)
    to = None if request.POST.get("lascia") else me
    services.assign(mention, to=to, by=me, now=timezone.now())
    messages.success(request, _("La segui tu.") if to else _("È di nuovo di tutti."))
    return back(request, mention)


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


def back(request: HttpRequest, mention: Mention) -> HttpResponse:
    """To the list, if it was done there; else to the mention."""
    to = request.POST.get("torna", "")
    if to.startswith("/ascolto/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None):
        return redirect(to)
    return redirect("desk:mention", mention.pk)
