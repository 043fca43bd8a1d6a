import argparse
import sys

TOO_LARGE = 69  # EX_UNAVAILABLE: the mail server tells the sender, who can send less
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
                receive_one(sys.stdin.buffer, channel_name=options.channel, out=sys.stdout)
    except Exception as problem:  # noqa: BLE001 # the edge: the sender must keep his message
        final = type(problem).__name__ == "TooLarge"  # known only where Django was set up
        again = "" if final else ", try again"
        print(f"ascolto: not accepted{again}: {problem}", file=sys.stderr)
        return TOO_LARGE if final else TRY_AGAIN
    return 0
