import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    from ascolto.config import boot

    with boot.running():
        boot.migrate()
    return 0
