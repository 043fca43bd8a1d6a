"""How alerts are said on pages."""

from datetime import timedelta

from django import template
from django.utils.translation import gettext as _

from ascolto.alerts.models import Notice

register = template.Library()
MINUTE, HOUR, DAY = 60, 3600, 86_400


@register.filter
def took(time: timedelta) -> str:
    """How long one step took: "0,4 s", "12 s", "3 min", "2 h 05", "3 giorni"."""
    seconds = time.total_seconds()
    if seconds < 10:  # noqa: PLR2004 - below ten seconds the tenths count
        return _("%(seconds)s s") % {"seconds": f"{max(seconds, 0):.1f}".replace(".", ",")}
    if seconds < 2 * MINUTE:
        return _("%(seconds)s s") % {"seconds": int(seconds)}
    if seconds < 2 * HOUR:
        return _("%(minutes)d min") % {"minutes": seconds // MINUTE}
    if seconds < 2 * DAY:
        return f"{int(seconds // HOUR)} h {int(seconds % HOUR // MINUTE):02}"
    return _("%(days)d giorni") % {"days": seconds // DAY}


@register.filter
def way_words(way: str) -> str:
    return str(Notice.Way(way).label)
