"""When many more than usual speak at once. Numbers in, a verdict out.

What is usual is the number of mentions at this hour of the week, in the zone of the company: the
median of the last eight weeks, which one bad day does not move. A monitor that has not listened
for so long is given the mean of all its hours beside the few it has, and has to see more before it
calls. The hours before and after count too, and the highest of the three is what is expected: on
a Monday the telephones do not ring by the clock.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from statistics import median

WEEKS = 8
FULL = 3  # weeks with which a median is one
FEWEST_POSTS, FEWEST_PEOPLE = 5, 4
TIMES = 3.0  # as many as expected, at the least
UNLIKELY = 2e-6  # how rarely so many come by chance
LEAST_USUAL = 0.5  # mentions an hour: below, three posts would be a wave
WINDOWS = (
    timedelta(minutes=1),
    timedelta(minutes=2),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
)
LOOK_BACK = max(WINDOWS)
STILL = timedelta(minutes=30)  # after its beginning a wave is not over before this


@dataclass(frozen=True, slots=True)
class Usual:
    """Mentions an hour: `middle` as it is told to people, `high` as it is expected at the most."""

    middle: float
    high: float
    weeks: int  # that were listened to; few of them are less certain


@dataclass(frozen=True, slots=True)
class Rise:
    """A wave that is coming: since when, and how many mentions an hour that would be."""

    began_at: datetime
    mentions: int
    an_hour: float


def hours_looked_at(now: datetime, zone: tzinfo) -> dict[datetime, int]:
    """Hours (UTC) of earlier weeks that say what is usual now, with how many weeks ago it was.

    The same hour by the clock on the wall, also when summer time came in between; with the one
    before and the one after.
    """
    local = now.astimezone(zone).replace(minute=0, second=0, microsecond=0, tzinfo=None)
    utc = now.tzinfo
    hours = {}
    for weeks in range(1, WEEKS + 1):
        for beside in (-1, 0, 1):
            naive = local - timedelta(weeks=weeks) + timedelta(hours=beside)
            hours[naive.replace(tzinfo=zone).astimezone(utc)] = weeks
    return hours


def usual(
    tallies: Mapping[datetime, int],
    *,
    since: datetime,
    mean: float,
    now: datetime,
    zone: tzinfo,
) -> Usual:
    """What is usual at this hour. An hour without a tally, since we listen, is one of silence."""
    looked_at = hours_looked_at(now, zone)
    known: dict[int, list[int]] = {}
    for hour in sorted(looked_at):
        if hour >= since:
            known.setdefault(looked_at[hour], []).append(tallies.get(hour, 0))
    weeks = len(known)
    by_hour = [
        [hours[at] for hours in known.values() if len(hours) == len((-1, 0, 1))]
        for at in range(len((-1, 0, 1)))
    ]
    middles = [_smoothed(values, mean) for values in by_hour]
    highs = [max(_smoothed(values, mean), _upper(values)) for values in by_hour]
    return Usual(middles[1], max(*highs, LEAST_USUAL), weeks)


def _smoothed(values: Sequence[int], mean: float) -> float:
    """The median, leaning on the mean of all hours while there are few of them."""
    lean = max(0, FULL - len(values))
    return (median(values) * len(values) + mean * lean) / (len(values) + lean) if values else mean


def _upper(values: Sequence[int]) -> float:
    """The second highest of them: one wave of the past must not hide the next one."""
    return float(sorted(values)[-2]) if len(values) > 1 else 0.0


def rise(posts: Sequence[datetime], *, usual: Usual, people: int, now: datetime) -> Rise | None:
    """Whether these (moments of the last hour) are more than chance makes of what is usual.

    The shortest window that shows it counts, so that it is told on the way up; not when the last
    of them are long past.
    """
    if people < FEWEST_PEOPLE:
        return None
    for window in WINDOWS:
        inside = [at for at in posts if now - window < at <= now]
        if _is_much(len(inside), usual=usual, window=window) and _goes_on(inside, window, now):
            began = _beginning(posts, now - window, usual)
            many = sum(1 for at in posts if began <= at <= now)
            return Rise(began, many, len(inside) / (window / timedelta(hours=1)))
    return None


def _beginning(posts: Sequence[datetime], since: datetime, usual: Usual) -> datetime:
    """Back from where it shows, minute by minute, for as long as there were many."""
    minute = timedelta(minutes=1)
    many = max(2.0, TIMES * usual.high / 60)
    while sum(1 for at in posts if since - minute < at <= since) >= many:
        since -= minute
    return min(at for at in posts if at > since)


def _is_much(many: int, *, usual: Usual, window: timedelta) -> bool:
    expected = usual.high * (window / timedelta(hours=1))
    times = TIMES if usual.weeks >= FULL else 2 * TIMES
    if many < FEWEST_POSTS or many < times * expected:
        return False
    return at_least(many, expected) < UNLIKELY


def _goes_on(inside: Collection[datetime], window: timedelta, now: datetime) -> bool:
    """In the last third of the window there are as many as its share, or nearly."""
    lately = sum(1 for at in inside if at > now - window / 3)
    return lately * 6 >= len(inside)


def at_least(many: int, expected: float) -> float:
    """How likely so many or more are, if they come by chance (Poisson)."""
    if expected <= 0:
        return 0.0 if many else 1.0
    log_term = many * math.log(expected) - expected - math.lgamma(many + 1)
    term, total, step = math.exp(log_term), 0.0, many
    while term > total * 1e-12 and step < many + 1000:
        total += term
        step += 1
        term *= expected / step
    return min(total, 1.0)


def is_over(posts: Sequence[datetime], *, usual: Usual, began_at: datetime, now: datetime) -> bool:
    """Back to what is usual: in the last half hour hardly more than are expected in one."""
    if now - began_at < STILL:
        return False
    inside = [at for at in posts if now - STILL < at <= now]
    return len(inside) <= 2 + 1.5 * usual.high * (STILL / timedelta(hours=1))
