"""What an address of the figures asks for: which days, which cases, which clock."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import QueryDict

from ascolto.desk.guards import number_in
from ascolto.insight.policy.columns import CHANNELS, TOPICS
from ascolto.insight.policy.periods import LENGTHS, USUAL, Period, period_of
from ascolto.insight.queries import Filters

MEASURES = {"prima": "first_answer", "seguenti": "next_answer", "soluzione": "resolution"}
PARTS = {"canale": "channel", "squadra": "team", "argomento": "topic", "priorita": "priority"}
NO_TOPIC = "nessuno"
PRIORITIES = {"-1": -1, "0": 0, "1": 1, "2": 2}


@dataclass(frozen=True, slots=True)
class Asked:
    """`name` is the period's: "7", "30", "90", "mese" or "proprio"."""

    name: str
    period: Period
    filters: Filters
    in_hours: bool
    measure: str
    part: str
    today: date
    zone: ZoneInfo

    @property
    def narrowed(self) -> bool:
        """Whether some cases are left out, or the days are chosen by hand."""
        return self.filters != Filters() or self.name == "proprio"

    def address(self, **other: str) -> str:
        """The same question with something else in it, as the end of an address."""
        told = {
            "periodo": self.name,
            "dal": self.period.first.isoformat() if self.name == "proprio" else "",
            "al": self.period.last.isoformat() if self.name == "proprio" else "",
            "canale": self.filters.channel or "",
            "squadra": str(self.filters.team_id or ""),
            "argomento": _topic(self.filters.topic),
            "priorita": "" if self.filters.priority is None else str(self.filters.priority),
            "ore": "" if self.in_hours else "tutte",
            "misura": _key(MEASURES, self.measure),
            "per": _key(PARTS, self.part),
        }
        usual = {"periodo": USUAL, "misura": "prima", "per": "squadra"}
        said = {
            name: value
            for name, value in (told | other).items()
            if value and usual.get(name) != value
        }
        return f"?{urlencode(said)}" if said else "?"

    def of_channel(self, kind: str) -> "Asked":
        return replace(self, filters=replace(self.filters, channel=kind))


def asked(told: QueryDict, *, now: datetime, zone: ZoneInfo) -> Asked:
    """What cannot be understood is left out."""
    today = now.astimezone(zone).date()
    name = told.get("periodo", USUAL)
    if name not in {*LENGTHS, "mese", "proprio"}:
        name = USUAL
    channel, topic = told.get("canale", ""), told.get("argomento", "")
    filters = Filters(
        channel=channel if channel in CHANNELS else None,
        team_id=number_in(told.get("squadra", "")) or None,
        topic="" if topic == NO_TOPIC else topic if topic and topic in TOPICS else None,
        priority=PRIORITIES.get(told.get("priorita", "")),
    )
    return Asked(
        name=name,
        period=period_of(name, today=today, first=told.get("dal", ""), last=told.get("al", "")),
        filters=filters,
        in_hours=told.get("ore") != "tutte",
        measure=MEASURES.get(told.get("misura", ""), "first_answer"),
        part=PARTS.get(told.get("per", ""), "team"),
        today=today,
        zone=zone,
    )


def _topic(topic: str | None) -> str:
    return "" if topic is None else topic or NO_TOPIC


def _key(names: dict[str, str], value: str) -> str:
    return next(key for key, one in names.items() if one == value)
