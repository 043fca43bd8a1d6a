"""How the deeds that put a queue in order are said in the history of a case."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ascolto.cases.models import Case
from ascolto.desk import words
from ascolto.timeline.queries import Deed

Said = tuple[str, str, str]  # voice, lead, sentence


def _snoozed(deed: Deed) -> Said:
    until = words.on(datetime.fromisoformat(deed.facts["until"]), now=deed.at)
    said = _("%(by)s lo ha rimandato: torna %(until)s.")
    if deed.facts.get("sleeps_through"):
        said = _("%(by)s lo ha rimandato: torna %(until)s, anche se il cliente risponde.")
    return "sys", "", said % {"by": _by(deed), "until": until}


def _woken(deed: Deed) -> Said:
    causes = {
        "time": _("Tornato: è l’ora scelta."),
        "customer": _("Tornato: il cliente ha scritto."),
        "clock": _("Tornato: un suo orologio sta per scadere."),
    }
    return "sys", "", causes.get(deed.facts.get("cause", ""), _("%s lo ha ripreso.") % _by(deed))


def _tagged(deed: Deed) -> Said:
    said = _("%(by)s ha messo l’etichetta %(tags)s.")
    return "sys", "", said % {"by": _by(deed), "tags": _tags(deed)}


def _untagged(deed: Deed) -> Said:
    said = _("%(by)s ha tolto l’etichetta %(tags)s.")
    return "sys", "", said % {"by": _by(deed), "tags": _tags(deed)}


def _prioritised(deed: Deed) -> Said:
    named = {str(one.value): one.label for one in Case.Priority}
    to = named.get(str(deed.facts.get("to")), "")
    said = _("%(by)s ha dato priorità %(to)s.")
    return "sys", "", said % {"by": _by(deed), "to": to}


def _fields_set(deed: Deed) -> Said:
    said = _("%(by)s ha compilato: %(what)s.")
    return "sys", "", said % {"by": _by(deed), "what": "; ".join(deed.facts.get("said", []))}


def _merged(deed: Deed) -> Said:
    other = deed.facts.get("other", "")
    if deed.facts.get("came"):
        said = _("%(by)s ha unito qui %(other)s.")
    else:
        said = _("%(by)s ha unito questo caso a %(other)s.")
    return "done", _("Unito:"), said % {"by": _by(deed), "other": other}


def _split(deed: Deed) -> Said:
    number = int(deed.facts.get("messages", 0))
    names = {"by": _by(deed), "other": deed.facts.get("other", ""), "n": number}
    if deed.facts.get("came"):
        said = ngettext(
            "%(by)s ha portato qui %(n)d messaggio di %(other)s.",
            "%(by)s ha portato qui %(n)d messaggi di %(other)s.",
            number,
        )
    else:
        said = ngettext(
            "%(by)s ha portato %(n)d messaggio in un caso suo, %(other)s.",
            "%(by)s ha portato %(n)d messaggi in un caso loro, %(other)s.",
            number,
        )
    return "done", _("Diviso:"), said % names


def _move_undone(deed: Deed) -> Said:
    said = _("%(by)s ha annullato l’unione o la divisione con %(other)s.")
    return "sys", "", said % {"by": _by(deed), "other": deed.facts.get("other", "")}


def _linked(deed: Deed) -> Said:
    said = _("%(by)s lo ha collegato a %(other)s.")
    why = str(deed.facts.get("why") or "")
    told = said % {"by": _by(deed), "other": deed.facts.get("other", "")}
    return "sys", "", f"{told} {why}".strip()


def _unlinked(deed: Deed) -> Said:
    said = _("%(by)s ha tolto il collegamento con %(other)s.")
    return "sys", "", said % {"by": _by(deed), "other": deed.facts.get("other", "")}


def _tags(deed: Deed) -> str:
    return ", ".join(f"«{name}»" for name in deed.facts.get("tags", []))


def _by(deed: Deed) -> str:
    return deed.by_name or "Ascolto"


def _writer_confirmed(deed: Deed) -> Said:
    said = _("%(by)s ha confermato che %(address)s è del cliente.")
    return "sys", "", said % {"by": _by(deed), "address": deed.facts.get("address", "")}


def _writer_doubted(deed: Deed) -> Said:
    said = _("%(by)s ha tolto la conferma: %(address)s non è del cliente.")
    return "sys", "", said % {"by": _by(deed), "address": deed.facts.get("address", "")}


def _link_given_again(deed: Deed) -> Said:
    said = _("%(by)s ridà il collegamento a %(address)s, con il prossimo messaggio.")
    return "sys", "", said % {"by": _by(deed), "address": deed.facts.get("address", "")}


def _looked_as(deed: Deed) -> Said:
    said = _("%(by)s ha guardato la pagina come la vede il cliente.")
    return "sys", "", said % {"by": _by(deed)}


def _answer_stopped(deed: Deed) -> Said:
    said = _("%(by)s ha fermato la risposta programmata da %(author)s: il testo è di nuovo bozza.")
    return "sys", "", said % {"by": _by(deed), "author": deed.facts.get("author", "")}


def _resolve_undone(deed: Deed) -> Said:
    return "sys", "", _("%s ha annullato la chiusura: è tutto com’era.") % _by(deed)


DEEDS: dict[str, Callable[[Deed], Said]] = {
    "portal.looked_as": _looked_as,
    "cases.answer_stopped": _answer_stopped,
    "cases.writer_confirmed": _writer_confirmed,
    "cases.writer_doubted": _writer_doubted,
    "cases.link_given_again": _link_given_again,
    "cases.resolve_undone": _resolve_undone,
    "cases.snoozed": _snoozed,
    "cases.woken": _woken,
    "cases.tagged": _tagged,
    "cases.untagged": _untagged,
    "cases.prioritised": _prioritised,
    "cases.fields_set": _fields_set,
    "cases.merged": _merged,
    "cases.split": _split,
    "cases.move_undone": _move_undone,
    "cases.linked": _linked,
    "cases.unlinked": _unlinked,
}
