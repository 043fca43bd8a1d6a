"""A report as a list of numbers: for files and for programs."""

from dataclasses import dataclass

from ascolto.insight.policy.conditions import FRACTIONS
from ascolto.insight.policy.statistics import FEW, Interval, Share
from ascolto.insight.queries.report import MEASURES, ComparedShare, Part, Report

NOT_BELOW = {"satisfied", "easy"}  # of fewer than `FEW` judgements nothing is said


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its 95 % interval, and the same of the period before. Seconds, or 0 to 1.

    `n` is how many it was reckoned from; `differs` whether it changed by more than chance.
    """

    key: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    before: float | None
    n_before: int
    differs: bool


def figures_of(report: Report) -> list[Figure]:
    found = []
    for name in MEASURES:
        one = report.times[name]
        for end, now, before in (
            ("median", one.now.median, one.before.median),
            ("nine_in_ten", one.now.nine, one.before.nine),
        ):
            counts = (one.now.n, one.before.n)
            found.append(_time(f"{name}.{end}", now, before, counts, differs=one.differs))
    shares = {
        "kept_promises": report.promises,
        **{name: report.shares[name] for name in FRACTIONS},
    }
    return found + [_share(name, share) for name, share in shares.items()]


def figures_of_part(part: Part) -> list[Figure]:
    """Of one channel, team, topic or priority. Without a comparison."""
    found = []
    for name in MEASURES:
        one = part.times[name]
        for end, value in (("median", one.median), ("nine_in_ten", one.nine)):
            found.append(_time(f"{name}.{end}", value, None, (one.n, 0), differs=False))
    nothing = Share(0, 0)
    shares = {
        "kept_promises": part.promises,
        **{name: part.shares[name] for name in FRACTIONS},
    }
    return found + [_share(name, ComparedShare(share, nothing)) for name, share in shares.items()]


def _time(
    key: str,
    now: Interval | None,
    before: Interval | None,
    counts: tuple[int, int],
    *,
    differs: bool,
) -> Figure:
    return Figure(
        key=key,
        unit="seconds",
        value=now.value if now else None,
        low=now.low if now else None,
        high=now.high if now else None,
        n=counts[0],
        before=before.value if before else None,
        n_before=counts[1],
        differs=differs,
    )


def _share(key: str, share: ComparedShare) -> Figure:
    now, before = _said(key, share.now), _said(key, share.before)
    return Figure(
        key=key,
        unit="share",
        value=now.value if now else None,
        low=now.low if now else None,
        high=now.high if now else None,
        n=share.now.of,
        before=before.value if before else None,
        n_before=share.before.of,
        differs=share.differs and now is not None and before is not None,
    )


def _said(key: str, share: Share) -> Interval | None:
    return None if key in NOT_BELOW and share.of < FEW else share.interval
