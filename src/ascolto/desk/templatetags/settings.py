"""What the pages of settings say of deeds."""

from django import template
from django.utils.translation import gettext as _

from ascolto.desk.settings import durations, places
from ascolto.desk.settings.names import KINDS, told_changes
from ascolto.staff.models import Colleague
from ascolto.timeline.queries import Deed

register = template.Library()


@register.filter
def deed_words(deed: Deed) -> str:
    """«ha cambiato la squadra Guasti»."""
    verb = str(KINDS.get(deed.kind, deed.kind))
    name = deed.facts.get("name")
    return _("%(verb)s %(name)s") % {"verb": verb, "name": name} if name else verb


@register.filter
def changes_of(deed: Deed) -> list[str]:
    return told_changes(deed)


@register.simple_tag
def places_of(colleague: Colleague) -> list[places.Group]:
    return places.places_of(colleague)


@register.filter
def length_words(minutes: int | None) -> str:
    """«4 ore»; a clock that is not kept is a dash."""
    return durations.said(minutes) if minutes else "–"
