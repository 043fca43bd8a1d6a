"""PostgreSQL never runs as root, and an ordinary user needs nothing from root."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ascolto.kit.postgres import EmbeddedPostgres, Unreachable, binaries
from ascolto.kit.postgres.place import find_place

QUICK = {"fsync": "off", "shared_buffers": "16MB", "max_connections": "20"}
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="about what root does")

# Root starts it and drops its rights for good: Python itself may be where only root can come.
ORDINARY = """
import logging, os, sys, psycopg, encodings.idna, random, tempfile, shutil
from pathlib import Path
from ascolto.kit.postgres import EmbeddedPostgres
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
with EmbeddedPostgres(Path(sys.argv[1]), {"fsync": "off"}).attach_or_start() as server:
    with psycopg.connect(server.dsn()) as connection:
        print(connection.execute("select 'hello'").fetchone()[0], server.data.stat().st_uid)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="kit"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def as_an_ordinary_user(home: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603 -- ourselves
        [sys.executable, "-c", ORDINARY, str(home)],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "HOME": str(home)},
        timeout=120,
    )


@pytest.fixture(scope="module")
def home_of_root() -> Iterator[Path]:
    """A home whose database root has begun, and stopped."""
    folder = Path(tempfile.mkdtemp(prefix="kit"))
    folder.chmod(0o755)
    with EmbeddedPostgres(folder / "var", QUICK).attach_or_start():
        pass
    yield folder / "var"
    shutil.rmtree(folder)


def test_an_ordinary_user_has_a_database_and_root_can_go_on_with_it(folder: Path) -> None:
    folder.chmod(0o777)
    uid = 65534 if os.geteuid() == 0 else os.geteuid()

    result = as_an_ordinary_user(folder / "var")

    assert result.stdout.split() == ["hello", str(uid)], result.stderr
    with EmbeddedPostgres(folder / "var", QUICK).attach_or_start() as server:
        assert server.data.stat().st_uid == uid


@as_root
def test_an_ordinary_user_is_told_that_root_began_it(home_of_root: Path) -> None:
    result = as_an_ordinary_user(home_of_root)

    assert "belongs to another account" in result.stderr


@as_root
def test_a_home_closed_to_the_account_is_kept_elsewhere_and_says_so(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    postgres = EmbeddedPostgres(closed / "var", QUICK, refuge=folder / "refuge")

    with postgres.attach_or_start() as server:
        assert server.data.is_relative_to(folder / "refuge")

    assert "the database is kept in" in caplog.text
    closed.chmod(0o755)
    with postgres.attach_or_start() as server:
        assert server.data.is_relative_to(folder / "refuge"), "it must not be left behind"


@as_root
def test_a_home_that_was_closed_later_is_refused_not_replaced(home_of_root: Path) -> None:
    home_of_root.parent.chmod(0o700)

    with pytest.raises(Unreachable, match="cannot be reached by the account"):
        EmbeddedPostgres(home_of_root, QUICK).ensure()

    home_of_root.parent.chmod(0o755)


@as_root
def test_programs_that_the_account_cannot_run_are_copied_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    programs = binaries.wheel_programs()
    package = programs.parent.parent
    libraries = f"{package.name}.libs"
    shutil.copytree(programs.parent, closed / package.name / "pginstall", symlinks=True)
    shutil.copytree(package.with_name(libraries), closed / libraries)
    wheel = closed / package.name / "pginstall" / "bin"
    monkeypatch.setattr(binaries, "wheel_programs", lambda: wheel)
    postgres = EmbeddedPostgres(folder / "var", QUICK, refuge=folder / "refuge")

    with postgres.attach_or_start() as server:
        assert server.programs.is_relative_to(folder / "refuge")

    made_at = server.programs.stat().st_ctime_ns
    assert find_place(folder / "var", folder / "refuge").programs.stat().st_ctime_ns == made_at


@as_root
def test_a_socket_folder_of_somebody_else_is_refused(folder: Path) -> None:
    place = find_place(folder / "var", folder / "refuge")
    (place.base / "run").mkdir()

    with pytest.raises(Unreachable, match="belongs to somebody else"):
        place.socket_folder()


def test_a_socket_folder_that_others_could_enter_is_closed(folder: Path) -> None:
    place = find_place(folder / "var", folder / "refuge")
    place.socket_folder().chmod(0o777)

    assert stat.S_IMODE(place.socket_folder().stat().st_mode) == 0o700
