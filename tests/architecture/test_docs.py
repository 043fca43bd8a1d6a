"""A rule names the test that holds it, and the test is there."""

import re
from pathlib import Path

from docs import shots

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"(tests/[\w/]+\.py)(?:::(test_\w+))?")
LINKED = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
SHOWN = re.compile(r"!\[([^\]]*)\]\([^)]*?pictures/([\w-]+)\.png\)")
LARGEST = 300 * 1024  # bytes of a picture
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_every_test_that_a_page_names_exists() -> None:
    named = {
        (page.name, path, name)
        for page in PAGES
        for path, name in NAMED.findall(page.read_text(encoding="utf-8"))
    }

    missing = [
        one
        for one in sorted(named)
        if not (ROOT / one[1]).exists() or f"def {one[2]}" not in (ROOT / one[1]).read_text()
    ]

    assert named
    assert missing == []


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in LINKED.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert broken == []


def test_every_picture_is_taken_by_the_script_and_shown_somewhere_with_its_words() -> None:
    shown = [one for page in PAGES for one in SHOWN.findall(page.read_text(encoding="utf-8"))]
    groups = (
        shots.AT_THE_DOOR,
        shots.WORK,
        shots.HEARD,
        shots.KNOWN,
        shots.ANSWERED,
        shots.IN_ENGLISH,
    )
    taken = {shot.name for group in groups for shot in group}
    files = {file.stem: file.stat().st_size for file in ROOT.glob("docs/pictures/*.png")}

    assert set(files) == taken
    assert {name for _, name in shown} == taken
    assert [name for words, name in shown if not words.strip()] == []
    assert [name for name, size in files.items() if size > LARGEST] == []
