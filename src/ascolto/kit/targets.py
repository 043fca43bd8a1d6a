"""Where a request may go: an address that somebody else chose, looked up once, and public."""

import socket
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor

import httpx

from ascolto.kit import addresses
from ascolto.kit.deadline import Deadline

PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
LAST_PORT = 65535
MOST_ADDRESSES = 4  # of one name, to be tried one after the other


class Refused(Exception):
    """We do not fetch this, or do not take the answer. Trying again would not help."""


class Redirected(Refused):
    """The answer is a redirect, which is not followed: whoever chose the address looks at it."""

    def __init__(self, status: int, location: str) -> None:
        super().__init__(f"answered with a redirect ({status}), which is not followed")
        self.location = location


class FetchFailed(Exception):
    """The other side, or the way to it, did not work. It may work later."""


def reachable(
    url: str,
    deadline: Deadline,
    *,
    private_ok_for: Collection[str] = (),
    schemes: Collection[str] = ("http", "https"),
) -> tuple[httpx.URL, list[str]]:
    """The URL taken apart, and the addresses of its host that may be asked, in order.

    All of them are public, unless `private_ok_for` names the host as written in the URL.
    Raises `Refused` or `FetchFailed`.
    """
    target = _checked(url, schemes)
    found = _resolve(target, deadline)
    if target.host not in private_ok_for:
        strange = [address for address in found if not addresses.is_public(address)]
        if strange:
            raise Refused(f"{target.host} is not on the public internet ({strange[0]})")
    return target, found[:MOST_ADDRESSES]


def _checked(url: str, schemes: Collection[str]) -> httpx.URL:
    try:
        target = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError, ValueError) as problem:
        raise Refused(f"not a URL: {problem}") from problem
    if target.scheme not in schemes:
        raise Refused(f"only {' and '.join(schemes)} are fetched")
    if target.userinfo:
        raise Refused("a URL with a name or password in it is not fetched")
    host = target.raw_host.decode("ascii")
    if not addresses.is_host(host) or target.port == 0 or (target.port or 1) > LAST_PORT:
        raise Refused(f"{target.netloc.decode('ascii')!r} is no host")
    return target


def _resolve(target: httpx.URL, deadline: Deadline) -> list[str]:
    """All addresses of the host, in the system's order. The one time that it is looked up."""
    port = target.port or PORTS[target.scheme]
    host = target.raw_host.decode("ascii")
    lookups = ThreadPoolExecutor(1, thread_name_prefix="resolve")
    try:
        # The system's resolver has no deadline of its own, so it is left behind when ours passes.
        asked = lookups.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        answers = asked.result(timeout=deadline.left())
    except TimeoutError as problem:
        raise FetchFailed(f"{host} could not be looked up in time") from problem
    except (OSError, UnicodeError) as problem:
        raise FetchFailed(f"{host} could not be looked up: {problem}") from problem
    finally:
        lookups.shutdown(wait=False)
    found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    if not found:
        raise FetchFailed(f"{host} has no address")
    return found
