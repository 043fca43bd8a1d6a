"""Out to the public internet alone: no private address, no redirect, no more than was allowed."""

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ascolto.kit.addresses import is_public
from ascolto.kit.fetch import Fetched, FetchFailed, Limits, Refused, fetch

Answer = Callable[[BaseHTTPRequestHandler], None]
HERE = {"127.0.0.1"}
DRIPS = 60  # seconds


class LoopbackServer(ThreadingHTTPServer):
    """Answers on loopback as it is told, and remembers who knocked."""

    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        self.requests: list[BaseHTTPRequestHandler] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.requests.append(self)
                answer(self)

            do_POST = do_GET  # noqa: N815 -- the name is the standard library's

            def log_message(self, *_: object) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}/"
        threading.Thread(target=self.serve_forever, args=[0.01], daemon=True).start()


Serve = Callable[[Answer], LoopbackServer]


@pytest.fixture
def serve() -> Iterator[Serve]:
    opened: list[LoopbackServer] = []

    def open_one(answer: Answer) -> LoopbackServer:
        opened.append(LoopbackServer(answer))
        return opened[-1]

    yield open_one
    for server in opened:
        server.shutdown()
        server.server_close()


def says(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, text in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), text)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def here(server: LoopbackServer, **limits: float) -> Fetched:
    return fetch(
        server.url,
        limits=Limits(seconds=limits.get("seconds", 5), size=int(limits.get("size", 1000))),
        private_ok_for=HERE,
    )


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0",
        "0.0.0.0",  # noqa: S104 -- an address to be refused
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "localhost",
        "localhost.",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "１２７.0.0.1",
    ],
)
def test_loopback_in_any_spelling_is_refused_and_nobody_knocks(serve: Serve, host: str) -> None:
    canary = serve(says(b"inside"))

    with pytest.raises((Refused, FetchFailed) if host.startswith("localhost") else Refused):
        fetch(f"http://{host}:{canary.server_port}/", limits=Limits(seconds=2))

    assert canary.requests == []


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "2001:db8::1",
        "no address",
    ],
)
def test_addresses_that_are_not_the_public_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "151.1.1.1", "2a00:1450:4002:402::2004"])
def test_addresses_that_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "//example.org/",
        "example.org",
        "http://",
        "http:///path",
        "http://giulia:secret@example.org/",
        "http://134744072/",
        "http://8.8.8.010/",
        "http://exa mple.org/",
        "http://example.org:99999/",
        "http://[::1/",
        "http://\ud800.org/",
        "",
    ],
)
def test_urls_that_are_refused_before_anything_is_looked_up(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lookups = names_are(monkeypatch, "8.8.8.8")

    with pytest.raises(Refused):
        fetch(url)

    assert lookups == []


def names_are(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Let every name have these addresses; the list of names asked for fills up."""
    asked: list[str] = []

    def lookup(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        if host in addresses:  # the connection itself asks again, by number: no name is looked up
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            return [(family, socket.SOCK_STREAM, 6, "", (host, port))]
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (at, port)) for at in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return asked


def test_a_name_with_one_private_address_among_public_ones_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names_are(monkeypatch, "8.8.8.8", "127.0.0.1")

    with pytest.raises(Refused, match="not on the public internet"):
        fetch("http://rebind.example/")


def test_a_name_is_looked_up_once_and_that_address_is_used(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(says(b"ciao"))
    lookups = names_are(monkeypatch, "127.0.0.1")

    answer = fetch(
        f"http://shop.example:{server.server_port}/a?b=c", private_ok_for={"shop.example"}
    )

    assert answer.body == b"ciao"
    assert lookups == ["shop.example"]
    assert server.requests[0].headers["Host"] == f"shop.example:{server.server_port}"
    assert server.requests[0].path == "/a?b=c"


def test_when_the_first_address_is_dead_the_next_is_tried(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(says(b"ciao"))
    names_are(monkeypatch, "::1", "127.0.0.1")

    answer = fetch(f"http://shop.example:{server.server_port}/", private_ok_for={"shop.example"})

    assert answer.body == b"ciao"


@pytest.mark.parametrize("status", [300, 301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(serve: Serve, status: int) -> None:
    canary = serve(says(b"inside"))
    server = serve(says(b"", status, Location=canary.url))

    with pytest.raises(Refused, match="redirect"):
        here(server)

    assert canary.requests == []


def test_a_post_arrives_as_it_was_sent_without_a_foreign_host(serve: Serve) -> None:
    seen: list[bytes] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.rfile.read(int(handler.headers["Content-Length"])))
        says(b"done", 201, X_Id="7")(handler)

    server = serve(answer)
    done = fetch(
        server.url,
        method="POST",
        headers={"Host": "evil.example", "X-Signature": "abc"},
        content=b"{}",
        private_ok_for=HERE,
    )

    assert (done.status, done.headers["x-id"], done.body) == (201, "7", b"done")
    assert seen == [b"{}"]
    assert server.requests[0].headers["Host"].startswith("127.0.0.1")
    assert server.requests[0].headers["X-Signature"] == "abc"


def test_a_header_with_a_line_break_is_refused(serve: Serve) -> None:
    server = serve(says(b""))

    with pytest.raises(Refused):
        fetch(server.url, headers={"X-A": "a\r\nX-B: b"}, private_ok_for=HERE)

    assert server.requests == []


def test_errors_of_the_other_side_are_answers(serve: Serve) -> None:
    assert here(serve(says(b"no", 404))).status == 404
    assert here(serve(says(b"", 304))).status == 304


def test_more_than_allowed_is_refused_stated_or_not(serve: Serve) -> None:
    def unstated(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"x" * 1001)

    for server in (serve(says(b"x" * 1001)), serve(unstated)):
        with pytest.raises(Refused, match="larger than 1000 bytes"):
            here(server)
    assert here(serve(says(b"x" * 1000))).body == b"x" * 1000


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(b"0" * 10**8), zlib.compress(b"0" * 10**8)],
    ids=["gzip", "zlib"],
)
def test_a_bomb_is_refused_before_it_bursts(serve: Serve, packed: bytes) -> None:
    encoding = "gzip" if packed[:2] == b"\x1f\x8b" else "deflate"
    server = serve(says(packed, Content_Encoding=encoding))

    with pytest.raises(Refused, match="larger than 200000 bytes"):
        here(server, size=200_000)


def test_a_compressed_answer_is_unpacked(serve: Serve) -> None:
    server = serve(says(gzip.compress(b"ciao" * 200), Content_Encoding="gzip"))

    assert here(server).body == b"ciao" * 200


def test_a_compressed_answer_that_breaks_off_is_not_taken_for_whole(serve: Serve) -> None:
    server = serve(says(gzip.compress(b"ciao" * 200)[:-4], Content_Encoding="gzip"))

    with pytest.raises(FetchFailed, match="breaks off"):
        here(server)


def test_an_encoding_that_was_not_asked_for_is_refused(serve: Serve) -> None:
    with pytest.raises(Refused, match="'br'"):
        here(serve(says(b"x", Content_Encoding="br")))


def dripping_body(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    drip(handler, b"x")


def dripping_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
    drip(handler, b"X-A: b\r\n")


def silence(handler: BaseHTTPRequestHandler) -> None:
    handler.rfile.read(1)  # until whoever asked has gone


def drip(handler: BaseHTTPRequestHandler, drop: bytes) -> None:
    try:
        for _ in range(DRIPS * 20):
            handler.wfile.write(drop)
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass  # it was cut, as it should be


@pytest.mark.parametrize("slow", [dripping_body, dripping_headers, silence])
def test_a_server_that_only_drips_is_left_at_the_deadline(serve: Serve, slow: Answer) -> None:
    server = serve(slow)
    began = time.monotonic()

    with pytest.raises(FetchFailed, match="took too long"):
        here(server, seconds=0.4)

    assert time.monotonic() - began < DRIPS / 2


def test_nobody_there_is_a_failure_that_may_pass() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]

    with pytest.raises(FetchFailed, match="cannot be reached"):
        fetch(f"http://127.0.0.1:{port}/", private_ok_for=HERE)


def test_a_server_that_speaks_something_else_is_a_failure(serve: Serve) -> None:
    def smtp(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"220 mail.example ESMTP\r\n")

    server = serve(smtp)

    with pytest.raises(FetchFailed):
        here(server)
