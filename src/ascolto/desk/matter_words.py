"""How it is told in a history what a message asks for, and that it was misread."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ascolto.cases.models import MessageReading
from ascolto.desk.routing_words import topic_named
from ascolto.timeline.queries import Deed

Said = tuple[str, str, str]  # voice, lead, sentence


def _opened(deed: Deed) -> Said:
    facts = deed.facts
    names = {
        "by": deed.by_name,
        "other": facts.get("other", ""),
        "topic": topic_named(str(facts.get("topic", ""))),
        "beside": topic_named(str(facts.get("beside", ""))),
        "team": facts.get("to_team", ""),
        "sure": round(100 * float(facts.get("share", 0) or 0)),
    }
    if facts.get("came"):
        said = _("questo caso è la parte su «%(topic)s» di %(other)s; l’altra è su «%(beside)s».")
    else:
        said = _("la parte su «%(topic)s» è ora in %(other)s, alla squadra %(team)s.")
    if deed.by_name:
        who = _("Lo ha deciso %(by)s.")
    else:
        who = _("Chi scrive dice da sé che è un’altra cosa, e la lettura è sicura al %(sure)s %%.")
    return "sys", _("Due cose in un messaggio:"), f"{said} {who}" % names


def _kept(deed: Deed) -> Said:
    return "sys", "", _("%s dice che il messaggio è una cosa sola.") % (deed.by_name or "Ascolto")


def _asked_again(deed: Deed) -> Said:
    return "sys", "", _("%s ha annullato: forse le cose sono due.") % (deed.by_name or "Ascolto")


_YES_NO = {
    "needs_care": (gettext_lazy("chiede qualcosa a noi"), gettext_lazy("non chiede niente")),
    "angry": (gettext_lazy("c’è rabbia"), gettext_lazy("non c’è rabbia")),
    "churn_threat": (gettext_lazy("pensa di andarsene"), gettext_lazy("non pensa di andarsene")),
    "escalation_threat": (
        gettext_lazy("vuole rivolgersi altrove"),
        gettext_lazy("non vuole rivolgersi altrove"),
    ),
}


def _corrected(deed: Deed) -> Said:
    facts = deed.facts
    became = "; ".join(
        _field(str(name), str(word))
        for name, word in zip(facts.get("fields", []), facts.get("became", []), strict=False)
    )
    said = _("%(by)s ha annullato una correzione: %(became)s.")
    if not facts.get("undoes"):
        said = _("%(by)s ha corretto la lettura di un messaggio: %(became)s.")
    return "sys", "", said % {"by": deed.by_name or "Ascolto", "became": became}


def _field(name: str, word: str) -> str:
    if name == "topic":
        return topic_named(word)
    if name == "kind":
        return str(MessageReading.Kind(word).label) if word in MessageReading.Kind.values else word
    yes, no = _YES_NO.get(name, (name, name))
    return str(yes if word == "true" else no)


DEEDS: dict[str, Callable[[Deed], Said]] = {
    "cases.matter_opened": _opened,
    "cases.kept_together": _kept,
    "cases.keeping_undone": _asked_again,
    "cases.reading_corrected": _corrected,
}
