import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """None: JSON lines come in by standard input."""


def run(options: argparse.Namespace) -> int:
    import sys

    import msgspec

    from ascolto.reading.lines import read_lines

    refused = False
    for answer in read_lines(sys.stdin.buffer):
        refused = refused or "error" in answer
        sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
        sys.stdout.buffer.flush()
    return 1 if refused else 0
