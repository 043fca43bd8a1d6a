import argparse
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--back", action="store_true", help="let the model read that read before this one"
    )


def run(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from ascolto.config import boot

    with boot.running():
        from ascolto.learning import services

        try:
            if options.back:
                print(f"{services.go_back(now=timezone.now())} reads now")
                return 0
            made = services.learn(now=timezone.now(), told=_tell)
        except services.NothingToLearn:
            print("Nobody has corrected anything that the model in use has not learnt.")
            return 0
        except services.TooFewCorrections as few:
            print(f"{few.many} corrected so far; it takes {few.needed} to compare.")
            return 0
        except services.NoWayBack:
            print("ascolto: the model that came with Ascolto reads already", file=sys.stderr)
            return 1
        found = made.found
        print(
            f"{made.corrections} corrections. Held out and read by both: "
            f"{found['won']} right only with them, {found['lost']} right only without; "
            f"our own: {found['own_before']:.1%} right before, {found['own_after']:.1%} now."
        )
        if made.adopted:
            print(f"{made.version} is better and reads now; `ascolto learn --back` undoes it.")
        else:
            print("That is not better beyond chance: the model in use stays.")
    return 0


def _tell(line: str) -> None:
    print(line.strip(), file=sys.stderr, flush=True)
