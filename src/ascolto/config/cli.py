"""The command `ascolto`. Each command is a module of `config.commands`, imported when called."""

import argparse
import sys
from importlib import import_module
from typing import Any

from ascolto import __version__
from ascolto.config.processes.orphan import end_with_parent
from ascolto.config.processes.serve import PortTaken
from ascolto.kit.environment import BadSetting
from ascolto.kit.postgres import CouldNotStart

COMMANDS = {
    "serve": "everything in one: database, pages, workers, listeners",
    "web": "the pages, the API and the webhooks",
    "worker": "jobs and clocks",
    "listen": "the mailboxes and other sources",
    "receive": "take in raw messages from standard input or files, the whole way",
    "parse": "show what a raw message says, without a database",
    "read": "say what texts mean, as JSON lines, without a database",
    "learn": "learn from what people corrected, and read with it if that is better",
    "migrate": "bring the database to this version",
    "demo": "load the fictional company Alba Telefonia, or empty it",
    "import": "take in customers or cases from a file, as often as one likes",
    "export": "write customers or cases to a file",
    "token": "make tokens for the API",
    "account": "let a colleague back in who lost every way",
    "doctor": "look at an installation and say what is wrong",
}
CONFIGURATION = 78  # EX_CONFIG of sysexits.h


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    parser = argparse.ArgumentParser(
        prog="ascolto", description="Ascolto: customer care that listens."
    )
    parser.add_argument("--version", action="version", version=f"ascolto {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    given = sys.argv[1:] if arguments is None else arguments
    for name, about in COMMANDS.items():
        command = commands.add_parser(name, help=about, description=about)
        if name in given[:1]:  # only what is asked for is imported
            _module(name).arguments(command)
    options = parser.parse_args(given)
    end_with_parent()
    try:
        status = _module(options.command).run(options)
    except (BadSetting, CouldNotStart, PortTaken) as problem:
        print(f"ascolto: {problem}", file=sys.stderr)
        return CONFIGURATION
    except KeyboardInterrupt:
        return 130
    return int(status or 0)


def _module(command: str) -> Any:
    """The module of a command; `import` is no name for one."""
    name = "import_" if command == "import" else command
    return import_module(f"ascolto.config.commands.{name}")


if __name__ == "__main__":
    sys.exit(main())
