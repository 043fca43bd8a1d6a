import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--queues", help="names separated by commas; all of them without it")
    parser.add_argument("--concurrency", type=int, default=4, help="jobs at the same time")


def run(options: argparse.Namespace) -> int:
    from ascolto.config import boot

    queues = options.queues.split(",") if options.queues else []
    with boot.running():
        from ascolto.config.processes.worker import worker

        return worker(queues=queues, concurrency=options.concurrency)
