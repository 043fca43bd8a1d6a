"""Between a source and the real server: a wire that can be cut, and Jetstream's own words.

Nobody publishes a Jetstream server to install. So this one reads the real server's stream of
repositories and says the same as Jetstream would, by its documentation.
"""

import json
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import libipld
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect
from websockets.sync.server import Server, ServerConnection, serve


@dataclass
class Stream:
    """Speaks as Jetstream, or passes the real stream on; `cut` closes it until `mend`."""

    upstream: str  # ws://…
    as_jetstream: bool
    forgotten_before: int = 0  # microseconds: what is older it no longer has
    cut_off: bool = False
    _open: set[ServerConnection] = field(default_factory=set)
    _server: Server | None = None

    def start(self) -> str:
        self._server = serve(self._serve, "127.0.0.1", 0)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}"

    def stop(self) -> None:
        self.cut()
        if self._server is not None:
            self._server.shutdown()

    def cut(self) -> None:
        self.cut_off = True
        for one in list(self._open):
            with suppress(OSError):
                one.socket.shutdown(2)

    def mend(self) -> None:
        self.cut_off = False

    def _serve(self, client: ServerConnection) -> None:
        if self.cut_off:
            return
        self._open.add(client)
        asked = parse_qs(urlsplit(client.request.path if client.request else "").query)
        cursor = int(asked["cursor"][0]) if "cursor" in asked else 0
        place = "0" if self.as_jetstream else str(cursor)
        address = f"{self.upstream}/xrpc/com.atproto.sync.subscribeRepos?cursor={place}"
        try:
            # Full of what nobody reads any more, it would answer no farewell.
            with connect(address, proxy=None, close_timeout=0.1) as source:
                while not self.cut_off:
                    with suppress(TimeoutError):
                        self._pass_on(source.recv(timeout=0.1), client, asked, cursor)
        except (WebSocketException, OSError):
            pass
        finally:
            self._open.discard(client)

    def _pass_on(
        self, frame: str | bytes, client: ServerConnection, asked: dict[str, Any], cursor: int
    ) -> None:
        if not self.as_jetstream:
            client.send(frame)
            return
        assert isinstance(frame, bytes)
        for said in _jetstream(frame, asked.get("wantedCollections", [])):
            if said["time_us"] > max(cursor, self.forgotten_before):
                client.send(json.dumps(said))


def _jetstream(frame: bytes, collections: list[str]) -> list[dict[str, Any]]:
    header, body = libipld.decode_dag_cbor_multi(frame)
    if header.get("t") != "#commit":
        return []
    micros = int(datetime.fromisoformat(body["time"]).timestamp() * 1_000_000) + body["seq"] % 1000
    _, blocks = libipld.decode_car(body["blocks"])
    said = []
    for op in body["ops"]:
        collection, _, rkey = op["path"].partition("/")
        if collections and collection not in collections:
            continue
        commit = {
            "rev": body["rev"], "operation": op["action"], "collection": collection, "rkey": rkey,
        }  # fmt: skip
        if op["cid"]:
            commit |= {"record": blocks[op["cid"]], "cid": libipld.encode_cid(op["cid"])}
        said.append({"did": body["repo"], "time_us": micros, "kind": "commit", "commit": commit})
    return said
