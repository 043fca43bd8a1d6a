import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """None: the channels are in the database."""
    parser.add_argument(
        "--stdin", action="store_true", help="match posts from standard input, without a database"
    )
    parser.add_argument("--monitors", metavar="FILE", help="JSON: what to look for, with --stdin")


def run(options: argparse.Namespace) -> int:
    if options.stdin or options.monitors:
        return _filter(options)

    from ascolto.config import boot

    with boot.running():
        from ascolto.config.processes.listen import listen

        return listen()


def _filter(options: argparse.Namespace) -> int:
    from ascolto.config.processes import filter as sieve
    from ascolto.kit.environment import BadSetting

    if not options.stdin or not options.monitors:
        raise BadSetting("--stdin and --monitors FILE belong together")
    return sieve.run(options.monitors)
