import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--empty", action="store_true", help="remove the demo company")


def run(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from ascolto.config import boot

    with boot.running():
        from ascolto.config.demo.load import is_fresh, load
        from ascolto.desk.demo_emptying import NotTheDemo, RealMail, empty

        boot.migrate()
        if options.empty:
            try:
                empty(now=timezone.now())
            except (NotTheDemo, RealMail):
                print("This is not the demo company, or real mail is in it: nothing was removed.")
                return 1
            return 0
        if not is_fresh():
            print("This installation is in use: the demo company is only loaded into an empty one.")
            return 1
        load(now=timezone.now())
    return 0
