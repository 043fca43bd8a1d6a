"""Amounts of money in whole cents. Never a float: 0,1 + 0,2 must be 0,3."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import total_ordering
from typing import Self

EURO = "EUR"
SIGNS = ("€", "EURO", "EUR")
BLANKS = re.compile(r"[\s\u00a0\u2009\u202f]+")
ITALIAN = re.compile(r"([0-9]{1,3}(?:([.'’ ])[0-9]{3})(?:\2[0-9]{3})*|[0-9]+)(?:,([0-9]{1,2}))?")
ENGLISH = re.compile(r"([0-9]{1,3}(?:([,'’ ])[0-9]{3})(?:\2[0-9]{3})*|[0-9]+)(?:\.([0-9]{1,2}))?")
EITHER = re.compile(r"[0-9]{1,3},[0-9]{3}")  # thousands in English, thousandths in Italian
LONGEST = 16  # digits of whole euros: the cents still fit in a bigint


class NotAnAmount(ValueError):
    """The text is not an amount of money, or could be read as two different ones."""


class CurrencyMismatch(ValueError):
    """Amounts of different currencies cannot be added or compared."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """`cents` of `currency` (an ISO 4217 code of a currency with hundredths)."""

    cents: int
    currency: str = EURO

    def __post_init__(self) -> None:
        if type(self.cents) is not int:
            raise TypeError(f"cents are a whole number, not {self.cents!r}")

    def __add__(self, other: Self) -> "Money":
        return Money(self.cents + self._same(other), self.currency)

    def __sub__(self, other: Self) -> "Money":
        return Money(self.cents - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.cents, self.currency)

    def __abs__(self) -> "Money":
        return Money(abs(self.cents), self.currency)

    def __bool__(self) -> bool:
        return self.cents != 0

    def __lt__(self, other: Self) -> bool:
        return self.cents < self._same(other)

    def __mul__(self, factor: int | Decimal) -> "Money":
        """Rounded to the cent, halves away from zero, as invoices are."""
        exact = Decimal(self.cents) * factor
        return Money(int(exact.quantize(Decimal(1), ROUND_HALF_UP)), self.currency)

    def __str__(self) -> str:
        """As written in Italy: `1.284,00 €`."""
        euros, cents = divmod(abs(self.cents), 100)
        sign = "-" if self.cents < 0 else ""
        unit = "€" if self.currency == EURO else self.currency
        return f"{sign}{euros:,}".replace(",", ".") + f",{cents:02} {unit}"

    def allocate(self, weights: Sequence[int]) -> "list[Money]":
        """Split in proportion to `weights` without losing a cent.

        The cents left over go one each to the parts that lost most to rounding, the first of equals
        first. Raises `ValueError` for negative weights or weights that are all zero.
        """
        whole = sum(weights)
        if whole <= 0 or min(weights) < 0:
            raise ValueError("weights must not be negative, nor all zero")
        sign = -1 if self.cents < 0 else 1
        total = abs(self.cents)
        parts = [total * weight // whole for weight in weights]
        lost = [total * weight % whole for weight in weights]
        for index in sorted(range(len(parts)), key=lambda index: -lost[index])[
            : total - sum(parts)
        ]:
            parts[index] += 1
        return [Money(sign * part, self.currency) for part in parts]

    def split(self, parts: int) -> "list[Money]":
        """Equal parts, the first ones a cent larger where it does not divide."""
        return self.allocate([1] * parts)

    def _same(self, other: "Money") -> int:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
        return other.cents


def total(amounts: Iterable[Money], currency: str = EURO) -> Money:
    """Their sum; nothing at all is zero of `currency`."""
    result = Money(0, currency)
    for amount in amounts:
        result += amount
    return result


def parse_money(text: str) -> Money:
    """Read an amount as people and files write it: `1.284,00 €`, `€ 318,40`, `1,284.00`, `-12.5`.

    `1.284` is one thousand two hundred and eighty-four, as in Italy. `1,284` could be either and is
    refused, as is everything else that is not surely an amount in euro. Raises `NotAnAmount`.
    """
    number = _without_currency(text)
    unsigned = number.lstrip("+-").strip()
    found = ITALIAN.fullmatch(unsigned) or ENGLISH.fullmatch(unsigned)
    if found is None or len(number) - len(number.lstrip("+-")) > 1:
        raise NotAnAmount(f"{text!r} is not an amount of money")
    if EITHER.fullmatch(unsigned):
        raise NotAnAmount(f"{text!r} may mean thousands or thousandths")
    whole = re.sub(r"[^0-9]", "", found[1])
    if len(whole) > LONGEST:
        raise NotAnAmount(f"{text!r} is too large an amount")
    cents = int(whole) * 100 + int((found[3] or "0").ljust(2, "0"))
    return Money(-cents if number.startswith("-") else cents)


def _without_currency(text: str) -> str:
    """The number with its sign in front; the unit may stand on either side, or be left out."""
    bare = BLANKS.sub(" ", text).strip().replace("\u2212", "-").upper()
    sign = "-" if bare.startswith("-") else ""
    bare = bare.removeprefix("-").strip()
    for unit in SIGNS:
        if bare.startswith(unit):
            return sign + bare.removeprefix(unit).strip()
        if bare.endswith(unit):
            return sign + bare.removesuffix(unit).strip()
    return sign + bare
