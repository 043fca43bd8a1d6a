"""How what happened is said: one sentence a deed, in one of the four voices."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from ascolto.cases.queries.history import DeedRow, Line, PromiseRow, SilenceRow
from ascolto.desk import (
    customer_deeds,
    matter_words,
    order_words,
    public_deeds,
    routing_words,
    words,
)
from ascolto.promises.models import Promise
from ascolto.timeline.queries import Deed


@dataclass(frozen=True, slots=True)
class Drawn:
    """A row of the history, ready for its template. `voice` is its class in the stylesheet."""

    row: Line
    voice: str
    lead: str = ""
    sentence: str = ""
    new_day: date | None = None


def drawn(rows: Iterable[Line], *, now: datetime) -> list[Drawn]:
    """Every row with its voice and words; the first of each day says which day it is."""
    lines: list[Drawn] = []
    last: date | None = None
    for row in rows:
        day = timezone.localtime(row.at).date()
        voice, lead, sentence = _said(row, now=now)
        lines.append(Drawn(row, voice, lead, sentence, day if day != last else None))
        last = day
    return lines


def _said(row: Line, *, now: datetime) -> tuple[str, str, str]:
    if isinstance(row, DeedRow):
        return _DEEDS.get(row.deed.kind, _unknown)(row.deed)
    if isinstance(row, PromiseRow):
        return _promise(row, now=now)
    if isinstance(row, SilenceRow):
        return _silence(row)
    if row.shape == "note":
        return "int", "", ""
    if row.shape == "began":
        return "heard", "", ""
    heard = getattr(row, "was_heard", False)
    return "heard" if heard else "said", "", ""


def _silence(row: SilenceRow) -> tuple[str, str, str]:
    length = words.long(row.length)
    if row.still:
        return "sys silence ours", "", _("%s senza risposta, finora.") % length
    return "sys silence", "", _("%s senza risposta.") % length


def _promise(row: PromiseRow, *, now: datetime) -> tuple[str, str, str]:
    promise = row.promise
    what = promise.words or promise.get_kind_display()
    if row.moment == "warned":
        due = words.on(promise.due_at, now=now)
        return "sys", "", _("Avviso: %(what)s scade %(due)s.") % {"what": what, "due": due}
    if row.moment == "overrun":
        return "promise late", _("Scaduta:"), what
    if promise.paused_at is not None:
        rests = _("%(what)s, in pausa: %(reason)s")
        return "promise", _("Promessa:"), rests % {"what": what, "reason": _(promise.pause_reason)}
    sentence = f"{what} {words.by(promise.due_at, now=now)}"
    if promise.ended_at is None:
        return "promise", _("Promessa:"), sentence
    voice, ending = {
        Promise.Ending.KEPT: ("promise kept", _("mantenuta %s")),
        Promise.Ending.BROKEN: ("promise late", _("mantenuta in ritardo, %s")),
    }.get(Promise.Ending(promise.ending), ("promise", _("sciolta %s")))
    ended = ending % words.on(promise.ended_at, now=now)
    sentence = f"{sentence}, {ended}"
    return voice, _("Promessa:"), f"{sentence}: {promise.reason}" if promise.reason else sentence


def _opened(deed: Deed) -> tuple[str, str, str]:
    if deed.by_name:
        return "sys", "", _("%s ha aperto il caso, scrivendo per primo.") % deed.by_name
    return "sys", "", _("Caso aperto.")


def _imported(deed: Deed) -> tuple[str, str, str]:
    return "sys", "", _("Importato da un altro programma. Quello che precede è la sua storia.")


def _assigned(deed: Deed) -> tuple[str, str, str]:
    to = deed.facts.get("to")
    if not to:
        return "sys", "", _("%s lo ha lasciato libero.") % _by(deed)
    if to == deed.by_name:
        return "sys", "", _("%s lo ha preso in carico.") % to
    return "sys", "", _("%(by)s lo ha dato a %(to)s.") % {"by": _by(deed), "to": to}


def _transferred(deed: Deed) -> tuple[str, str, str]:
    facts = deed.facts
    to = facts.get("to_team", "")
    to = f"{to}, {facts['to']}" if facts.get("to") else to
    said = _("da %(from)s a %(to)s, da parte di %(by)s. %(reason)s") % {
        "from": facts.get("from_team", ""),
        "to": to,
        "by": _by(deed),
        "reason": facts.get("reason", ""),
    }
    return "done", _("Passato:"), said


def _help_asked(deed: Deed) -> tuple[str, str, str]:
    said = _("%(by)s ha chiesto aiuto a %(who)s.")
    return "sys", "", said % {"by": _by(deed), "who": deed.facts.get("colleague", "")}


def _resolved(deed: Deed) -> tuple[str, str, str]:
    reason = deed.facts.get("reason") or ""
    return "done", _("Risolto:"), _("da %s.") % _by(deed) + (f" {reason}" if reason else "")


def _reopened(deed: Deed) -> tuple[str, str, str]:
    if not deed.by_name:
        return "sys", "", _("Riaperto: il cliente ha scritto ancora.")
    return "sys", "", _("%s lo ha riaperto.") % deed.by_name


def _withdrawn(deed: Deed) -> tuple[str, str, str]:
    return "sys", "", _("%s ha richiamato una risposta prima che partisse.") % _by(deed)


def _not_said(deed: Deed) -> tuple[str, str, str]:
    return "sys", "", _("%s ha richiamato il riscontro in pubblico prima che partisse.") % _by(deed)


def _not_me(deed: Deed) -> tuple[str, str, str]:
    said = _("chi legge %s dice che il caso non lo riguarda. Non gli mandiamo più collegamenti.")
    return "sys", _("Non è lui:"), said % deed.facts.get("address", "")


def _automatic_reply(deed: Deed) -> tuple[str, str, str]:
    """A machine's words: its first ones, on one line, so that an absence can be read here."""
    said = " ".join(str(deed.facts.get("words", "")).split())
    return "sys", _("Risposta automatica:"), _("«%s»") % said if said else _("senza testo.")


