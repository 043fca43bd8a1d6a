import argparse
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    create = actions.add_parser("create", help="make a token; it is shown once")
    create.add_argument("name")
    create.add_argument("--colleague", help="the e-mail address it acts for; the owner without it")
    create.add_argument("--scopes", default="read,write", help="read, write, admin")


def run(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from ascolto.config import boot

    with boot.running():
        from ascolto.integrations.services import create_token
        from ascolto.staff.models import Colleague
        from ascolto.staff.queries import colleagues

        wanted = colleagues()
        if options.colleague:
            wanted = wanted.filter(email__iexact=options.colleague)
        else:
            wanted = wanted.filter(role=Colleague.Role.OWNER)
        colleague = wanted.first()
        if colleague is None:
            print("ascolto: no such colleague; name one with --colleague", file=sys.stderr)
            return 1
        scopes = [scope.strip() for scope in options.scopes.split(",")]
        _, plain = create_token(options.name, colleague, scopes, now=timezone.now())
        print(plain)
    return 0
