"""What a feed channel is told: its address, how often, how far back, and what to keep."""

from dataclasses import dataclass
from datetime import timedelta

from ascolto.channels.told import Told


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """`keeps_all`: every entry, not only those that a monitor matches."""

    url: str
    every: timedelta
    days: int
    keeps_all: bool


def feed_settings(told: Told) -> FeedSettings:
    """settings: `url`; `minutes` (1-1440, 10), `days` of the first look (0-365, 7), `keep`
    ("MATCHING" or "ALL"). No secret. Raises `BadSettings`.
    """
    told.only("url", "minutes", "days", "keep")
    return FeedSettings(
        url=told.url("url"),
        every=timedelta(minutes=told.number("minutes", 10, low=1, high=1440)),
        days=told.number("days", 7, low=0, high=365),
        keeps_all=told.choice("keep", "MATCHING", frozenset({"MATCHING", "ALL"})) == "ALL",
    )
