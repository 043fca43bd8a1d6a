"""What can be done with a post, and with one comment under it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascolto.desk.guards import colleague_of, is_part, number_in
from ascolto.desk.listening.boards import NAMES, able_to_own, context_of
from ascolto.desk.listening.pages import mention_context
from ascolto.desk.listening.seeing import hidden_teams, listeners_only, mention_or_404
from ascolto.listening import services
from ascolto.listening.models import Board, Cause, Mention
from ascolto.listening.queries.boards import BoardPage
from ascolto.reading.abuse import covered
from ascolto.triage.boards import board_page

LANE = Mention.Lane


@require_POST
@listeners_only
def give(request: HttpRequest, board_id: int) -> HttpResponse:
    """Somebody decides about it from now on; without `chi` whoever leads its team."""
    board, page = board_or_404(request, board_id)
    wanted = request.POST.get("chi", "")
    to = able_to_own(page).filter(pk=number_in(wanted)).first() if wanted else None
    if wanted and to is None:
        raise Http404(wanted)
    services.give_owner(board, to=to, by=colleague_of(request), now=timezone.now())
    if to is None:
        messages.success(request, _("Ne risponde di nuovo chi guida la squadra."))
    else:
        messages.success(request, _("Ne risponde %(name)s.") % {"name": to.name})
    return redirect("desk:post", board_id)


@require_POST
@listeners_only
def decide(request: HttpRequest, board_id: int) -> HttpResponse:
    """One of three answers to the warning; leaving it as it is says why."""
    board, page = board_or_404(request, board_id)
    decision, why = request.POST.get("scelta", ""), request.POST.get("perche", "").strip()
    if decision not in Board.Decision.values:
        raise Http404(decision)
    me = colleague_of(request)
    try:
        services.decide(board, decision=decision, why=why, by=me, now=timezone.now())
    except services.NeedsAReason:
        wrong = _("Scrivi perché resta così: lo leggerà chi aspetta una spiegazione.")
        context = context_of(request, page, hidden=hidden_teams(me), wrong=wrong)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "desk/listening/post.html", context, status=status)
    messages.success(request, _("Segnato: l’avviso non torna."))
    return redirect("desk:post", board_id)


@require_POST
@listeners_only
def open_for(request: HttpRequest, board_id: int) -> HttpResponse:
    """For whom a call for help under it becomes a case by itself."""
    board, _page = board_or_404(request, board_id)
    whom = request.POST.get("per", "")
    if whom not in Board.Opens.values:
        raise Http404(whom)
    services.open_for(board, whom, by=colleague_of(request), now=timezone.now())
    label = Board.Opens(whom).label
    messages.success(request, _("Un aiuto diventa un caso %(whom)s.") % {"whom": label})
    return redirect("desk:post", board_id)


@require_POST
@listeners_only
def close(request: HttpRequest, board_id: int) -> HttpResponse:
    """Put it away among the closed ones; from its page it is opened again."""
    board, _page = board_or_404(request, board_id)
    services.close_board(board, by=colleague_of(request), now=timezone.now())
    messages.success(request, _("Post chiuso: si riapre da solo se qualcuno chiede aiuto."))
    return redirect("desk:post", board_id)


@require_POST
@listeners_only
def reopen(request: HttpRequest, board_id: int) -> HttpResponse:
    """Back among those that are looked at."""
    board, _page = board_or_404(request, board_id)
    services.close_board(board, closed=False, by=colleague_of(request), now=timezone.now())
    messages.success(request, _("Post riaperto."))
    return redirect("desk:post", board_id)


@listeners_only
@require_safe
def move(request: HttpRequest, mention_id: int) -> HttpResponse:
    """The question where a comment belongs."""
    mention = under_a_post(request, mention_id)
    hidden = hidden_teams(colleague_of(request))
    causes = Cause.objects.filter(board=mention.board_id, lane=mention.lane, joined_at=None)
    context: dict[str, Any] = {
        "mention": mention,
        "words": covered(mention.text),
        "lanes": [*[(code, names[1]) for code, names in NAMES.items()], (LANE.NOISE, _("Rumore"))],
        "causes": causes.exclude(team__in=hidden).order_by("name"),
    }
    return sheet(request, mention.board, "move", **context)


@require_POST
@listeners_only
def relane(request: HttpRequest, mention_id: int) -> HttpResponse:
    """A person says what it is; the reader learns from it."""
    mention = under_a_post(request, mention_id)
    lane = request.POST.get("corsia", "")
    if lane not in LANE.values:
        raise Http404(lane)
    services.relane(mention, lane=lane, by=colleague_of(request), now=timezone.now())
    messages.success(request, _("Spostato: %(lane)s.") % {"lane": LANE(lane).label})
    return redirect("desk:post", mention.board_id)


@require_POST
@listeners_only
def recause(request: HttpRequest, mention_id: int) -> HttpResponse:
    """It asks the same as others, or something that nobody else asks."""
    mention, wanted = under_a_post(request, mention_id), request.POST.get("causa", "")
    cause = cause_or_404(request, number_in(wanted)) if wanted else None
    try:
        services.move_to_cause(mention, cause, by=colleague_of(request), now=timezone.now())
    except services.NotOfThisBoard:
        raise Http404(wanted) from None
    if cause is None:
        messages.success(request, _("È un caso a sé."))
    else:
        messages.success(request, _("Spostato: %(name)s.") % {"name": cause.name})
    return redirect("desk:post", mention.board_id)


@require_POST
@listeners_only
def uncover(request: HttpRequest, mention_id: int) -> HttpResponse:
    """Show an insult to whoever wants to read it. That he has read it counts."""
    mention = under_a_post(request, mention_id)
    services.read_insult(mention, by=colleague_of(request), now=timezone.now())
    if is_part(request):
        return render(request, "desk/listening/_post_shown.html", {"mention": mention})
    context = mention_context(request, mention) | {"covered": ""}
    return render(request, "desk/listening/one.html", context)


def board_or_404(request: HttpRequest, board_id: int) -> tuple[Board, BoardPage]:
    hidden = hidden_teams(colleague_of(request))
    page = board_page(board_id, hidden_teams=hidden, now=timezone.now())
    if page is None:
        raise Http404
    return Board.objects.select_related("team").get(pk=board_id), page


def under_a_post(request: HttpRequest, mention_id: int) -> Mention:
    mention = mention_or_404(request, mention_id)
    if mention.board_id is None:
        raise Http404
    return mention


def cause_or_404(request: HttpRequest, cause_id: int) -> Cause:
    """One whose post he may see, and whose team."""
    hidden = hidden_teams(colleague_of(request))
    seen = Cause.objects.exclude(team__in=hidden).exclude(board__team__in=hidden)
    found = seen.filter(pk=cause_id, joined_at=None).select_related("board", "team").first()
    if found is None:
        raise Http404
    return found


def sheet(
    request: HttpRequest, board: Board | None, name: str, *, status: int = 200, **context: object
) -> HttpResponse:
    """A question about a post: over it by script, and a page of its own without."""
    if board is None:
        raise Http404
    known = {
        "section": "listening",
        "now": timezone.now(),
        "board_id": board.pk,
        "board_title": str(board),
        "part": f"desk/listening/_post_{name}.html",
        **context,
    }
    template = known["part"] if is_part(request) else "desk/listening/post_sheet.html"
    return render(request, str(template), known, status=status)


def to_causes(board_id: int) -> HttpResponse:
    """Back to the post, at its causes."""
    return redirect(f"{reverse('desk:post', args=[board_id])}#perche-qui")
