"""Whether those who should tell us are telling: silence is never certain unless they answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ascolto.channels.listening import health
from ascolto.channels.models import Channel, Item
from ascolto.channels.registry import kinds_listened_to

BY_MAIL_AND_FORMS = {"EMAIL", "WEBHOOK", "FORM", "PORTAL", "PHONE"}  # they bring what is to us


@dataclass(frozen=True, slots=True)
class Source:
    """One source, and how it is, in a sentence."""

    channel_id: int
    title: str
    kind: str
    answers: bool
    words: str


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources. `words` is the sentence for the head of the page."""

    sources: Sequence[Source]
    answering: int
    silent: int
    last_at: datetime | None
    words: str


def sources(*, now: datetime) -> Sources:
    """How every source is, closed ones aside. Six queries, whatever their number."""
    listened = [_listened(one, now=now) for one in health.source_health(now=now)]
    told = [_told(channel) for channel in _told_channels()]
    all_ = sorted((one for one in [*listened, *told] if one), key=lambda one: one.title.casefold())
    answering = sum(one.answers for one in all_)
    last_at = (
        Item.objects.filter(kind=Item.Kind.POST).order_by("-pk").values_list("heard_at").first()
    )
    last = last_at[0] if last_at else None
    return Sources(
        all_, answering, len(all_) - answering, last, _all_said(all_, answering, last, now=now)
    )


def public_kinds() -> frozenset[str]:
    """Kinds of channels by which words in public can be heard."""
    return frozenset(kind.value for kind in Channel.Kind if kind.value not in BY_MAIL_AND_FORMS)


def source_health(*, now: datetime) -> Sequence[Source]:
    """Each source with its sentence, by title."""
    return sources(now=now).sources


def _listened(one: health.SourceHealth, *, now: datetime) -> Source | None:
    if one.standing == "CLOSED":
        return None
    answers = one.standing == "WELL" and not one.deaf
    return Source(one.channel_id, one.title, one.kind, answers, _said(one, now=now))


def _said(one: health.SourceHealth, *, now: datetime) -> str:
    gaps = [gap for gap in one.gaps if gap.until is None]
    if one.standing == "UNATTENDED":
        return _("%(title)s: nessun processo la ascolta.") % {"title": one.title}
    if one.standing == "NEW":
        return _("%(title)s: non ha ancora risposto.") % {"title": one.title}
    if one.standing == "FAILING" or gaps:
        since = one.failing_since or (gaps[0].since if gaps else now)
        why = one.error or (gaps[0].why if gaps else "")
        return _("%(title)s non risponde da %(time)s: %(why)s") % {
            "title": one.title,
            "time": _time(since, now),
            "why": why or _("non dice perché"),
        }
    return _("%(title)s risponde, l’ultima volta %(time)s fa.") % {
        "title": one.title,
        "time": _time(one.well_at or now, now),
    }


def _told_channels() -> list[Channel]:
    """Networks that tell us by webhook. Nobody can ask them; they answer as long as they are."""
    kinds = public_kinds() - kinds_listened_to()
    channels = Channel.objects.filter(kind__in=kinds, closed_at=None)
    return list(channels.defer("secret", "cursor").prefetch_related("health").order_by("pk"))


def _told(channel: Channel) -> Source:
    ways = [one for one in channel.health.all() if one.way == "IN"]
    failing = next((one for one in ways if one.failing_since), None)
    if failing is not None:
        words = _("%(title)s non ci racconta più niente: %(why)s")
        said = words % {"title": channel.title, "why": failing.error or _("non dice perché")}
        return Source(channel.pk, channel.title, channel.kind, answers=False, words=said)
    said = _("%(title)s ci avvisa da sé quando qualcuno scrive.") % {"title": channel.title}
    return Source(channel.pk, channel.title, channel.kind, answers=True, words=said)


def _all_said(
    sources: Sequence[Source], answering: int, last_at: datetime | None, *, now: datetime
) -> str:
    if not sources:
        return _("Nessuna fonte è collegata: non sentiremmo nessuno.")
    if answering == 0:
        return _("Nessuna fonte risponde: il silenzio non vuol dire niente.")
    said = ngettext("%(many)d fonte risponde", "%(many)d fonti rispondono", answering)
    words = said % {"many": answering}
    silent = len(sources) - answering
    if silent:
        words += _(", %(silent)d no") % {"silent": silent}
    if last_at is None:
        return _("%(words)s; nessun post finora.") % {"words": words}
    return _("%(words)s, l’ultimo post %(time)s fa.") % {
        "words": words,
        "time": _time(last_at, now),
    }


def _time(since: datetime, now: datetime) -> str:
    if now - since < timedelta(minutes=1):
        seconds = max(0, int((now - since).total_seconds()))
        return ngettext("%(many)d secondo", "%(many)d secondi", seconds) % {"many": seconds}
    return timesince(since, now, depth=1)
