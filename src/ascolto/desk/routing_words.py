"""Why a case went to the team it went to, in a sentence."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ascolto.cases.models import MessageReading
from ascolto.timeline.queries import Deed
from ascolto.triage.policy.competence import Why

REASONS = {
    Why.COMPETENCE: gettext_lazy("lì sanno fare questo, nella squadra del canale no"),
    Why.HOME_CLOSED: gettext_lazy("lì sanno fare questo e rispondono prima"),
    Why.HOME_FULL: gettext_lazy("lì sanno fare questo e hanno meno casi"),
}


def _routed(deed: Deed) -> tuple[str, str, str]:
    facts = deed.facts
    why = str(facts.get("why", ""))
    if why == Why.LEARNT.value:
        reason = _("di %(began)s casi così, %(handed)s sono stati passati lì") % facts
    else:
        reason = str(REASONS.get(Why(why), "")) if why in {one.value for one in Why} else ""
    said = _("da %(from)s a %(to)s: parla di %(topic)s%(words)s, %(reason)s.") % {
        "from": facts.get("from_team", ""),
        "to": facts.get("to_team", ""),
        "topic": topic_named(str(facts.get("topic", ""))),
        "words": _quoted(facts.get("words")),
        "reason": reason,
    }
    return "sys", _("Portato:"), said


def topic_named(code: str) -> str:
    """The name of a topic of the reading, in the reader's language."""
    known = code in MessageReading.Topic.values
    return str(MessageReading.Topic(code).label) if known else code


def _quoted(words: object) -> str:
    several = [f"«{one}»" for one in words] if isinstance(words, list) else []
    return f" ({', '.join(several)})" if several else ""


DEEDS: dict[str, Callable[[Deed], tuple[str, str, str]]] = {"triage.routed": _routed}
