"""`python -m bench [NAME …]`: the figures, each beside a limit measured in the same run."""

import argparse
import platform
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec

from bench.database import running_server

IN_ORDER = (
    *("mail", "pages", "keys", "intake", "exchange", "live", "recognition", "listening"),
    *("alerting", "posts", "insight", "reading"),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(IN_ORDER)}")
    asked = parser.parse_args().names or IN_ORDER
    unknown = [name for name in asked if name not in IN_ORDER]
    if unknown:
        parser.error(f"there is no bench named {', '.join(unknown)}")
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {_machine()}")
    with running_server():
        for name in asked:
            print(f"\n## {name}\n", flush=True)
            if find_spec(f"bench.{name}") is None:
                print(f"Not measured: there is no bench/{name}.py in this copy.")
            else:
                import_module(f"bench.{name}").run()


def _machine() -> str:
    import os

    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
