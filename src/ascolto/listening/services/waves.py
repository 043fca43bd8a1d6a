"""Waves: noticed on the way up, told once, over when all is as usual again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Sum
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ascolto.alerts.services import Cause, close, raise_alert
from ascolto.listening.models import Match, Mention, Monitor, Tally, Wave
from ascolto.listening.policy import waves as policy
from ascolto.listening.policy.rules import BadRule, rule_from
from ascolto.listening.policy.shared import shared_words
from ascolto.listening.services.quoting import quotation
from ascolto.reading.abuse import covered
from ascolto.staff.models import Colleague
from ascolto.staff.queries import company
from ascolto.timeline.references import reference
from ascolto.timeline.services import record

MOST_POSTS = 500  # of one monitor that are looked at: of more, the newest
SWEEP_LOCK = 0x57415645


@dataclass(frozen=True, slots=True)
class Spoken:
    """One mention as waves look at it."""

    mention_id: int
    at: datetime
    author: str
    text: str


@transaction.atomic
def sweep_waves(*, now: datetime) -> list[Wave]:
    """Look whether anywhere many more than usual speak. The waves that begin, told.

    Two queries while all is quiet. One process at a time looks; the others let it.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [SWEEP_LOCK])
        if cursor.fetchone() != (True,):
            return []
    waves = {wave.monitor_id: wave for wave in Wave.objects.filter(ended_at=None)}
    spoken = _spoken_lately(now)
    looked_at = {pk for pk, posts in spoken.items() if len(posts) >= policy.FEWEST_POSTS}
    usual = _usual(looked_at | waves.keys(), now=now)
    for monitor_id, wave in waves.items():
        _go_on(wave, spoken.get(monitor_id, []), usual[monitor_id], now=now)
    begun = []
    for monitor_id in sorted(looked_at - waves.keys()):
        posts = spoken[monitor_id]
        rise = policy.rise(
            [post.at for post in posts],
            usual=usual[monitor_id],
            people=_people(posts),
            now=now,
        )
        if rise is not None:
            begun.append(_begin(monitor_id, rise, posts, usual[monitor_id], now=now))
    return begun


@transaction.atomic
def dismiss_wave(wave_id: int, *, by: Colleague, now: datetime) -> bool:
    """ "It is no alarm." Nobody hears of it again; False if it was dismissed before."""
    changed = Wave.objects.filter(pk=wave_id, dismissed_at=None).update(dismissed_at=now)
    if changed:
        close(reference("wave", wave_id), now=now)
        record("listening.wave_dismissed", at=now, subject=reference("wave", wave_id), by=by)
    return bool(changed)


def _spoken_lately(now: datetime) -> dict[int, list[Spoken]]:
    """By monitor, newest first."""
    rows = (
        Match.objects.filter(
            at__gt=now - policy.LOOK_BACK, at__lte=now, monitor__retired_at=None
        )
        .exclude(mention__kind=Mention.Kind.NOISE)
        .order_by("monitor", "-at")
        .values_list(
            "monitor_id", "mention_id", "at", "mention__author_name", "mention__identity",
            "mention__item__post__author", "mention__text",
        )
    )  # fmt: skip
    found: dict[int, list[Spoken]] = {}
    for monitor_id, mention_id, at, name, identity, author, text in rows.iterator():
        posts = found.setdefault(monitor_id, [])
        if len(posts) < MOST_POSTS:
            who = str(identity or author or name or mention_id)
            posts.append(Spoken(mention_id, at, who, text))
    return found


def _people(posts: Sequence[Spoken]) -> int:
    return len({post.author for post in posts})


def _usual(monitor_ids: Collection[int], *, now: datetime) -> dict[int, policy.Usual]:
    if not monitor_ids:
        return {}
    zone = ZoneInfo(company().zone)
    since = dict(Monitor.objects.filter(pk__in=monitor_ids).values_list("pk", "made_at"))
    first = now - timedelta(weeks=policy.WEEKS)
    hours: dict[int, dict[datetime, int]] = {}
    rows = Tally.objects.filter(
        monitor__in=monitor_ids, hour__in=list(policy.hours_looked_at(now, zone))
    )
    for monitor_id, hour, mentions in rows.values_list("monitor_id", "hour", "mentions"):
        hours.setdefault(monitor_id, {})[hour] = mentions
    sums = dict(
        Tally.objects.filter(
            monitor__in=monitor_ids, hour__gte=first, hour__lt=now - 2 * policy.LOOK_BACK
        )
        .values_list("monitor_id")
        .annotate(Sum("mentions"))
    )
    return {
        pk: policy.usual(
            hours.get(pk, {}),
            since=since[pk],
            mean=_mean(sums.get(pk, 0), now - max(since[pk], first)),
            now=now,
            zone=zone,
        )
        for pk in monitor_ids
    }


