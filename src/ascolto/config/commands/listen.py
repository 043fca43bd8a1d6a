import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options: the channels are in the database."""


def run(options: argparse.Namespace) -> int:
    from ascolto.config import boot
    from ascolto.config.processes.listen import listen

    with boot.running():
        return listen()
