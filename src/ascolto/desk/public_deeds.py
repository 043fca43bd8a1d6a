"""What was said in public, and what we did with it, as sentences of a customer's history."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from ascolto.listening.models import Mention
from ascolto.timeline.queries import Deed

STANDING = Mention.Standing


def _mentioned(deed: Deed) -> tuple[str, str, str]:
    kind = str(deed.facts.get("kind", ""))
    what = str(Mention.Kind(kind).label) if kind in Mention.Kind.values else ""
    return "heard", _("Ha parlato di noi in pubblico:"), what


def _settled(deed: Deed) -> tuple[str, str, str]:
    by = deed.by_name or "Ascolto"
    said = {
        STANDING.CASE: ("done", "", _("%s ne ha fatto un caso.") % by),
        STANDING.ANSWERED: ("said", _("Risposto in pubblico:"), _("da %s.") % by),
        STANDING.THANKED: ("said", _("Ringraziato in pubblico:"), _("da %s.") % by),
        STANDING.NOISE: ("sys", "", _("%s l’ha messo fra il rumore.") % by),
        STANDING.WAITING: ("sys", "", _("Quello che ha detto in pubblico aspetta di nuovo.")),
    }
    standing = str(deed.facts.get("standing", ""))
    return said.get(STANDING(standing), ("sys", "", deed.kind))


def _reposted(deed: Deed) -> tuple[str, str, str]:
    told = {"by": deed.by_name or "Ascolto", "channel": deed.facts.get("channel", "")}
    return "done", _("Rilanciato:"), _("da %(by)s su %(channel)s.") % told


def _repost_undone(deed: Deed) -> tuple[str, str, str]:
    told = {"by": deed.by_name or "Ascolto", "channel": deed.facts.get("channel", "")}
    return "sys", "", _("%(by)s ha ritirato il rilancio su %(channel)s.") % told


DEEDS: dict[str, Callable[[Deed], tuple[str, str, str]]] = {
    "listening.mentioned": _mentioned,
    "listening.settled": _settled,
    "listening.reposted": _reposted,
    "listening.repost_undone": _repost_undone,
}
