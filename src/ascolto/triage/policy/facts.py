"""What a question pins down: numbers of orders, days, sums. Two that differ here are two. Pure."""

import re
from dataclasses import dataclass

FIGURES = 4  # of a number that names something
MOST = 20_000  # characters that are looked at

_MONTHS = (
    ("gennaio", "january", "gen", "jan"),
    ("febbraio", "february", "feb"),
    ("marzo", "march", "mar"),
    ("aprile", "april", "apr"),
    ("maggio", "may", "mag"),
    ("giugno", "june", "giu", "jun"),
    ("luglio", "july", "lug", "jul"),
    ("agosto", "august", "ago", "aug"),
    ("settembre", "september", "set", "sett", "sep"),
    ("ottobre", "october", "ott", "oct"),
    ("novembre", "november", "nov"),
    ("dicembre", "december", "dic", "dec"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))
_YEAR = r"(?:\s+(?:del\s+|of\s+)?(?P<year>(?:19|20)\d\d))?"
_DATES = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b"),
    re.compile(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})(?:[/.](?P<year>\d{4}|\d\d))?\b"),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|º|°)?\s+(?:of\s+)?(?P<name>{_NAMES})\b\.?{_YEAR}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<name>{_NAMES})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b", re.IGNORECASE),
)
_SUM = re.compile(
    r"(?:€|\beuro?s?\b|\beur\b|\$|£)\s?(?P<after>\d{1,3}(?:[.,' ]\d{3})*(?:[.,]\d{1,2})?)(?!\d)"
    r"|(?<![\w-])(?P<before>\d{1,3}(?:[.,']\d{3})*(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)\s?"
    r"(?:€|euros?\b|eur\b|\$|£)",
    re.IGNORECASE,
)
_HOUR = re.compile(r"\b\d{1,2}[:.]\d\d\b(?!\s?(?:€|euro))")
_CODE = re.compile(r"(?<![\w@.+-])#?[A-Za-z]{0,6}[-/_]?\d[\w/-]*(?![\w@])")


@dataclass(frozen=True, slots=True)
class Facts:
    codes: frozenset[str] = frozenset()
    days: frozenset[tuple[int, int]] = frozenset()  # month, day: years are left out when writing
    sums: frozenset[int] = frozenset()  # whole units: people round


def facts_in(text: str) -> tuple[Facts, str]:
    """The facts, and the text without them."""
    rest = text[:MOST]
    days, rest = _days(rest)
    sums = {whole for found in _SUM.finditer(rest) if (whole := _whole(found)) is not None}
    rest = _SUM.sub(" ", rest)
    rest = _HOUR.sub(" ", rest)
    codes = set()
    for found in _CODE.finditer(rest):
        if sum(letter.isdigit() for letter in found[0]) >= FIGURES:
            codes.add(re.sub(r"[^A-Z0-9]", "", found[0].upper()))
    rest = _CODE.sub(" ", rest)
    return Facts(frozenset(codes), frozenset(days), frozenset(sums)), rest


def _days(text: str) -> tuple[set[tuple[int, int]], str]:
    days = set()
    for shape in _DATES:
        for found in shape.finditer(text):
            parts = found.groupdict()
            name = (parts.get("name") or "").casefold()
            month = _MONTH[name] if name else int(parts["month"])
            day = int(parts["day"])
            if 1 <= month <= 12 and 1 <= day <= 31:  # noqa: PLR2004 # a calendar
                days.add((month, day))
        text = shape.sub(" ", text)
    return days, text


def _whole(found: re.Match[str]) -> int | None:
    written = found["after"] or found["before"] or ""
    cents = re.search(r"[.,]\d{1,2}$", written)
    figures = re.sub(r"\D", "", written[: cents.start()] if cents else written)
    return int(figures) if figures and len(figures) < 12 else None  # noqa: PLR2004 # no sum is longer
