"""Which failures of ordinary care push people into public."""

from dataclasses import dataclass, field

from django.db.models import Count

from ascolto.insight.models import PublicCall
from ascolto.insight.policy.periods import Period
from ascolto.insight.policy.statistics import Share
from ascolto.insight.queries.sheets import Filters


@dataclass(frozen=True, slots=True)
class PublicCalls:
    """Calls for help in public; those whose author had a matter with us before, by how it stood."""

    calls: int
    before: int  # calls of the period before
    had_written: Share
    reasons: list[tuple[str, int]] = field(default_factory=list)


def public_calls(period: Period, filters: Filters) -> PublicCalls:
    """Two queries."""
    counts = _counts(period, filters)
    calls = sum(counts.values())
    reasons = [
        (reason, counts.get(reason, 0)) for reason in PublicCall.Reason.values if reason != "NONE"
    ]
    return PublicCalls(
        calls=calls,
        before=sum(_counts(period.before, filters).values()),
        had_written=Share(sum(count for _reason, count in reasons), calls),
        reasons=sorted(reasons, key=lambda one: -one[1]),
    )


def behind_calls(reason: str, period: Period, filters: Filters) -> list[PublicCall]:
    """The newest of those behind one reason, or behind all of them."""
    found = PublicCall.objects.filter(
        **_narrowed(period, filters), **({"reason": reason} if reason else {})
    )
    return list(found.select_related("mention__channel", "case").order_by("-heard_on", "-mention"))


def _counts(period: Period, filters: Filters) -> dict[str, int]:
    found = PublicCall.objects.filter(**_narrowed(period, filters)).order_by()
    return dict(found.values_list("reason").annotate(Count("mention")))


def _narrowed(period: Period, filters: Filters) -> dict[str, object]:
    """Mentions have no priority: filtered by one, all of them are shown."""
    wanted = {
        "channel_kind": filters.channel,
        "team": filters.team_id,
        "topic": filters.topic,
    }
    known: dict[str, object] = {name: value for name, value in wanted.items() if value is not None}
    return {"heard_on__gte": period.first, "heard_on__lte": period.last, **known}
