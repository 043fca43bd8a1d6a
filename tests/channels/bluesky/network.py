"""A real AT Protocol network on loopback: a data server and its directory, run by Node.

Its packages are installed once, into `ASCOLTO_ATPROTO` or a folder of the user's cache: some
minutes. Where there is no npm these tests are skipped; where all is demanded that is a failure.
"""

import json
import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.ports import free_port

HERE = Path(__file__).parent
PASSWORD = "parola-di-prova"  # noqa: S105 # of accounts that live for a minute
A_DAY = 24 * 3600 * 1000


def packages() -> Path:
    """The folder with the server's packages, installed if need be."""
    folder = Path(os.environ.get("ASCOLTO_ATPROTO") or Path.home() / ".cache/ascolto/atproto")
    installed = (folder / "node_modules/@atproto/dev-env/package.json").exists()
    npm = shutil.which("npm")
    if installed and shutil.which("node"):
        return folder
    if npm is None or shutil.which("node") is None:
        demanded = {"CI", "ASCOLTO_CORPORA"} & os.environ.keys()
        assert not demanded, "npm is missing, and the tests of Bluesky need it"
        pytest.skip("npm is not installed: no AT Protocol server to test against")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "package.json", folder)
    told = dict(os.environ)
    if Path("/usr/include/node/node.h").exists():
        told["npm_config_nodedir"] = "/usr"  # headers of the system's Node, none to be fetched
    command = [npm, "install", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(  # noqa: S603 # npm, with our own list
        command, cwd=folder, env=told, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, f"npm could not install the server: {done.stderr[-2000:]}"
    return folder


@dataclass
class Person:
    """An account, and the plainest client there is."""

    network: "Network"
    handle: str
    did: str
    token: str

    def post(self, text: str, **record: Any) -> dict[str, str]:
        """Returns {uri, cid}."""
        return self.create("app.bsky.feed.post", text=text, **record)

    def create(self, collection: str, **record: Any) -> dict[str, str]:
        now = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
        body = {"$type": collection, "createdAt": now, **record}
        made = self.call("com.atproto.repo.createRecord", collection=collection, record=body)
        return {"uri": made["uri"], "cid": made["cid"]}

    def delete(self, uri: str) -> None:
        collection, rkey = uri.split("/")[3:]
        self.call("com.atproto.repo.deleteRecord", collection=collection, rkey=rkey)

    def change(self, uri: str, text: str) -> None:
        collection, rkey = uri.split("/")[3:]
        record = {"$type": collection, "text": text, "createdAt": "2026-03-04T11:00:00.000Z"}
        self.call("com.atproto.repo.putRecord", collection=collection, rkey=rkey, record=record)

    def records(self, collection: str = "app.bsky.feed.post") -> list[dict[str, Any]]:
        asked: dict[str, str | int] = {"repo": self.did, "collection": collection, "limit": 100}
        found = httpx.get(f"{self.network.url}/xrpc/com.atproto.repo.listRecords", params=asked)
        return list(found.json()["records"])

    def call(self, method: str, **body: Any) -> dict[str, Any]:
        answer = httpx.post(
            f"{self.network.url}/xrpc/{method}",
            json={"repo": self.did, **body},
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=30,
        )
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


@dataclass
class Network:
    """Started anew it is another network: it keeps nothing."""

    kept_ms: int = A_DAY
    port: int = 0
    people: dict[str, Person] = field(default_factory=dict)
    _process: "subprocess.Popen[bytes] | None" = None
    _files: "tempfile.TemporaryDirectory[str] | None" = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        folder = packages()
        self.port = self.port or free_port()
        self._files = tempfile.TemporaryDirectory(prefix="at-")  # its databases, gone with it
        self._process = subprocess.Popen(  # noqa: S603 # our own script
            [shutil.which("node") or "node", str(HERE / "network.cjs"), str(folder),
             str(self.port), str(self.kept_ms)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": self._files.name},
        )  # fmt: skip
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the AT Protocol server did not start"
        assert json.loads(line)["url"] == self.url

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
        if self._files is not None:
            self._files.cleanup()

    def person(self, name: str) -> Person:
        """The account of somebody, made when first asked for."""
        if name not in self.people:
            body = {
                "handle": f"{name}.test", "email": f"{name}@example.org", "password": PASSWORD
            }  # fmt: skip
            made = httpx.post(
                f"{self.url}/xrpc/com.atproto.server.createAccount", json=body, timeout=60
            )
            assert made.status_code == 200, made.text
            told = made.json()
            self.people[name] = Person(self, told["handle"], told["did"], told["accessJwt"])
        return self.people[name]
