"""The mailbox of the house: tried out live, and kept only when it works."""

from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascolto.channels.adapters.email.dkim import new_key
from ascolto.channels.adapters.email.live_test import check
from ascolto.channels.models import Channel
from ascolto.desk.guards import colleague_of
from ascolto.desk.setup_guard import owners_only
from ascolto.desk.setup_mailbox_form import MailboxForm
from ascolto.desk.setup_mailbox_keeping import (
    Stale,
    Wanted,
    keep_mailbox,
    key_of_domain,
    opened,
    sealed,
)
from ascolto.kit.secrets import WrongKey, seal, unseal
from ascolto.staff.queries import teams

_CUT = "<!--cut-->"
_KEY = "setup-dkim"


@owners_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    kept = Channel.objects.filter(kind=Channel.Kind.EMAIL, closed_at=None)
    return render(request, "desk/setup/mailbox.html", _context(MailboxForm(), kept=list(kept)))


@owners_only
@require_POST
def try_out(request: HttpRequest) -> HttpResponse:
    """Try every step of the mailbox; the page grows line by line while it is done."""
    form = MailboxForm(request.POST)
    wanted = wanted_of(request, form)
    if wanted is None:
        return render(request, "desk/setup/mailbox.html", _context(form), status=422)
    response = StreamingHttpResponse(_told(request, form, wanted))
    response["X-Accel-Buffering"] = "no"  # a proxy is not to wait for the end of the page
    return cast(HttpResponse, response)  # a stream is a response as well


@owners_only
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Open the mailbox just as it was tried out. Its settings come back sealed, not typed."""
    try:
        wanted = opened(request.POST.get("prova", ""), by=colleague_of(request), now=timezone.now())
    except Stale:
        messages.error(request, _("La prova è di troppo tempo fa: rifalla, poi continua."))
        return redirect("desk:setup_mailbox")
    team = teams().first()
    if team is None:
        return redirect("desk:setup_teams")
    channel = keep_mailbox(wanted, team=team, by=colleague_of(request), now=timezone.now())
    sentence = _("La casella %(address)s è collegata.") % {"address": channel.address}
    messages.success(request, sentence)
    return redirect("desk:setup_teams")


def wanted_of(request: HttpRequest, form: MailboxForm) -> Wanted | None:
    """The mailbox that was typed; None if it cannot be meant, and the form says why."""
    if not form.is_valid():
        return None
    domain = form.cleaned_data["address"].rpartition("@")[2]
    return form.wanted(dkim_key=key_of_domain(domain) or _key_of_session(request))


def _key_of_session(request: HttpRequest) -> str:
    """The same key for every trial of this session: its line may be in the DNS already."""
    kept = request.session.get(_KEY)
    if kept is not None:
        with suppress(WrongKey):
            return unseal(kept.encode())
    key = new_key()
    request.session[_KEY] = seal(key).decode()
    return key


def _told(request: HttpRequest, form: MailboxForm, wanted: Wanted) -> Iterator[str]:
    page = render_to_string(
        "desk/setup/mailbox.html", {**_context(form), "trying": True, "cut": _CUT}, request
    )
    before, between, after = page.split(_CUT)
    yield before
    verdicts = set()
    for one in check(wanted.told()):
        verdicts.add(one.verdict)
        yield render_to_string("desk/setup/_check.html", {"check": one})
    yield between
    outcome = {
        "works": "bad" not in verdicts,
        "sealed": sealed(wanted, by=colleague_of(request), now=timezone.now()),
    }
    yield render_to_string("desk/setup/_outcome.html", outcome, request)
    yield after


def _context(form: MailboxForm, *, kept: list[Channel] | None = None) -> dict[str, object]:
    return {"step": 2, "form": form, "kept": kept or []}
