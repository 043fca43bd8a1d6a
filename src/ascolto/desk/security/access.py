"""How one signs in: password, second factor, and where one is signed in now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ascolto.desk.guards import colleague_of, signed_in
from ascolto.desk.security import watch
from ascolto.desk.security.device import device
from ascolto.desk.security.factors import REAL, keys_work
from ascolto.desk.security.owners import owners_only
from ascolto.staff.models import Colleague
from ascolto.staff.queries import colleagues


@dataclass(frozen=True, slots=True)
class Session:
    id: int
    device: str
    ip: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    me = colleague_of(request)
    context = {
        "section": "preferences",
        "place": "access",
        "sessions": _sessions(request, me),
        "keys_work": keys_work(),
        "others": _others(me) if me.role == Colleague.Role.OWNER else [],
        **_factors(me),
    }
    return render(request, "desk/security/access.html", context)


@require_POST
@signed_in
def end_one(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of one's own; this very one is ended by signing out."""
    me = colleague_of(request)
    session = UserSession.objects.filter(user=me, pk=session_id).first()
    if session is None:
        raise Http404
    if session.session_key != request.session.session_key:
        session.end()
        watch.sessions_ended(me, 1)
        messages.success(request, _("Terminata: da lì bisogna entrare di nuovo."))
    return redirect("desk:access")


@require_POST
@signed_in
def end_others(request: HttpRequest) -> HttpResponse:
    me = colleague_of(request)
    mine = UserSession.objects.filter(user=me)
    others = list(mine.exclude(session_key=request.session.session_key))
    for session in others:
        session.end()
    watch.sessions_ended(me, len(others))
    said = ngettext("%d sessione terminata.", "%d sessioni terminate.", len(others))
    messages.success(request, said % len(others))
    return redirect("desk:access")


@require_POST
@owners_only
def lift_factors(request: HttpRequest, colleague_id: int) -> HttpResponse:
    """For who has lost telephone, key and codes: the password alone opens again, and every session
    of before is over. One's own is taken off by oneself, who can show that it is he."""
    me = colleague_of(request)
    other = colleagues().exclude(pk=me.pk).filter(pk=colleague_id).first()
    if other is None:
        raise Http404
    with transaction.atomic():
        lifted, _rows = Authenticator.objects.filter(user=other).delete()
        for session in UserSession.objects.filter(user=other):
            session.end()
        if lifted:
            watch.factors_lifted(other, by=me)
    messages.success(
        request, _("Tolto: %(name)s entra con la sola parola d’ordine.") % {"name": other.name}
    )
    return redirect("desk:access")


def _others(me: Colleague) -> list[tuple[Colleague, bool]]:
    """Who works here, and whether it takes two steps to be him."""
    two = set(REAL.values_list("user_id", flat=True))
    return [(one, one.pk in two) for one in colleagues().exclude(pk=me.pk)]


def _factors(me: Colleague) -> dict[str, Any]:
    """What he signs in with beside the password. One query."""
    known = list(Authenticator.objects.filter(user=me).order_by("created_at", "pk"))
    by_type: dict[str, list[Authenticator]] = {}
    for one in known:
        by_type.setdefault(one.type, []).append(one)
    codes = by_type.get(Authenticator.Type.RECOVERY_CODES, [])
    return {
        "app": next(iter(by_type.get(Authenticator.Type.TOTP, [])), None),
        "keys": [
            {"pk": one.pk, "name": one.wrap().name, "used_at": one.last_used_at, "one": one}
            for one in by_type.get(Authenticator.Type.WEBAUTHN, [])
        ],
        "has_codes": bool(codes),
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else 0,
    }


def _sessions(request: HttpRequest, me: Colleague) -> list[Session]:
    """This one first, then by when they were last seen. What has ended is forgotten on the way."""
    here = request.session.session_key
    found = [
        Session(
            id=one.pk,
            device=device(one.user_agent),
            ip=one.ip,
            began_at=one.created_at,
            seen_at=one.last_seen_at,
            is_this=one.session_key == here,
        )
        for one in UserSession.objects.purge_and_list(me)
    ]
    return sorted(found, key=lambda one: (one.is_this, one.seen_at), reverse=True)
