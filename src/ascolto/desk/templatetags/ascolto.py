"""What every template may use without loading it: icons, clocks, times, tones."""

import re
from datetime import datetime, timedelta
from functools import lru_cache

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import escape, linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from ascolto.cases.models import Message
from ascolto.channels.models import Channel
from ascolto.desk import words
from ascolto.desk.covering import shown_to
from ascolto.staff.models import Calendar

register = template.Library()
register.filter(shown_to)

_TONES = "abcde"
_LINKED = 20_000  # characters of a message in which web addresses are looked for
_MAYBE_LINK = re.compile(r"\w[.:@]\w|://")  # without this there is nothing to link
_NAMES = {"channel": Channel.Kind, "proof": Message.Proof}
_CHANNEL_ICONS = {"EMAIL": "mail", "WEBHOOK": "webhook", "FORM": "text-cursor-input"}


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> str:
    """An inline icon of Lucide. It never carries meaning alone: words stand beside it."""
    hidden = {"class": "i", "aria-hidden": "true", "focusable": "false"}
    return lucide(name + "", size=16, **hidden)


@register.filter
def channel_icon(kind: str) -> str:
    return _CHANNEL_ICONS.get(kind, "panel-top")


@register.filter
def named(choice: str, choices: str) -> str:
    """What a choice of a model is called: the same as its `get_…_display`, which asks for the
    names of all choices to say one."""
    return str(_NAMES[choices](choice).label) if choice in _NAMES[choices] else choice


@register.filter
def tone(pk: int) -> str:
    """A person's colour: always the same, and it says nothing."""
    return _TONES[pk % len(_TONES)]


def _now(context: Context) -> datetime:
    now = context.get("now")
    return now if isinstance(now, datetime) else timezone.now()


@register.simple_tag(takes_context=True)
def clock(  # a clock is four moments and how it is said
    context: Context,
    due: datetime,
    start: datetime | None = None,
    warn: datetime | None = None,
    *,
    within: bool = False,
    bare: bool = False,
) -> SafeString:
    """Ring and words of a running clock. `within` says «entro»; `bare` leaves the ring to stand
    beside words of its own row, which then must be there."""
    now, zone = _now(context), timezone.get_current_timezone()
    face = words.clock(due, start=start, warn=warn, now=now)
    said = words.within(face) if within else face.words
    moments = "".join(
        f' data-{name}="{moment.astimezone(zone).isoformat(timespec="seconds")}"'
        for name, moment in (("due", due), ("start", start), ("warn", warn))
        if moment
    )
    # Lists draw it hundreds of times: put together by hand, it takes half the time.
    return mark_safe(  # noqa: S308 # numbers and names of our own; the words are escaped
        f'<span class="clock {face.level}"{moments}{" data-within" if within else ""}'
        f' title="{escape(words.by(due, now=now))}">'
        f'<span class="ring" style="--p:{face.percent}"></span>'
        f'<span class="{"sr" if bare else "tick"}">{escape(said)}</span></span>'
    )


@register.simple_tag(takes_context=True)
def at(context: Context, moment: datetime | None, *, hour: bool = False) -> SafeString:
    """A `<time>` in words: «08:44», «mar 17 nov, 00:07»; with `hour` never the day."""
    if moment is None:
        return SafeString("")
    local = moment.astimezone(timezone.get_current_timezone())
    said = words.hour(moment) if hour else words.when(moment, now=_now(context))
    return mark_safe(  # noqa: S308 # as in `clock`
        f'<time datetime="{local.isoformat(timespec="seconds")}"'
        f' title="{local:%d/%m/%Y %H:%M:%S}">{escape(said)}</time>'
    )


@register.filter
def plain(number: int) -> str:
    """An id or a year as it is, without the dot that stands between thousands."""
    return str(number)


@register.filter
def hour(moment: datetime | None) -> str:
    return words.hour(moment) if moment else ""


@register.filter
def when(moment: datetime | None, now: datetime | None = None) -> str:
    return words.when(moment, now=now or timezone.now()) if moment else ""


@register.filter
def on(moment: datetime, now: datetime) -> str:
    return words.on(moment, now=now)


@register.filter
def since(moment: datetime, now: datetime) -> str:
    return words.since(moment, now=now)


@register.filter
def day(moment: datetime, now: datetime | None = None) -> str:
    return words.day(moment, now=now or timezone.now())


@register.filter
def short(length: timedelta) -> str:
    return words.short(length)


@register.filter
def from_now(moment: datetime, now: datetime) -> str:
    """«tra 5 h»."""
    return _("tra %s") % words.short(moment - now)


@register.filter
def octets(number: int) -> str:
    return words.size(number)


@register.filter
def capped(number: int) -> str:
    """Counts stop being counted at a hundred: «99+»."""
    return "99+" if number > 99 else str(number)  # noqa: PLR2004 # it is what the text says


@register.filter
def urlize_safely(text: str) -> SafeString:
    """A stranger's words as paragraphs. Addresses become links that open apart and tell the
    other side nothing; in a very long text only the beginning is searched for them."""
    if not _MAYBE_LINK.search(text, 0, _LINKED):  # most words, and many times as fast
        return mark_safe(linebreaks(SafeString(escape(text))))  # noqa: S308 # escaped here
    begin, rest = text[:_LINKED], text[_LINKED:]
    linked = urlize(begin, nofollow=True, autoescape=True)
    linked = linked.replace('rel="nofollow"', 'rel="nofollow noopener noreferrer" target="_blank"')
    return mark_safe(linebreaks(SafeString(linked + escape(rest))))  # noqa: S308 # both are escaped


@register.filter
def paired(first: int, second: int) -> str:
    """«3:5»: a team and somebody in it, as one value of one choice."""
    return f"{first}:{second}"


@register.filter
def minutes(number: int) -> str:
    return words.short(timedelta(minutes=number))


@register.filter
def hours_of(calendar: Calendar) -> list[str]:
    """«lun–ven 9:00–13:00, 14:00–18:00»: days with the same hours are said together."""
    return words.opening_hours(
        [(opening.weekday, opening.opens, opening.closes) for opening in calendar.openings.all()]
    )
