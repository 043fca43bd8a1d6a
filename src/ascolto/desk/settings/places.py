"""The left column: every page of settings, in the order in which one sets a house up."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ascolto.channels.models import Health
from ascolto.staff.models import Colleague

COMPANY: list[tuple[str, Promise]] = [
    ("company", gettext_lazy("Nome e aspetto")),
    ("channels", gettext_lazy("Canali")),
    ("hours", gettext_lazy("Orari e feste")),
    ("teams", gettext_lazy("Squadre e orologi")),
    ("macros", gettext_lazy("Risposte pronte")),
    ("tags", gettext_lazy("Etichette")),
    ("fields", gettext_lazy("Campi")),
    ("templates", gettext_lazy("Testi automatici")),
    ("drafter", gettext_lazy("Bozze")),
    ("reading", gettext_lazy("Lettura")),
    ("alerts", gettext_lazy("Allarmi")),
    ("duty", gettext_lazy("Turni")),
    ("chats", gettext_lazy("Chat delle squadre")),
    ("exchange", gettext_lazy("Importa ed esporta")),
]
PEOPLE: list[tuple[str, Promise]] = [
    ("people", gettext_lazy("Persone e ruoli")),
    ("skills", gettext_lazy("Competenze")),
    ("security", gettext_lazy("Sicurezza")),
    ("register", gettext_lazy("Registro")),
]
GROUPS = [(gettext_lazy("Azienda"), COMPANY), (gettext_lazy("Persone"), PEOPLE)]
OWN = gettext_lazy("Solo mie")
MINE: list[tuple[str, Promise]] = [
    ("preferences", gettext_lazy("Tasti e aspetto")),
    ("wishes", gettext_lazy("I miei avvisi")),
    ("access", gettext_lazy("Accesso e sessioni")),
    ("tokens", gettext_lazy("Chiavi dell’API")),
]
HOOKS = gettext_lazy("Webhook")


@dataclass(frozen=True, slots=True)
class Place:
    key: str
    name: str
    url: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    places: list[Place]


def places_of(colleague: Colleague) -> list[Group]:
    """What he may open. One query for a lead: how many channels are ill."""
    mine = Group(str(OWN), [Place(key, str(words), reverse(f"desk:{key}")) for key, words in MINE])
    if colleague.role == Colleague.Role.OWNER:
        mine.places.append(Place("webhooks", str(HOOKS), reverse("desk:webhooks")))
    if not colleague.leads:
        mine.places.append(Place("macros", _("Risposte pronte"), reverse("desk:settings_macros")))
        return [mine]
    ill = _ill_channels()
    groups = []
    for name, places in GROUPS:
        found = [_place(key, str(words), ill) for key, words in places]
        groups.append(Group(str(name), [place for place in found if place]))
    return [*groups, mine]


def _place(key: str, name: str, ill: str) -> Place | None:
    try:
        url = reverse(f"desk:settings_{key}")
    except NoReverseMatch:
        return None
    return Place(key, name, url, ill if key == "channels" else "")


def _ill_channels() -> str:
    failing = Health.objects.filter(failing_since__isnull=False, channel__closed_at=None)
    number = failing.values("channel").distinct().count()
    return ngettext("%d guasto", "%d guasti", number) % number if number else ""
