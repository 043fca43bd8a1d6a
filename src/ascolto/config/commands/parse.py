import argparse
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=["email"])
    parser.add_argument("files", nargs="+", metavar="FILE")


def run(options: argparse.Namespace) -> int:
    from ascolto.channels.adapters.email.report import parse_files

    parse_files(options.files, sys.stdout)
    return 0
