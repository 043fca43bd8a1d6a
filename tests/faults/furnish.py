"""Furnishes the company that `serve` will run, from outside: `python -m tests.faults.furnish`."""

import json
import os

from ascolto.config import boot


def furnish(given: dict[str, str]) -> None:
    """One team, one colleague, one real mailbox."""
    from ascolto.channels.models import Channel
    from ascolto.kit.secrets import seal
    from tests import make

    make.colleague(teams=(make.team(),))
    channel = make.mailbox()
    channel.address = given["address"]
    channel.settings = {
        "imap": {
            "host": "127.0.0.1",
            "port": int(given["imap_port"]),
            "security": "plain",
            "user": given["address"],
            "allow_plain": True,
        },
        "smtp": {
            "host": "127.0.0.1",
            "port": int(given["smtp_port"]),
            "security": "plain",
            "allow_plain": True,
        },
    }
    channel.secret = seal(json.dumps({"imap_password": given["password"]}))
    channel.save()
    Channel.objects.exclude(pk=channel.pk).delete()


if __name__ == "__main__":
    with boot.running():
        boot.migrate()
        furnish(json.loads(os.environ["FURNISH"]))