def _mean(mentions: int, time: timedelta) -> float:
    """An hour, over all the time that the monitor has listened; at least a day is supposed."""
    return mentions / max(time / timedelta(hours=1), 24.0)


def _begin(
    monitor_id: int,
    rise: policy.Rise,
    posts: Sequence[Spoken],
    usual: policy.Usual,
    *,
    now: datetime,
) -> Wave:
    monitor = Monitor.objects.select_related("team").get(pk=monitor_id)
    inside = [post for post in posts if post.at >= rise.began_at]
    wave = Wave.objects.create(
        monitor=monitor,
        began_at=rise.began_at,
        noticed_at=now,
        usual=usual.middle,
        mentions=len(inside),
        people=_people(inside),
        peak=rise.an_hour,
        words=_words(monitor, inside),
    )
    alert = _alert(wave, monitor, inside, now=now)
    wave.alert_ref = alert
    wave.save(update_fields=["alert_ref"])
    record(
        "listening.wave_began",
        at=now,
        subject=reference("wave", wave.pk),
        team_id=monitor.team_id,
        monitor=monitor.pk,
        mentions=wave.mentions,
        people=wave.people,
    )
    return wave


def _words(monitor: Monitor, inside: Sequence[Spoken]) -> list[str]:
    began = min(post.at for post in inside)
    before = Mention.objects.filter(
        pk__in=Match.objects.filter(monitor=monitor, at__lt=began)
        .order_by("-at")
        .values("mention_id")[:200]
    )
    try:
        known = rule_from(monitor.rule).terms()
    except BadRule:
        known = ()
    earlier = list(before.values_list("text", flat=True))
    return shared_words([post.text for post in inside], before=earlier, known=known)


def _alert(wave: Wave, monitor: Monitor, inside: Sequence[Spoken], *, now: datetime) -> str:
    with translation.override(company().language):
        usual = round(wave.usual) if wave.usual >= 1 else _("meno di 1")
        title = ngettext(
            "%(name)s: %(people)d persona ne parla, di solito %(usual)s all’ora",
            "%(name)s: %(people)d persone ne parlano, di solito %(usual)s all’ora",
            wave.people,
        ) % {"name": monitor.name, "people": wave.people, "usual": usual}
        shared = ", ".join(map(covered, wave.words))
        why = [_("parole in comune: %s") % shared] if shared else []
    raised = raise_alert(
        Cause(
            kind="WAVE",
            key=reference("wave", wave.pk),
            subject=reference("wave", wave.pk),
            path=wave_path(wave.pk),
            title=title,
            words=quotation([post.text for post in inside]),
            why=why,
            team=monitor.team,
            monitors=[monitor.pk],
            heard_at=wave.began_at,
            matched_at=inside[0].at,
        ),
        now=now,
    )
    return raised.reference if raised else ""


def _go_on(wave: Wave, posts: Sequence[Spoken], usual: policy.Usual, *, now: datetime) -> None:
    """It grows, or it is over. Neither is told to anybody again."""
    moments = [post.at for post in posts]
    lately = [at for at in moments if at > now - timedelta(minutes=5)]
    inside = Match.objects.filter(monitor=wave.monitor_id, at__gte=wave.began_at, at__lte=now)
    wave.mentions = inside.exclude(mention__kind=Mention.Kind.NOISE).count()
    wave.people = max(wave.people, _people([post for post in posts if post.at >= wave.began_at]))
    wave.peak = max(wave.peak, len(lately) * 12.0)
    if policy.is_over(moments, usual=usual, began_at=wave.began_at, now=now):
        wave.ended_at = now
        close(reference("wave", wave.pk), now=now)
        record("listening.wave_ended", at=now, subject=reference("wave", wave.pk))
    wave.save(update_fields=["mentions", "people", "peak", "ended_at"])


def wave_path(wave_id: int) -> str:
    """The page of the desk that shows it."""
    return f"/ascolto/onde/{wave_id}/"
