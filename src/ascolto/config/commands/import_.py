import argparse
import sys

NO_INPUT = 66  # EX_NOINPUT of sysexits.h
UNREADABLE = 65  # EX_DATAERR


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=["customers", "cases", "calls"])
    parser.add_argument("file", metavar="FILE", help="CSV (, ; or tab) or JSON (a list, or lines)")
    parser.add_argument("--team", help="for cases that name none")
    parser.add_argument(
        "--clocks", action="store_true", help="start a clock for each open case that waits for us"
    )
    parser.add_argument("--refused", metavar="FILE", help="where to write the rows to be mended")


def run(options: argparse.Namespace) -> int:
    """Go through the file here and now; broken off, the same command goes on where it was."""
    from ascolto.config import boot

    with boot.running():
        from ascolto.config.processes.exchange import BadFile, import_file

        try:
            failed = import_file(options, out=sys.stdout, terminal=sys.stderr)
        except BadFile as problem:
            print(f"ascolto: {problem}", file=sys.stderr)
            return NO_INPUT
    return UNREADABLE if failed else 0
