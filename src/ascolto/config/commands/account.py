import argparse
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    recover = actions.add_parser(
        "recover", help="print a link, good once and for an hour, for who lost every way in"
    )
    recover.add_argument("email", help="the colleague's e-mail address")


def run(options: argparse.Namespace) -> int:
    """Who can type this holds the machine and the database anyway; that he did is written down."""
    from django.utils import timezone

    from ascolto.config import boot

    with boot.running():
        from django.conf import settings

        from ascolto.administration.services.factors import offer_recovery
        from ascolto.staff.queries import colleagues

        colleague = colleagues().filter(email__iexact=options.email.strip()).first()
        if colleague is None:
            print(f"ascolto: nobody with the address {options.email} works here", file=sys.stderr)
            return 1
        token = offer_recovery(colleague, now=timezone.now())
        print(f"{settings.PUBLIC_URL}/recupero/{token}/")
        print(
            f"ascolto: for {colleague.name}, once, within the hour. It takes a new password and"
            " takes the second factors off. It stands in the register.",
            file=sys.stderr,
        )
    return 0
