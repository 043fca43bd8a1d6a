"""What the repository itself promises: lock files, migrations, words."""

import re
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
REGISTRIES = re.compile(r"(pypi\.|pythonhosted|npmjs|deb\.debian)\.?(org|com)?")


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 # git is wherever the developer has it
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_lock_files_carry_hashes_and_no_addresses() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text()
        pins = re.findall(r"^[a-z0-9._\-\[\]]+==\S+", text, re.MULTILINE)

        assert pins
        assert "://" not in text
        assert text.count("--hash=sha256:") >= len(pins)


def test_no_file_names_a_package_registry() -> None:
    files = tracked()
    if not files:
        pytest.skip("not a git checkout: there is no list of files to look through")

    found = [
        str(path.relative_to(ROOT))
        for path in files
        if path.suffix in {".py", ".md", ".toml", ".txt", ".html", ".js", ".css", ".yml", ""}
        and path.is_file()
        and path != Path(__file__)
        and REGISTRIES.search(path.read_text(errors="ignore"))
    ]

    assert found == []


@pytest.mark.django_db
def test_the_migrations_are_those_of_the_models() -> None:
    said = StringIO()

    call_command("makemigrations", check=True, dry_run=True, stdout=said)

    assert "No changes" in said.getvalue()
