from datetime import date

import pytest

from ascolto.cases.queries.search_words import Wanted, taken_apart

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", Wanted()),
        ("fibra giù", Wanted(words="fibra giù")),
        ("da:giulia fibra", Wanted(person="giulia", words="fibra")),
        ('da:"Giulia Ferraris"', Wanted(person="Giulia Ferraris")),
        ("from:giulia@example.org", Wanted(person="giulia@example.org")),
        ("squadra:Assistenza chi:io", Wanted(team="Assistenza", assignee="io")),
        ("chi:@marta", Wanted(assignee="marta")),
        ("etichetta:guasto stato:aperto", Wanted(tag="guasto", state="open")),
        ("is:snoozed", Wanted(state="snoozed")),
        ("STATO:Risolto", Wanted(state="resolved")),
        ("canale:telefono", Wanted(channel="telefono")),
        ("dopo:2026-01-31", Wanted(after=date(2026, 1, 31))),
        ("prima:4/3/2026 bolletta", Wanted(before=date(2026, 3, 4), words="bolletta")),
        ("dopo:ieri", Wanted(after=date(2026, 3, 3))),
        ("before:today", Wanted(before=TODAY)),
        ("da:luca da:ada", Wanted(person="ada")),
        ('"fibra giù" -modem', Wanted(words='"fibra giù" -modem')),
        ('-"punto vendita"', Wanted(words='-"punto vendita"')),
        ("alle 10:30", Wanted(words="alle 10:30")),
        ("https://example.org/pagina", Wanted(words="https://example.org/pagina")),
        ("colore:rosso", Wanted(words="colore rosso", unknown=("colore:rosso",))),
        ("stato:boh", Wanted(words="boh", unread=("stato:boh",))),
        ("dopo:30/2/2026", Wanted(words="30/2/2026", unread=("dopo:30/2/2026",))),
        ("da: giulia", Wanted(words="giulia", unread=("da:",))),
        ("-etichetta:guasto", Wanted(words="-guasto", unread=("-etichetta:guasto",))),
        ('da:"giulia', Wanted(person='"giulia')),
    ],
)
def test_a_search_is_taken_apart(text: str, wanted: Wanted) -> None:
    assert taken_apart(text, today=TODAY) == wanted


@pytest.mark.parametrize(
    ("text", "narrowed"),
    [("fibra", False), ("colore:rosso", False), ("chi:io", True), ("dopo:ieri fibra", True)],
)
def test_operators_narrow_and_words_do_not(text: str, *, narrowed: bool) -> None:
    assert taken_apart(text, today=TODAY).is_narrowed is narrowed


@pytest.mark.parametrize("text", [":", "da:", '"', "-", "::", "da::", "-:-", '""', "é:è", "a:\x00"])
def test_odd_marks_break_nothing(text: str) -> None:
    assert isinstance(taken_apart(text, today=TODAY), Wanted)
