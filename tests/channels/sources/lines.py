"""The plainest source there is: the lines of a file, read from the line where one left off."""

import time
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from ascolto.channels.models import Channel
from ascolto.channels.ports import Caught, Ear, Heard, NotLetIn, Post, Source, SourceTrouble
from ascolto.channels.registry import STREAM_SILENCE, register, register_source
from ascolto.people.policy import Sender

AT_ONCE = 7
PAUSE = 0.01  # seconds


class LineReader:
    def read(self, raw: bytes) -> Heard:
        text = raw.decode()
        return Heard(
            kind="POST",
            sender=Sender("HANDLE", "lines:giulia", "Giulia"),
            text=text,
            public=True,
            post=Post(key=f"lines:{text}"),
        )


@dataclass(frozen=True, slots=True)
class LineSource:
    """Implements `ports.Source`. The file is "away" when it is not there."""

    file: Path
    pause: float = PAUSE

    def listen(self, ear: Ear, stop: Event) -> None:
        at = int(ear.cursor().get("line", 0))
        while not stop.is_set():
            fresh = self._lines()[at : at + AT_ONCE]
            if fresh:
                names = range(at, at + len(fresh))
                at += len(fresh)
                caught = [
                    Caught(line.encode(), f"line-{name:04}")
                    for name, line in zip(names, fresh, strict=True)
                ]
                ear.keep(caught, {"line": at})
            else:
                ear.caught_up(found=at)
                ear.well()
            time.sleep(self.pause)

    def check(self) -> str:
        return f"{len(self._lines())} lines"

    def _lines(self) -> list[str]:
        try:
            text = self.file.read_text()
        except FileNotFoundError:
            raise SourceTrouble("il file non c’è") from None
        if text.startswith("locked"):
            raise NotLetIn("il file è chiuso a chiave")
        return text.splitlines()


def line_source(channel: Channel) -> Source:
    given = channel.settings
    return LineSource(Path(given["file"]), given.get("pause", PAUSE))


def serve(kind: str = Channel.Kind.FEED) -> None:
    """Serve channels of this kind with lines of files."""
    register(kind, reader=LineReader)
    register_source(kind, source=line_source, silence=STREAM_SILENCE)
