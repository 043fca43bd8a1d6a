"""Who may run the house, who signs in with two steps, and which colours can be read. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

READABLE = 4.5  # WCAG 2.2, 1.4.3: the least contrast of text
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_DARK_END = 0.03928  # of a channel, from which on light grows by a power: WCAG, relative luminance


class Refusal(Enum):
    """Why somebody may not change a colleague."""

    NOT_A_LEAD = "not_a_lead"
    OWNERS_ALONE = "owners_alone"
    LAST_OWNER = "last_owner"


def refusals(
    *, by: str, role_now: str, role_wanted: str | None, other_owners: int
) -> frozenset[Refusal]:
    """Why `by` (a role) may not make `role_now` into `role_wanted`; None is somebody who leaves.

    Owners are made and unmade by owners alone, and one of them always remains.
    """
    if by not in {"OWNER", "SUPERVISOR"}:
        return frozenset({Refusal.NOT_A_LEAD})
    found = set()
    if by != "OWNER" and "OWNER" in {role_now, role_wanted}:
        found.add(Refusal.OWNERS_ALONE)
    if role_now == "OWNER" and role_wanted != "OWNER" and not other_owners:
        found.add(Refusal.LAST_OWNER)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class FactorRule:
    """Which roles sign in with a second factor, since when, and how long one may take over it."""

    roles: frozenset[str] = frozenset()
    asked_at: datetime | None = None
    grace: timedelta = timedelta()


def factor_due(rule: FactorRule, *, role: str, joined_at: datetime) -> datetime | None:
    """From when on this role gets no further without a second factor; None: never.

    Who comes after it was asked for has the same time as the others had, from his first day.
    """
    if rule.asked_at is None or role not in rule.roles:
        return None
    return max(rule.asked_at, joined_at) + rule.grace


def contrast_with_white(colour: str) -> float:
    """From 1 to 21, as WCAG 2.2 reckons it. Raises `ValueError` for what is no `#rrggbb`."""
    if not _COLOUR.fullmatch(colour):
        raise ValueError(colour)
    red, green, blue = (_light(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _light(channel: float) -> float:
    return channel / 12.92 if channel <= _DARK_END else float(((channel + 0.055) / 1.055) ** 2.4)
