"""The one way out by HTTP to an address that somebody else chose.

It reaches the public internet alone, follows nothing, and ends in bounded time with bounded bytes.
The name is resolved once; the connection goes to the address that was checked, so that a name which
answers differently the second time gains nothing.
"""

import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus

import httpx

from ascolto.kit.deadline import Deadline
from ascolto.kit.targets import FetchFailed, Redirected, Refused, reachable

__all__ = ["FetchFailed", "Fetched", "Limits", "Redirected", "Refused", "fetch"]

PLAIN = {"", "identity"}
GZIP_OR_ZLIB = zlib.MAX_WBITS | 32  # zlib finds out by itself which of the two it is


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` for everything together; `size` is in bytes, after decompression."""

    seconds: float = 10
    size: int = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fetched:
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes


DEFAULT_LIMITS = Limits()


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    content: bytes = b"",
    limits: Limits = DEFAULT_LIMITS,
    private_ok_for: Collection[str] = (),
) -> Fetched:
    """Ask for `url`. Raises `Refused` or `FetchFailed`.

    `private_ok_for` are hosts, as written in the URL, that the owner of the installation allows to
    be on a private network. A redirect is refused; 304 is an answer like any other.
    """
    deadline = Deadline(limits.seconds)
    target, found = reachable(url, deadline, private_ok_for=private_ok_for)
    request = _Request(target, method, dict(headers or {}), content)
    return request.send(found, deadline, limits.size)


@dataclass(frozen=True, slots=True)
class _Request:
    target: httpx.URL
    method: str
    headers: dict[str, str]
    content: bytes

    def send(self, found: list[str], deadline: Deadline, size: int) -> Fetched:
        """Try the addresses in turn until one lets us connect, each for its share of the time."""
        share = deadline.left() / len(found)
        problem: Exception | None = None
        for address in found:
            try:
                return self._ask(address, share, deadline, size)
            except (httpx.ConnectError, httpx.ConnectTimeout) as refusal:
                problem = refusal
        raise FetchFailed(f"{self.target.host} cannot be reached: {problem}") from problem

    def _ask(self, address: str, share: float, deadline: Deadline, size: int) -> Fetched:
        given = {name: text for name, text in self.headers.items() if name.lower() != "host"}
        with _as_our_errors(self.target.host, deadline), deadline.client(share) as client:
            request = client.build_request(
                self.method,
                self.target.copy_with(host=address),
                headers={
                    "User-Agent": "Ascolto",
                    "Accept-Encoding": "identity",
                    **given,
                    "Host": self.target.netloc.decode("ascii"),
                },
                content=self.content or None,
                extensions={
                    "sni_hostname": self.target.raw_host.decode("ascii"),
                    "trace": deadline.watch,
                },
            )
            answer = client.send(request, stream=True)
            try:
                return _read(answer, size, deadline)
            finally:
                answer.close()


def _read(answer: httpx.Response, size: int, deadline: Deadline) -> Fetched:
    if answer.is_redirect and answer.status_code != HTTPStatus.NOT_MODIFIED:
        raise Redirected(answer.status_code, answer.headers.get("location", ""))
    stated = answer.headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > size:
        raise Refused(f"larger than {size} bytes")
    body = bytearray()
    for part in _decoded(answer, size):
        body += part
        if len(body) > size:
            raise Refused(f"larger than {size} bytes")
        deadline.check()
    deadline.check()  # cut off by our own alarm, an answer of unstated length looks whole
    headers = {name.lower(): text for name, text in answer.headers.items()}
    return Fetched(answer.status_code, headers, bytes(body))


def _decoded(answer: httpx.Response, size: int) -> Iterator[bytes]:
    """Decompress by ourselves, never more at a time than may be kept."""
    encoding = answer.headers.get("content-encoding", "").strip().lower()
    if encoding in PLAIN:
        yield from answer.iter_raw()
        return
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise Refused(f"compressed with {encoding!r}, which was not asked for")
    unpack = zlib.decompressobj(GZIP_OR_ZLIB)
    try:
        for part in answer.iter_raw():
            waiting = part
            while waiting:
                yield unpack.decompress(waiting, size + 1)
                waiting = unpack.unconsumed_tail
    except zlib.error as problem:
        raise FetchFailed(f"damaged: {problem}") from problem
    if not unpack.eof:
        raise FetchFailed("damaged: the compressed answer breaks off")


@contextmanager
def _as_our_errors(host: str, deadline: Deadline) -> Iterator[None]:
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout):
        raise  # perhaps another address of the same name answers
    except (httpx.LocalProtocolError, httpx.UnsupportedProtocol, UnicodeError) as problem:
        raise Refused(f"not a request that can be sent: {problem}") from problem
    except (httpx.HTTPError, httpx.StreamError, TimeoutError) as problem:
        late = deadline.passed() or isinstance(problem, httpx.TimeoutException)
        what = "took too long" if late else str(problem)
        raise FetchFailed(f"{host}: {what}") from problem
