import argparse
import sys
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=["customers", "cases"])
    parser.add_argument("file", metavar="FILE", nargs="?", help="standard output without it")
    parser.add_argument("--format", choices=["csv", "json"], default="csv", help="json: lines")


def run(options: argparse.Namespace) -> int:
    from ascolto.config import boot

    with boot.running():
        from ascolto.config.processes.exchange import export_to

        if options.file:
            with Path(options.file).open("w", encoding="utf-8", newline="") as out:
                export_to(options, out=out)
        else:
            export_to(options, out=sys.stdout)
    return 0
