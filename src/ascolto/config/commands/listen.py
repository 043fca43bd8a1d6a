import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options: the channels are in the database."""


def run(options: argparse.Namespace) -> int:
    from ascolto.config import boot

    with boot.running():
        from ascolto.config.processes.listen import listen

        return listen()