def _claims_case(deed: Deed) -> tuple[str, str, str]:
    number = f"C-{deed.facts.get('claims', '')}"
    said = _("l’oggetto nomina il caso %s, ma niente prova che chi scrive lo conosca.")
    return "sys", _("Da guardare:"), said % number


def _paused(deed: Deed) -> tuple[str, str, str]:
    said = _("%(by)s ha messo in pausa «%(what)s»: %(reason)s")
    facts = {"by": _by(deed), "what": _promised(deed), "reason": deed.facts.get("reason", "")}
    return "sys", "", said % facts


def _resumed(deed: Deed) -> tuple[str, str, str]:
    said = _("%(by)s ha fatto ripartire «%(what)s».")
    return "sys", "", said % {"by": _by(deed), "what": _promised(deed)}


def _promised(deed: Deed) -> str:
    kind = str(deed.facts.get("promised", ""))
    name = Promise.Kind(kind).label if kind in Promise.Kind.values else kind
    return str(deed.facts.get("words") or name)


def _unknown(deed: Deed) -> tuple[str, str, str]:
    return "sys", "", deed.kind


def _by(deed: Deed) -> str:
    return deed.by_name or "Ascolto"


_DEEDS: dict[str, Callable[[Deed], tuple[str, str, str]]] = {
    "cases.opened": _opened,
    "cases.imported": _imported,
    "cases.assigned": _assigned,
    "cases.transferred": _transferred,
    "cases.help_asked": _help_asked,
    "cases.resolved": _resolved,
    "cases.reopened": _reopened,
    "cases.answer_withdrawn": _withdrawn,
    "cases.acknowledgement_withdrawn": _not_said,
    **order_words.DEEDS,
    **routing_words.DEEDS,
    **matter_words.DEEDS,
    **customer_deeds.DEEDS,
    **public_deeds.DEEDS,
    "promises.paused": _paused,
    "promises.resumed": _resumed,
    "portal.not_me": _not_me,
    "triage.automatic_reply": _automatic_reply,
    "triage.claims_case": _claims_case,
}
