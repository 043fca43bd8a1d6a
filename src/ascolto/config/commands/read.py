import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """None: JSON lines come in by standard input."""


def run(options: argparse.Namespace) -> int:
    import sys

    import msgspec

    from ascolto.config.boot import home
    from ascolto.reading.lines import read_lines
    from ascolto.reading.shelf import look_in

    look_in(home() / "reading")
    refused = False
    for answer in read_lines(sys.stdin.buffer):
        refused = refused or "error" in answer
        sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
        sys.stdout.buffer.flush()
    return 1 if refused else 0
