"""Nobody alone: what each carries now, and one click that makes it more even. For leads."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ascolto.cases.services.bulk import NothingChosen
from ascolto.desk.guards import colleague_of, number_in
from ascolto.desk.routing_words import topic_named
from ascolto.desk.settings.guard import leads_only
from ascolto.triage.levelling import Proposal, Proposed, apply, carrying, proposal
from ascolto.triage.policy.levelling import Stays, Why

PARTS = 3  # of a written move: case, from whom, to whom
STAYS = {
    Stays.PROMISED: gettext_lazy("c’è qualcosa di promesso entro un’ora, o già in ritardo"),
    Stays.WRITING: gettext_lazy("chi lo segue sta scrivendo la risposta"),
    Stays.KNOWN: gettext_lazy("il cliente conosce chi lo segue: gli ha già risposto due volte"),
    Stays.NOBODY: gettext_lazy("nella squadra nessuno che lo sa fare ha meno da fare"),
}


@leads_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Everybody, by name: open cases, limit, hostile messages read today, shift."""
    return _drawn(request, None)


@leads_only
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """Which cases would go from whom to whom, and why; nothing has been done yet."""
    return _drawn(request, proposal(now=timezone.now()))


@leads_only
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Do the moves that stayed ticked, as one deed that can be undone."""
    moves = [move for written in request.POST.getlist("mosse") if (move := _move(written))]
    try:
        made = apply(moves, by=colleague_of(request), now=timezone.now())
    except NothingChosen:
        messages.warning(request, _("Nessuna mossa scelta: è tutto com’era."))
        return redirect("desk:levelling")
    return redirect("desk:bulk", made.pk)


def _drawn(request: HttpRequest, plan: Proposal | None) -> HttpResponse:
    there = carrying(now=timezone.now())
    most = max([one.most or one.open for one in there], default=1) or 1
    people = [
        {
            "one": one,
            "width": min(100, round(100 * one.open / (one.most or most))),
            "after": plan.after.get(one.colleague.pk, one.open) if plan else one.open,
        }
        for one in there
    ]
    context = {
        "section": "team",
        "people": people,
        "plan": plan,
        "moves": _lines(plan.moves) if plan else [],
        "stay": [(STAYS[why], many) for why, many in plan.stay.items()] if plan else [],
    }
    return render(request, "desk/organising/team.html", context)


def _lines(moves: Sequence[Proposed]) -> list[dict[str, object]]:
    return [
        {
            "one": one,
            "value": f"{one.case.pk}:{one.holder.pk}:{one.to.pk}",
            "why": _why(one),
        }
        for one in moves
    ]


def _why(one: Proposed) -> str:
    if one.why == Why.CAN:
        said = _("%(name)s si occupa di %(topic)s e ha meno casi")
        return said % {"name": one.to.name, "topic": topic_named(one.topic)}
    return _("%(name)s è nella squadra e ha meno casi") % {"name": one.to.name}


def _move(written: str) -> tuple[int, int, int] | None:
    parts = [number_in(part) for part in written.split(":")]
    return (parts[0], parts[1], parts[2]) if len(parts) == PARTS and all(parts) else None
