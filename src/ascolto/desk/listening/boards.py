"""Posts of ours and what is said under them: the list, and one with its lanes and causes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from ascolto.desk.guards import colleague_of, is_part
from ascolto.desk.listening.board_drawing import hours_of
from ascolto.desk.listening.pages import leaving
from ascolto.desk.listening.seeing import hidden_teams, listeners_only
from ascolto.listening import queries
from ascolto.listening.models import AnswerToAll, Board, Mention
from ascolto.listening.queries.boards import BoardPage, LanePage
from ascolto.staff.models import Colleague, Team
from ascolto.staff.queries import colleagues
from ascolto.triage.boards import board_page, lane_page

LANE = Mention.Lane
FIRST = 6  # comments of a lane before somebody asks for more
FEW_CLOSED = 10  # posts put away, before somebody asks for more
MOST_CAUSES = 6  # before somebody asks for all
NAMES: dict[str, tuple[str, Promise, Promise]] = {
    LANE.OFFER: ("offer", gettext_lazy("Sull’offerta"), gettext_lazy("sull’offerta")),
    LANE.HELP: ("help", gettext_lazy("Chiedono aiuto"), gettext_lazy("chiedono aiuto")),
    LANE.PRAISE: ("praise", gettext_lazy("Elogi"), gettext_lazy("elogi")),
    LANE.ABUSE: ("abuse", gettext_lazy("Offese"), gettext_lazy("offese")),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One lane as it stands on the page."""

    code: str
    css: str
    title: Promise
    short: Promise
    many: int
    page: LanePage


@dataclass(frozen=True, slots=True)
class More:
    """Causes that are not shown yet."""

    many: int
    people: int


@listeners_only
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """The posts that were spoken under last, and those put away, folded.

    A part of either when somebody wants older ones: `dopo` of the first, `chiusi` of the second.
    """
    after, put_away = request.GET.get("dopo", ""), request.GET.get("chiusi", "")
    hidden = hidden_teams(colleague_of(request))
    look = partial(queries.boards, hidden_teams=hidden, now=timezone.now())
    if is_part(request) and (after or put_away):
        page = look(after=after or put_away, closed=not after)
        part = {"page": page, "older": "dopo" if after else "chiusi"}
        return render(request, "desk/listening/_posts.html", part)
    context = {
        "section": "listening",
        "page": look(after=after, closed=False),
        "closed": look(after=put_away, closed=True, limit=FEW_CLOSED),
        "unfolded": "chiusi" in request.GET,
    }
    return render(request, "desk/listening/posts.html", context)


@listeners_only
@require_safe
def show(request: HttpRequest, board_id: int) -> HttpResponse:
    """One post; further down a lane, that part of it alone."""
    hidden = hidden_teams(colleague_of(request))
    board = board_page(board_id, hidden_teams=hidden, now=timezone.now())
    if board is None:
        raise Http404
    code = request.GET.get("corsia", "")
    if is_part(request) and request.GET.get("dopo") and code in NAMES:
        context = {"board": board, "code": code, "now": timezone.now()}
        after = request.GET["dopo"]
        context["page"] = lane_page(
            board_id, code, after=after, one_of_each=code == LANE.OFFER, hidden_teams=hidden
        )
        return render(request, "desk/listening/_post_lane.html", context)
    return render(request, "desk/listening/post.html", context_of(request, board, hidden=hidden))


def context_of(
    request: HttpRequest, board: BoardPage, *, hidden: Collection[int], wrong: str = ""
) -> dict[str, Any]:
    """`wrong`: what is missing in the answer that its owner has just given."""
    me, now = colleague_of(request), timezone.now()
    every = request.GET.get("cause") == "tutte"
    causes = board.causes if every else board.causes[:MOST_CAUSES]
    rest = board.causes[len(causes) :]
    on_the_way = queries.answers_to_all(board.id)
    return {
        "section": "listening",
        "now": now,
        "board": board,
        "mine": board.owner_id == me.pk,
        "wrong": wrong,
        "able": able_to_own(board),
        "opens": Board.Opens.choices,
        "lanes": _lanes(request, board, hidden=hidden),
        "noise": board.many(LANE.NOISE),
        "help": board.many(LANE.HELP),
        "bars": hours_of(board.hours),
        "every": every,
        "causes": causes,
        "more": More(len(rest), sum(one.people for one in rest)) if rest else None,
        "most": max((one.people for one in board.causes), default=0),
        "first": next((one.id for one in causes if one.waiting and one.id not in on_the_way), None),
        "most_cases": max((one.cases for one in board.load), default=0),
        "reasons": _reasons(board),
        "on_the_way": on_the_way,
        "undo": undo_all(on_the_way.values(), me, now=now) or leaving(me, now=now),
    }


def undo_all(
    answers: Iterable[AnswerToAll], me: Colleague, *, now: datetime
) -> dict[str, Any] | None:
    """His answer to many that can still be called back, as the page offers it."""
    for one in answers:
        if queries.may_be_called_back(one, me, now=now):
            many = len(one.mentions)
            said = ngettext("Risposta a %(n)s commento:", "Risposta a %(n)s commenti:", many) % {
                "n": many
            }
            return {
                "words": said,
                "address": reverse("desk:cause_undo", args=[one.pk]),
                "label": _("Annulla"),
                "until": one.leaves_at,
            }
    return None


def able_to_own(board: BoardPage) -> QuerySet[Colleague]:
    """Who may be told of it: whoever may see what its team hears."""
    able = colleagues().exclude(role=Colleague.Role.HELPER)
    if not Team.objects.filter(pk=board.team_id, is_reserved=True).exists():
        return able
    leads = Q(role__in=[Colleague.Role.OWNER, Colleague.Role.SUPERVISOR])
    return able.filter(leads | Q(teams=board.team_id)).distinct()


def _lanes(request: HttpRequest, board: BoardPage, *, hidden: Collection[int]) -> list[Drawn]:
    asked, after = request.GET.get("corsia", ""), request.GET.get("dopo", "")
    return [
        Drawn(
            code,
            css,
            title,
            short,
            board.many(code),
            lane_page(
                board.id,
                code,
                after=after if code == asked else "",
                one_of_each=code == LANE.OFFER,
                hidden_teams=hidden,
                limit=FIRST,
            ),
        )
        for code, (css, title, short) in NAMES.items()
    ]


def _reasons(board: BoardPage) -> str:
    """«187 in sei cause, 25 singoli»: together they are all that ask for help."""
    many = len(board.causes)
    if not many:
        return ""
    inside = sum(one.comments for one in board.causes)
    said = ngettext("%(n)s in %(many)s causa", "%(n)s in %(many)s cause", many) % {
        "n": number_format(inside, use_l10n=True, force_grouping=True),
        "many": many,
    }
    alone = ngettext("%(n)s a sé", "%(n)s a sé", board.singles) % {"n": board.singles}
    return _("%(said)s, %(alone)s") % {"said": said, "alone": alone} if board.singles else said
