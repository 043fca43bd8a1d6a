"""A file is about one thing, so it is short."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = {"src": 300, "bench": 300, "tests": 400}


def test_no_file_is_long() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for folder, limit in LONGEST.items()
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > limit
    ]

    assert long == []
