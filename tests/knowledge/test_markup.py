"""What an article may look like, what it may not do, and how a letter says it."""

import pytest

from ascolto.knowledge.comparing import compare
from ascolto.knowledge.markup import drawn, excerpt, plain
from ascolto.knowledge.naming import free_slug, slug_of


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Prima\n\n## Poi\n\n### Dopo", "<h2>Prima</h2>\n<h2>Poi</h2>\n<h3>Dopo</h3>"),
        ("**Forte** e *piano*", "<strong>Forte</strong> e <em>piano</em>"),
        ("3. tre\n4. quattro", '<ol start="3">'),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<td>1</td>"),
    ],
)
def test_the_small_part_of_markdown_is_drawn(text: str, html: str) -> None:
    assert html in drawn(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![foto](https://altrove.example/x.png)",
        "[premi](javascript:alert(1))",
        "[premi](data:text/html,<script>alert(1)</script>)",
        '<a href="x" onclick="alert(1)">x</a>',
        "<style>*{display:none}</style>",
    ],
)
def test_nothing_runs_and_nothing_is_fetched(text: str) -> None:
    html = drawn(text)

    assert "<script" not in html
    assert "<img" not in html
    assert "<style" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert '<a href="x"' not in html


def test_a_link_opens_no_door_back() -> None:
    assert 'rel="noopener noreferrer"' in drawn("[noi](https://alba.example/)")


def test_a_letter_says_lists_and_links_in_words() -> None:
    text = "## Come\n\n1. Stacca\n2. Aspetta **un minuto**\n\nPoi [scrivici](https://alba.example/aiuto)."

    assert plain(text) == (
        "Come\n\n1. Stacca\n2. Aspetta un minuto\n\nPoi scrivici (https://alba.example/aiuto)."
    )


def test_lists_in_lists_keep_their_steps() -> None:
    assert plain("- uno\n  - sotto\n- due") == "- uno\n  - sotto\n- due"


def test_an_excerpt_ends_at_a_word() -> None:
    assert excerpt("Stacca la spina e aspetta", longest=12) == "Stacca la…"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Perché il router lampeggia?", "perche-il-router-lampeggia"),
        ("È già l’ora", "e-gia-l-ora"),
        ("???", "articolo"),
    ],
)
def test_a_title_becomes_an_address(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_an_address_is_given_once() -> None:
    assert free_slug("Router", {"router", "router-2"}) == "router-3"
    assert free_slug("Cerca", set()) == "cerca-2"


def test_a_changed_line_is_told_word_by_word() -> None:
    was, now = compare("Aspetta un minuto", "Aspetta due minuti")

    assert [piece.text for piece in was.pieces if piece.kind == "removed"] == ["un", "minuto"]
    assert [piece.text for piece in now.pieces if piece.kind == "added"] == ["due", "minuti"]


def test_what_did_not_change_is_folded() -> None:
    same = "\n".join(f"riga {number}" for number in range(20))

    lines = compare(f"{same}\nvecchia", f"{same}\nnuova")

    assert lines[0].skipped == 18
    assert [line.kind for line in lines[-2:]] == ["removed", "added"]
