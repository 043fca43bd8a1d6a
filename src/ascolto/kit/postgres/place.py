"""Where one embedded database keeps its files, its socket, its log and its locks."""

import hashlib
import logging
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ascolto.kit.postgres import binaries
from ascolto.kit.postgres.binaries import Account

logger = logging.getLogger("ascolto.postgres")

REFUGE = Path("/var/lib/ascolto")
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 103  # Linux allows 107 bytes, macOS 103
ELSEWHERE = "postgres.place"  # a file in `home` naming the folder, when that is not `home`


class Unreachable(Exception):
    """The files of the database are where the account that must run it cannot come."""


@dataclass(frozen=True, slots=True)
class Place:
    home: Path
    base: Path  # holds the data folder: `home`, or a folder under the refuge
    programs: Path
    account: Account

    @property
    def data(self) -> Path:
        return self.base / "pgdata"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def lock(self) -> Path:
        """Held by whoever is starting or stopping the server."""
        return self.home / "postgres.lock"

    @property
    def users(self) -> Path:
        """Held, shared, by everybody who uses the server: the last one out stops it."""
        return self.home / "postgres.users"

    def socket_folder(self) -> Path:
        """The private folder of the socket; makes it. Refuses one that others can enter."""
        folder = self.base / "run"
        if len(os.fsencode(folder / SOCKET_NAME)) > LONGEST_SOCKET_PATH:
            folder = _short_folder(digest(self.base))
        try:
            folder.mkdir(mode=0o700)
            self.account.own(folder)
        except FileExistsError:
            pass
        facts = folder.lstat()
        if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != self.account.uid:
            raise Unreachable(f"{folder} belongs to somebody else; remove it")
        folder.chmod(0o700)
        return folder


def digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


def _short_folder(name: str) -> Path:
    folder = Path(tempfile.gettempdir()) / f"ascolto-{name}"
    if len(os.fsencode(folder / SOCKET_NAME)) > LONGEST_SOCKET_PATH:
        return Path("/tmp") / folder.name  # noqa: S108 -- made 0700, and its owner is checked
    return folder


def find_place(home: Path, refuge: Path = REFUGE) -> Place:
    """Decide where the database of `home` lives, and make the folders that hold it.

    Once decided it stays: a database is never left behind because a folder's mode changed.
    """
    home = home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    written = home / ELSEWHERE
    base = Path(written.read_text().strip()) if written.exists() else home
    account = binaries.account_for(base / "pgdata")

    if account.drops_root and base == home and not account.can_enter(home):
        if (home / "pgdata").exists():
            raise Unreachable(
                f"the database in {home} cannot be reached by the account (uid {account.uid}) "
                f"that owns it: let that account enter every folder above it"
            )
        base = _move_to_refuge(home, refuge, written)
    return Place(home, base, _programs(account, refuge), account)


def _move_to_refuge(home: Path, refuge: Path, written: Path) -> Path:
    base = refuge / digest(home)
    base.mkdir(parents=True, exist_ok=True, mode=0o755)
    refuge.chmod(0o755)
    base.chmod(0o755)
    written.write_text(f"{base}\n")
    logger.warning(
        "PostgreSQL does not run as root and its account cannot enter %s: "
        "the database is kept in %s",
        home,
        base,
    )
    return base


def _programs(account: Account, refuge: Path) -> Path:
    programs = binaries.wheel_programs()
    if not account.drops_root or account.can_run(programs / "initdb"):
        return programs
    refuge.mkdir(parents=True, exist_ok=True)
    refuge.chmod(0o755)
    return binaries.copy_programs(refuge)
