import argparse
import sys

TRY_AGAIN = 75  # EX_TEMPFAIL of sysexits.h: the mail server keeps the message and comes back


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=["email"])
    parser.add_argument("files", nargs="*", metavar="FILE", help="standard input without it")
    parser.add_argument("--channel", help="the name of the mailbox; the first one without it")


def run(options: argparse.Namespace) -> int:
    """Exit 0 only after the durable commit; whatever goes wrong before it means "try again"."""
    from ascolto.config import boot

    try:
        with boot.running():
            from ascolto.config.processes.receive import receive_files, receive_one

            if options.files:
                receive_files(options.files, channel_name=options.channel, out=sys.stdout)
            else:
                raw = sys.stdin.buffer.read()
                receive_one(raw, channel_name=options.channel, out=sys.stdout)
    except Exception as problem:  # noqa: BLE001 # the edge: the sender must keep his message
        print(f"ascolto: not accepted, try again: {problem}", file=sys.stderr)
        return TRY_AGAIN
    return 0
