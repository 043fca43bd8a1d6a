"""Ports for servers that must be told theirs before they listen."""

import itertools
import os
import random
import socket
from collections.abc import Iterator
from pathlib import Path

LENT = Path("/proc/sys/net/ipv4/ip_local_port_range")  # Linux gives these to whoever dials out
OURS = range(20_000, 32_000)  # no browser refuses any of them
WORKERS = 16


def free_port() -> int:
    """Nobody else's until it is used: not lent to a connection, not given to another worker."""
    for port in _ports:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("there is an end to endless ports")


def _of_this_worker() -> Iterator[int]:
    """In a circle, from where chance says: another run on this machine begins elsewhere."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % WORKERS
    mine = [port for port in OURS if port % WORKERS == worker]
    mine = [port for port in mine if port < _first_lent()] or mine
    start = random.randrange(len(mine))  # noqa: S311 # no secret
    return itertools.cycle(mine[start:] + mine[:start])


def _first_lent() -> int:
    return int(LENT.read_text().split()[0]) if LENT.exists() else OURS.stop


_ports = _of_this_worker()
