"""`ascolto listen --stdin`: posts in, matches out, as a process without a database."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from tests.e2e.house import ROOT

MONITORS = [
    {"name": "Noi", "any": ["Alba Telefonia", "#albatel"], "none": ["concorso"]},
    {"name": "Perché", "any": ["perché"], "none": []},
]
COMMAND = [sys.executable, "-m", "ascolto.config.cli", "listen", "--stdin", "--monitors"]
# No address of a database, and no folder in which one could be made.
BARE = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT / "src"), "ASCOLTO_HOME": "/dev/null/no"}


@pytest.fixture
def monitors(tmp_path: Path) -> Path:
    file = tmp_path / "monitors.json"
    file.write_text(json.dumps(MONITORS))
    return file


def post(number: int | str, text: str) -> bytes:
    said = {"id": number, "text": text, "lang": "it", "author": "@giulia", "reach": {"now": 3}}
    return json.dumps(said).encode() + b"\n"


def piped(given: bytes, monitors: Path) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(  # noqa: S603 # our own command
        [*COMMAND, str(monitors)],
        input=given,
        capture_output=True,
        env=BARE,
        timeout=60,
        check=False,
    )


def said(out: bytes) -> list[object]:
    return [json.loads(line) for line in out.splitlines()]


def test_matches_come_in_order_with_the_names_of_their_monitors(monitors: Path) -> None:
    done = piped(
        post("a", "L’ALBA TELEFONIA non risponde, PERCHE'?")
        + post("b", "alba sul mare")
        + post(3, "vinci il concorso di Alba Telefonia")
        + post("d", "giù di nuovo #AlbaTel")
        + post("e", "perchè"),
        monitors,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert said(done.stdout) == [
        {"id": "a", "monitors": ["Noi", "Perché"]},
        {"id": "d", "monitors": ["Noi"]},
        {"id": "e", "monitors": ["Perché"]},
    ]


def test_bad_lines_are_told_with_their_number_and_the_others_go_on(monitors: Path) -> None:
    done = piped(
        post(1, "perché") + b"no json\n\n" + b'{"text": "no id"}\n' + post(2, "perché"), monitors
    )

    assert done.returncode == 65
    assert said(done.stdout) == [
        {"id": 1, "monitors": ["Perché"]},
        {"id": 2, "monitors": ["Perché"]},
    ]
    complaints = done.stderr.decode().splitlines()
    assert [line.partition(":")[0] for line in complaints] == ["line 2", "line 4"]


def test_the_last_line_needs_no_end(monitors: Path) -> None:
    assert len(said(piped(post(1, "perché").rstrip(), monitors).stdout)) == 1


def test_hostile_lines_end_nothing(monitors: Path) -> None:
    long = post("long", "parola " * 200_000 + "perché")
    nested = b"[" * 100_000 + b"\n"
    bytes_of_nobody = b'{"id": "x", "text": "\xff\xfe perch\xc3\xa9"}\n'

    done = piped(long + nested + bytes_of_nobody + post(2, "perché\u202e\0"), monitors)

    assert [one["id"] for one in said(done.stdout)] == ["long", 2]  # type: ignore[index] # objects
    assert done.returncode == 65


@pytest.fixture
def running(monitors: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    process = subprocess.Popen(  # noqa: S603 # our own command
        [*COMMAND, str(monitors)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=BARE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    yield process.stdin, process.stdout
    process.stdin.close()
    process.wait(30)
    process.stdout.close()


def test_a_match_is_said_before_the_next_post_comes(
    running: tuple[IO[bytes], IO[bytes]],
) -> None:
    into, out = running

    for number in range(3):
        into.write(post(number, "perché"))
        into.flush()
        assert json.loads(out.readline()) == {"id": number, "monitors": ["Perché"]}


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("{", "no JSON"),
        ("{}", "no list"),
        ('[{"any": ["alba"]}]', "no name"),
        ('[{"name": "Noi"}]', "looks for nothing"),
    ],
)
def test_monitors_that_cannot_be_used_are_refused(
    tmp_path: Path, written: str, complaint: str
) -> None:
    file = tmp_path / "monitors.json"
    file.write_text(written)

    done = piped(b"", file)

    assert done.returncode == 78
    assert complaint in done.stderr.decode()
