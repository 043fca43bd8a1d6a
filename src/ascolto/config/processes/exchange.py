"""`ascolto import` and `ascolto export`: files of any size, a bar on a terminal, one JSON line."""

import argparse
import hashlib
import json
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from django.utils import timezone

from ascolto.exchange.export import exported
from ascolto.exchange.models import Run
from ascolto.exchange.queries import refused_csv, unfinished_of
from ascolto.exchange.rows import File
from ascolto.exchange.services import begin, go_on
from ascolto.staff.models import Colleague
from ascolto.staff.queries import colleagues, teams

WIDTH = 30
COUNTS = ("total", "read", "made", "changed", "unchanged", "refused")


class BadFile(Exception):
    """There is no such file, or no such team."""


def import_file(options: argparse.Namespace, *, out: TextIO, terminal: TextIO) -> bool:
    """Import it and write one JSON line about it; whether it could not be read."""
    path = Path(options.file)
    if not path.is_file():
        raise BadFile(f"there is no file {path}")
    run = _run(options, digest=_digest(path))
    run = go_on(
        run.pk,
        now=timezone.now(),
        file=File(lambda: cast(BinaryIO, path.open("rb"))),
        told=(lambda run: _bar(run, terminal)) if terminal.isatty() else None,
    )
    if options.refused:
        with Path(options.refused).open("w", encoding="utf-8", newline="") as mended:
            mended.writelines(refused_csv(run))
    told = {name: getattr(run, name) for name in COUNTS}
    out.write(json.dumps({"import": run.pk, **told, "error": run.failed or None}) + "\n")
    return bool(run.failed)


def export_to(options: argparse.Namespace, *, out: TextIO) -> None:
    """Write what the owner may see, which is all."""
    kind = {"customers": Run.Kind.CUSTOMERS, "cases": Run.Kind.CASES}[options.kind]
    owner = colleagues().filter(role=Colleague.Role.OWNER).first()
    if owner is not None:
        out.writelines(exported(kind, options.format.upper(), by=owner))
    out.flush()


def _run(options: argparse.Namespace, *, digest: str) -> Run:
    """The import of this file that was broken off, or a new one."""
    kind = Run.Kind(options.kind.upper())
    known = unfinished_of(digest, kind=kind)
    if known is not None:
        return known
    team = None
    if options.team:
        team = teams().filter(name__iexact=options.team).first()
        if team is None:
            raise BadFile(f"there is no team named {options.team}")
    arguments = {"sha256": digest, "team": team.pk if team else None, "clocks": options.clocks}
    name = Path(options.file).name
    return begin(kind=kind, name=name, by=None, arguments=arguments, now=timezone.now())


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _bar(run: Run, terminal: TextIO) -> None:
    total = run.total or 1
    done = WIDTH * run.read // total
    bar = f"{'█' * done}{'·' * (WIDTH - done)}"
    terminal.write(f"\r{bar} {run.read:,} / {total:,}")
    if run.read >= total:
        terminal.write("\n")
    terminal.flush()
