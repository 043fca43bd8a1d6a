"""A mailbox is added or changed: tried out live, and kept only as it was tried."""

from collections.abc import Iterator
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascolto.channels.adapters.email.live_test import check
from ascolto.channels.adapters.email.settings import BadSettings, MailboxSettings, parse
from ascolto.channels.models import Channel
from ascolto.desk.guards import colleague_of
from ascolto.desk.settings.guard import leads_only
from ascolto.desk.setup_mailbox import wanted_of
from ascolto.desk.setup_mailbox_form import MailboxForm
from ascolto.desk.setup_mailbox_keeping import Stale, Wanted, keep_mailbox, opened, sealed
from ascolto.kit.secrets import WrongKey, unseal
from ascolto.staff.queries import teams

_CUT = "<!--cut-->"
_PAGE = "desk/settings/mailbox.html"


@leads_only
@require_safe
def new(request: HttpRequest) -> HttpResponse:
    return render(request, _PAGE, _context(MailboxForm()))


@leads_only
@require_safe
def change(request: HttpRequest, channel_id: int) -> HttpResponse:
    """What may be shown of the mailbox, filled in; its password never is."""
    channel = get_object_or_404(Channel, pk=channel_id, kind=Channel.Kind.EMAIL)
    return render(request, _PAGE, _context(MailboxForm(initial=_shown(channel))))


@leads_only
@require_POST
def try_out(request: HttpRequest) -> HttpResponse:
    """Try every step; the page grows line by line while it is done."""
    form = MailboxForm(request.POST)
    wanted = wanted_of(request, form)
    if wanted is None:
        return render(request, _PAGE, _context(form), status=422)
    outcome = {
        "sealed": sealed(wanted, by=colleague_of(request), now=timezone.now()),
        "keep": True,
    }
    return _streamed(request, _context(form), wanted.told(), outcome)


@leads_only
@require_POST
def try_again(request: HttpRequest, channel_id: int) -> HttpResponse:
    """The live test of a mailbox that is kept, with the settings it has."""
    channel = get_object_or_404(Channel, pk=channel_id, kind=Channel.Kind.EMAIL)
    form = MailboxForm(initial=_shown(channel))
    try:
        told = parse(channel.address, channel.settings, unseal(bytes(channel.secret)).encode())
    except (BadSettings, WrongKey):
        messages.error(request, _("Le impostazioni di questa casella non si leggono: riscrivile."))
        return redirect("desk:settings_mailbox", channel.pk)
    return _streamed(request, _context(form), told, {"keep": False})


@leads_only
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Open the mailbox just as it was tried out. Its settings come back sealed, not typed."""
    by, now = colleague_of(request), timezone.now()
    try:
        wanted: Wanted = opened(request.POST.get("prova", ""), by=by, now=now)
    except Stale:
        messages.error(request, _("La prova è di troppo tempo fa: rifalla, poi continua."))
        return redirect("desk:settings_mailbox_new")
    team = teams().first()
    if team is None:
        messages.error(request, _("Prima serve una squadra che riceva la posta."))
        return redirect("desk:settings_teams")
    channel = keep_mailbox(wanted, team=team, by=by, now=now)
    sentence = _("La casella %(address)s è collegata.") % {"address": channel.address}
    messages.success(request, sentence)
    return redirect("desk:settings_channel", channel.pk)


def _shown(channel: Channel) -> dict[str, object]:
    shown: dict[str, object] = {"address": channel.address, "only_new": True}
    for name in ("imap", "smtp"):
        server = channel.settings.get(name)
        if isinstance(server, dict):
            shown |= {name: server.get("host", ""), f"{name}_port": server.get("port")}
            shown |= {"security": server.get("security", "tls"), "user": server.get("user", "")}
    return shown


def _streamed(
    request: HttpRequest,
    context: dict[str, object],
    told: MailboxSettings,
    outcome: dict[str, object],
) -> HttpResponse:
    response = StreamingHttpResponse(_told(request, context, told, outcome))
    response["X-Accel-Buffering"] = "no"  # a proxy is not to wait for the end of the page
    return cast(HttpResponse, response)  # a stream is a response as well


def _told(
    request: HttpRequest,
    context: dict[str, object],
    told: MailboxSettings,
    outcome: dict[str, object],
) -> Iterator[str]:
    page = render_to_string(_PAGE, {**context, "trying": True, "cut": _CUT}, request)
    before, between, after = page.split(_CUT)
    yield before
    verdicts = set()
    for one in check(told):
        verdicts.add(one.verdict)
        yield render_to_string("desk/setup/_check.html", {"check": one})
    yield between
    shown = {**outcome, "works": "bad" not in verdicts}
    yield render_to_string("desk/settings/_outcome.html", shown, request)
    yield after


def _context(form: MailboxForm) -> dict[str, object]:
    return {"section": "preferences", "place": "channels", "form": form}
