import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """No options: everything is in the environment."""


def run(options: argparse.Namespace) -> int:
    from ascolto.config import boot

    with boot.running():
        from ascolto.config.processes.web import web

        return web()
