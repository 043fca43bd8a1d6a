"""What a customer did on his pages, and what came of it, as sentences of a case's history."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from ascolto.cases.models import Rating
from ascolto.timeline.queries import Deed


def _made(deed: Deed) -> tuple[str, str, str]:
    by, outcome = deed.by_name or "Ascolto", deed.facts.get("outcome") or ""
    said = _("%s ha parlato con lui, come aveva chiesto.") % by
    return "done", _("Richiamato:"), f"{said} {outcome}".strip()


def _dropped(deed: Deed) -> tuple[str, str, str]:
    said = _("%(by)s non lo richiama: %(reason)s")
    told = {"by": deed.by_name or "Ascolto", "reason": deed.facts.get("reason", "")}
    return "sys", _("Chiamata tolta:"), said % told


def _rated(deed: Deed) -> tuple[str, str, str]:
    return "heard", _("Ha giudicato la risposta:"), _judgement(deed)


def _rating_changed(deed: Deed) -> tuple[str, str, str]:
    return "heard", _("Ha cambiato il suo giudizio:"), _judgement(deed)


def _judgement(deed: Deed) -> str:
    """In his words: what he chose, and what he added."""
    score = deed.facts.get("score")
    said = str(Rating.Score(int(score)).label) if isinstance(score, int) else ""
    words = deed.facts.get("words")
    return f"{said}. " + _("«%s»") % words if words else f"{said}."


def _effort_told(deed: Deed) -> tuple[str, str, str]:
    said = _("%(score)s su 7, dove 7 è facilissimo.")
    lead = _("Quanto è stato facile:")
    if deed.facts.get("again"):
        lead = _("Quanto è stato facile, ci ha ripensato:")
    return "heard", lead, said % {"score": deed.facts.get("score", "")}


DEEDS: dict[str, Callable[[Deed], tuple[str, str, str]]] = {
    "cases.call_made": _made,
    "cases.call_dropped": _dropped,
    "cases.rated": _rated,
    "cases.rating_changed": _rating_changed,
    "cases.effort_told": _effort_told,
}
