"""What a Bluesky channel is told: our account, its server, and the stream to listen to."""

from dataclasses import dataclass, field
from typing import Literal

from ascolto.channels.told import BadSettings, Told

SERVICE = "https://bsky.social"
JETSTREAM = "wss://jetstream2.us-east.bsky.network"
Stream = Literal["JETSTREAM", "REPOS"]


@dataclass(frozen=True, slots=True)
class BlueskySettings:
    """`stream` is Jetstream's JSON for everybody's words, or one server's own repositories."""

    service: str
    handle: str
    password: str = field(repr=False)
    stream: Stream
    stream_url: str
    reposts: bool
    search: tuple[str, ...]


def bluesky_settings(told: Told) -> BlueskySettings:
    """settings: `handle`; `service` (https://bsky.social), `stream` ("JETSTREAM" or "REPOS"),
    `stream_url` (wss://…), `reposts` (true), `search` (words looked for when the stream no longer
    has what was missed). secret: `app_password`. Raises `BadSettings`.
    """
    told.only("handle", "service", "stream", "stream_url", "reposts", "search")
    service = told.url("service", SERVICE)
    stream = told.choice("stream", "JETSTREAM", frozenset({"JETSTREAM", "REPOS"}))
    usual = JETSTREAM if stream == "JETSTREAM" else service.replace("http", "ws", 1)
    stream_url = told.text("stream_url", usual).rstrip("/")
    if not stream_url.startswith(("wss://", "ws://")):
        raise BadSettings("stream_url deve cominciare con wss://")
    return BlueskySettings(
        service=service,
        handle=told.text("handle").removeprefix("@"),
        password=told.secret("app_password"),
        stream="JETSTREAM" if stream == "JETSTREAM" else "REPOS",
        stream_url=stream_url,
        reposts=told.flag("reposts", default=True),
        search=told.words("search"),
    )
