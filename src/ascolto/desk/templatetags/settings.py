"""What the pages of settings say of deeds."""

from dataclasses import dataclass

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ascolto.channels.models import Channel
from ascolto.channels.pulse import Pulse
from ascolto.desk.security.forms import SCOPES
from ascolto.desk.settings import durations, places
from ascolto.desk.settings.names import KINDS, told_changes
from ascolto.desk.sources.kinds import KINDS as PLACES
from ascolto.staff.models import Colleague
from ascolto.timeline.queries import Deed

register = template.Library()
_HIGH = 18  # of the tallest bar, in its picture's own units
_LOW = 3  # of an hour in which nothing came


@dataclass(frozen=True, slots=True)
class Bar:
    """Whole numbers as text: a thousands' dot would be no number of a picture."""

    x: str
    y: str
    height: str
    on: bool


@register.filter
def deed_words(deed: Deed) -> str:
    """«ha cambiato la squadra Guasti»."""
    verb = str(KINDS.get(deed.kind, deed.kind))
    name = deed.facts.get("name") or deed.facts.get("title")
    return _("%(verb)s %(name)s") % {"verb": verb, "name": name} if name else verb


@register.filter
def changes_of(deed: Deed) -> list[str]:
    return told_changes(deed)


@register.filter
def scope_words(scopes: list[str]) -> str:
    """«Leggere, Amministrare», as the form in which they are chosen says it."""
    return ", ".join(str(name) for value, name in SCOPES if value in scopes)


@register.simple_tag
def places_of(colleague: Colleague) -> list[places.Group]:
    return places.places_of(colleague)


@register.filter
def length_words(minutes: int | None) -> str:
    """«4 ore»; a clock that is not kept is a dash."""
    return durations.said(minutes) if minutes else "–"


@register.filter
def bars(pulse: Pulse) -> list[Bar]:
    """One bar an hour, as tall as its share of the busiest hour."""
    most = max(pulse.hours) or 1
    heights = [_LOW + round((_HIGH - _LOW) * hour / most) if hour else _LOW for hour in pulse.hours]
    return [
        Bar(str(5 * at), str(_HIGH - height), str(height), on=pulse.hours[at] > 0)
        for at, height in enumerate(heights)
    ]


@register.filter
def bars_words(pulse: Pulse) -> str:
    """What the bars say, for who does not see them."""
    number = sum(pulse.hours)
    return ngettext("%d messaggio in 24 ore", "%d messaggi in 24 ore", number) % number


@register.filter
def is_a_place(channel: Channel) -> bool:
    """Whether it is connected on a page of its own: a network, a blog, reviews."""
    return channel.kind in PLACES
