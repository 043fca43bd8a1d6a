"""How one of our posts, and what is said under it, is told on pages."""

from datetime import datetime, timedelta
from typing import Protocol

from django import template
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ascolto.desk import words
from ascolto.listening.models import Board
from ascolto.listening.queries.boards import BoardComment, BoardPage, Warned
from ascolto.timeline.references import NotAReference, referred

register = template.Library()
TITLE = 70  # characters of a post's own words that make its title
EMPTY = {
    "OFFER": gettext_lazy("Nessuno parla dell’offerta."),
    "HELP": gettext_lazy("Nessuno chiede aiuto."),
    "PRAISE": gettext_lazy("Ancora nessun elogio."),
    "ABUSE": gettext_lazy("Nessuna offesa."),
}


class Titled(Protocol):
    """A post, in a list or by itself."""

    @property
    def title(self) -> str: ...

    @property
    def channel(self) -> str: ...


@register.filter
def post_title(board: Titled) -> str:
    """Its first words between quotation marks; where the network tells none, where it is."""
    if not board.title:
        return _("Un post su %(channel)s") % {"channel": board.channel}
    return f"«{truncatechars(board.title, TITLE)}»"


@register.filter
def decision_words(decision: str) -> str:
    return str(Board.Decision(decision).label)


@register.filter
def first_name(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.strip() else name


@register.filter
def percent_of(part: int, whole: int | None) -> str:
    """A width: with a point, whatever the language, and never beyond all of it."""
    return f"{min(100.0, 100 * part / whole):.1f}" if whole else "0"


@register.filter
def twentieths(part: int, whole: int) -> int:
    """How wide a part of a row is drawn: its number stands beside it."""
    return max(1, round(20 * part / whole)) if whole else 1


@register.filter
def read(board: BoardPage) -> int:
    """How many were read without a doubt."""
    return board.comments - board.unread


@register.filter
def a_minute(many: float) -> str:
    """What arrives, as people say it."""
    if many <= 0:
        return _("dal vivo, ora tace")
    if many < 1:
        return _("dal vivo, meno di un commento al minuto")
    said = number_format(round(many), use_l10n=True)
    return ngettext(
        "dal vivo, %(n)s commento al minuto", "dal vivo, %(n)s commenti al minuto", round(many)
    ) % {"n": said}


@register.filter
def warning_words(told: Warned) -> str:
    """What its owner was told: how many of a hundred asked for help, and of what they speak."""
    share = round(100 * told.share)
    if told.usual is None:
        said = _("In un’ora %(share)s commenti su 100 chiedevano aiuto.") % {"share": share}
    else:
        said = _("In un’ora %(share)s commenti su 100 chiedevano aiuto; prima erano %(usual)s.") % {
            "share": share,
            "usual": round(100 * told.usual),
        }
    if not told.topics:
        return said
    topics = "; ".join(told.topics)
    return f"{said} {_('Non parlano dell’offerta, ma di: %(topics)s.') % {'topics': topics}}"


@register.filter
def empty_lane(lane: str) -> str:
    return str(EMPTY.get(lane, ""))


@register.filter
def insult_words(comment: BoardComment) -> str:
    """What is said of words that are not shown: that they are there, and nothing of them."""
    return _("Offesa, senza una richiesta.") if comment.lane == "ABUSE" else _("Offesa.")


@register.filter
def took_to_answer(comment: BoardComment) -> str:
    if comment.answered_at is None:
        return ""
    return words.short(max(comment.answered_at - comment.at, timedelta(0)))


@register.filter
def waiting(since: datetime, now: datetime) -> str:
    return words.short(max(now - since, timedelta(0)))


@register.filter
def lasting(length: timedelta) -> str:
    return words.short(length)


@register.filter
def case_number(reference: str) -> str:
    return f"C-{_case(reference)}"


@register.filter
def case_address(reference: str) -> str:
    return reverse("desk:case", args=[_case(reference)])


def _case(reference: str) -> int:
    try:
        return referred(reference, kind="case")
    except NotAReference:
        return 0
