import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--empty", action="store_true", help="remove the demo company")


def run(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from ascolto.config import boot

    with boot.running():
        from ascolto.config.demo import load

        boot.migrate()
        if options.empty:
            load.empty(now=timezone.now())
            return 0
        if not load.is_fresh():
            print("This installation is in use: the demo company is only loaded into an empty one.")
            return 1
        load.load(now=timezone.now())
    return 0
