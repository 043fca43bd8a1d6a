"""One message asks for two things: a case for the second, one case again, or one matter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case, OtherMatter
from ascolto.cases.services import matters, moves
from ascolto.desk.case import done, is_on_screen
from ascolto.desk.guards import colleague_of, signed_in
from ascolto.triage.matters import open_by_hand

SETTLED = 409


@signed_in
@require_POST
def open_case(request: HttpRequest, matter_id: int) -> HttpResponse:
    """A case for the second thing, for the team that can do it."""
    matter = _matter(request, matter_id)
    case = matter.message.case
    try:
        new = open_by_hand(matter, by=colleague_of(request), now=timezone.now())
    except matters.AlreadySettled:
        return _too_late(request, case)
    said = _("La seconda cosa è in %(case)s, alla squadra %(team)s.")
    words = said % {"case": new.number, "team": new.team.name}
    return done(request, case, undo=_undo("reunite_matter", matter, words))


@signed_in
@require_POST
def reunite(request: HttpRequest, matter_id: int) -> HttpResponse:
    """The two cases are one again."""
    matter = _matter(request, matter_id)
    case = matter.message.case
    try:
        moving = matters.reunite(matter, by=colleague_of(request), now=timezone.now())
    except (moves.AlreadyMerged, moves.SameCase):
        return done(request, case, status=SETTLED, move_error=_("I due casi sono già uno."))
    said = _("%(other)s è di nuovo parte di %(case)s.")
    words = said % {"other": moving.origin.number, "case": moving.target.number}
    address = reverse("desk:undo_move", args=[moving.pk])
    undo = {"words": words, "address": address, "label": _("Annulla")}
    shown = moving.origin if is_on_screen(request, moving.origin) else case
    return done(request, shown, undo=undo)


@signed_in
@require_POST
def keep(request: HttpRequest, matter_id: int) -> HttpResponse:
    """It is one matter."""
    matter = _matter(request, matter_id)
    case = matter.message.case
    try:
        matters.keep_together(matter, by=colleague_of(request), now=timezone.now())
    except matters.AlreadySettled:
        return _too_late(request, case)
    words = _("Il messaggio resta una cosa sola.")
    return done(request, case, undo=_undo("ask_matter", matter, words))


@signed_in
@require_POST
def ask(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Perhaps they are two after all: that it is one is taken back."""
    matter = _matter(request, matter_id)
    matters.ask_again(matter, by=colleague_of(request), now=timezone.now())
    return done(request, matter.message.case)


def _matter(request: HttpRequest, matter_id: int) -> OtherMatter:
    """For who may see the case of the message, and that of the second thing if there is one."""
    seen = visible_cases(colleague_of(request)).values("pk")
    found = OtherMatter.objects.filter(message__case__in=seen)
    found = found.filter(case=None) | found.filter(case__in=seen)
    known = found.select_related(
        "case", "message__case__team", "message__conversation__channel__team"
    )
    return get_object_or_404(known, pk=matter_id)


def _too_late(request: HttpRequest, case: Case) -> HttpResponse:
    said = _("Nel frattempo qualcuno ha già deciso.")
    return done(request, case, status=SETTLED, move_error=said)


def _undo(name: str, matter: OtherMatter, words: str) -> dict[str, str]:
    address = reverse(f"desk:{name}", args=[matter.pk])
    return {"words": words, "address": address, "label": _("Annulla")}
