"""Cents are never lost, never invented, and never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ascolto.kit.money import CurrencyMismatch, Money, NotAnAmount, parse_money, total

amounts = some.builds(Money, some.integers(-(10**15), 10**15))
weights = some.lists(some.integers(0, 10**6), min_size=1, max_size=30).filter(any)


@pytest.mark.parametrize(
    ("cents", "written"),
    [
        (31840, "318,40 €"),
        (128400, "1.284,00 €"),
        (5, "0,05 €"),
        (-123456789, "-1.234.567,89 €"),
        (0, "0,00 €"),
    ],
)
def test_amounts_are_written_as_in_italy(cents: int, written: str) -> None:
    assert str(Money(cents)) == written


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("318,40 €", 31840),
        ("€ 1.284,00", 128400),
        ("€1.284", 128400),
        ("1284", 128400),
        ("EUR 1,284.00", 128400),
        ("1,284,000", 128400000),
        ("1.284.000,5", 128400050),
        ("1 284,00 euro", 128400),
        ("1’284.50", 128450),
        ("12.5", 1250),
        ("- 12,50 €", -1250),
        ("€ -12,50", -1250),
        ("\u221212,50\u00a0€", -1250),
        ("+3", 300),
    ],
)
def test_amounts_are_read_in_either_manner(text: str, cents: int) -> None:
    assert parse_money(text) == Money(cents)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "€",
        "abc",
        "1,284",
        "1.284,005",
        "12.34.56",
        "1.2.3,4",
        "1,284.000,00",
        "1 284'000,00",
        "12 USD",
        "€ 5 €",
        "--5",
        "-+5",
        "1e3",
        "NaN",
        "٣",
        "5,",
        ",5",
        "9" * 40,
    ],
)
def test_what_is_not_surely_an_amount_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        parse_money(text)


@given(amounts)
def test_what_is_written_is_read_back(amount: Money) -> None:
    assert parse_money(str(amount)) == amount


@given(some.text(max_size=20))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        amount = parse_money(text)
    except NotAnAmount:
        return

    assert parse_money(str(amount)) == amount


@given(amounts, weights)
def test_a_split_loses_no_cent_and_is_fair(amount: Money, parts: list[int]) -> None:
    shares = amount.allocate(parts)

    assert total(shares) == amount
    for share, weight in zip(shares, parts, strict=True):
        fair = Decimal(amount.cents) * weight / sum(parts)
        assert abs(share.cents - fair) < 1


def test_equal_parts_give_the_odd_cent_to_the_first() -> None:
    assert Money(100).split(3) == [Money(34), Money(33), Money(33)]


@pytest.mark.parametrize("wrong", [[], [0, 0], [2, -1]])
def test_a_split_needs_something_to_split_by(wrong: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        Money(100).allocate(wrong)


@given(amounts, amounts)
def test_sums_and_differences_undo_each_other(one: Money, other: Money) -> None:
    assert one + other - other == one
    assert (one < other) == (one.cents < other.cents)
    assert -one + one == Money(0)


def test_halves_are_rounded_away_from_zero() -> None:
    assert Money(105) * Decimal("0.1") == Money(11)
    assert Money(-105) * Decimal("0.1") == Money(-11)


def test_currencies_do_not_mix() -> None:
    with pytest.raises(CurrencyMismatch):
        Money(1) + Money(1, "CHF")
    with pytest.raises(CurrencyMismatch):
        _ = Money(1) < Money(1, "CHF")
    assert Money(1) != Money(1, "CHF")


def test_cents_are_whole() -> None:
    with pytest.raises(TypeError, match="whole number"):
        Money(1.5)  # type: ignore[arg-type]  # the mistake that is meant
