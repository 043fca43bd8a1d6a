"""A text is as long as the network that carries it says."""

import pytest

from ascolto.channels.measuring import measure, room_left
from ascolto.channels.ports import Manners

FAMILY = "👩‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "characters", "graphemes", "utf16", "on_x"),
    [
        ("ciao", 4, 4, 4, 4),
        ("perché", 6, 6, 6, 6),
        ("perche\u0301", 7, 6, 7, 6),
        (FAMILY, 7, 1, 11, 2),
        ("🇮🇹", 2, 1, 4, 2),
        ("日本", 2, 2, 2, 4),
        ("vedi https://example.org/una/pagina?molto=lunga ok", 50, 50, 50, 31),
        ("«Sì» — “no”…", 12, 12, 12, 13),
    ],
)
def test_each_counts_in_its_own_way(
    text: str, characters: int, graphemes: int, utf16: int, on_x: int
) -> None:
    units = ("CHARACTER", "GRAPHEME", "UTF16", "X")

    assert [measure(text, unit) for unit in units] == [characters, graphemes, utf16, on_x]


def test_what_is_left_goes_below_zero_and_without_a_limit_says_nothing() -> None:
    assert room_left("ciao", Manners(longest=3)) == -1
    assert room_left("ciao", Manners()) is None
