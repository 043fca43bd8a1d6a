import argparse

from ascolto.config.processes.serve import serve


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-demo", action="store_true", help="do not load the demo company on the first start"
    )


def run(options: argparse.Namespace) -> int:
    return serve(demo=not options.no_demo)
