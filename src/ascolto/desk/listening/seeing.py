"""Who sees which mention: what a reserved team hears is nobody else's; light helpers see none."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ascolto.cases.access import visible_team_ids
from ascolto.desk.guards import colleague_of, signed_in
from ascolto.listening.models import Mention
from ascolto.staff.models import Colleague, Team
from ascolto.staff.queries import who_can_change_settings

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def listeners_only(view: View[P]) -> View[P]:
    """A light helper has no business with the stream."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if colleague_of(request).role == Colleague.Role.HELPER:
            context = {"section": "listening", "who": who_can_change_settings()}
            return render(request, "desk/listening/no_permission.html", context, status=403)
        return view(request, *args, **kwargs)

    return guarded


def hidden_teams(colleague: Colleague) -> frozenset[int]:
    """The teams whose mentions he may not see."""
    seen = visible_team_ids(colleague)
    if seen is None:
        return frozenset()
    reserved = Team.objects.filter(is_reserved=True).exclude(pk__in=seen)
    return frozenset(reserved.values_list("pk", flat=True))


def mention_or_404(request: HttpRequest, mention_id: int) -> Mention:
    """What he may not see does not exist for him."""
    mention = (
        Mention.objects.select_related("team", "channel", "item", "identity__customer")
        .exclude(team__in=hidden_teams(colleague_of(request)))
        .filter(pk=mention_id)
        .first()
    )
    if mention is None:
        raise Http404(f"mention {mention_id}")
    return mention
