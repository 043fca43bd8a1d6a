"""`ascolto listen --stdin`: posts in, matches out, with neither a database nor Django."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import msgspec

from ascolto.kit.environment import BadSetting
from ascolto.listening.matching import Hit, Matcher, Watch
from ascolto.listening.policy.folding import places
from ascolto.listening.policy.rules import BadRule, Rule, rule_from

PORTION = 64 * 1024  # bytes asked for at once: what a pipe holds; much more leaves the cache
BAD_LINES = 65  # EX_DATAERR of sysexits.h
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Words(msgspec.Struct, gc=False):
    """What is decoded of a post when no rule asks for more: all else is skipped unread."""

    id: str | int
    text: str = ""


class WordsOfSomebody(Words, gc=False):
    lang: str | None = None
    author: str | None = None


class Monitors:
    """The rules of FILE: `[{"name", "any": [terms], "none": [terms]}]`, and all of `rules.Rule`."""

    def __init__(self, names: list[str], rules: list[Rule]) -> None:
        self.names = names
        self.needs_more = any(rule.languages or rule.authors or rule.not_authors for rule in rules)
        self.matcher = Matcher(Watch(at, rule) for at, rule in enumerate(rules))

    @classmethod
    def of_file(cls, path: str) -> "Monitors":
        """Raises `BadSetting` with what is wrong in a sentence."""
        try:
            written = msgspec.json.decode(Path(path).read_bytes().removeprefix(BYTE_ORDER_MARK))
        except OSError as problem:
            raise BadSetting(f"{path} cannot be read: {problem.strerror}") from None
        except msgspec.DecodeError as problem:
            raise BadSetting(f"{path} is no JSON: {problem}") from None
        if not isinstance(written, list):
            raise BadSetting(f"{path} holds no list of monitors")
        pairs = [_monitor(path, number, one) for number, one in enumerate(written, 1)]
        return cls([name for name, _ in pairs], [rule for _, rule in pairs])


def _monitor(path: str, number: int, written: Any) -> tuple[str, Rule]:
    if not isinstance(written, dict) or not isinstance(written.get("name"), str):
        raise BadSetting(f"{path}: monitor {number} has no name")
    try:
        return written["name"], rule_from(written)
    except BadRule as problem:
        raise BadSetting(f"{path}: monitor {written['name']}: {problem}") from None


def _who(posts: Sequence[Words]) -> Callable[[int], tuple[str, str]]:
    """Language and author of a post by its number."""

    def who(at: int) -> tuple[str, str]:
        post = posts[at]
        if isinstance(post, WordsOfSomebody):
            return post.lang or "", post.author or ""
        return "", ""

    return who


class Filter:
    """Decodes posts line by line, in the portions in which they come, and says who wants them."""

    def __init__(self, monitors: Monitors, complaints: TextIO) -> None:
        shape = WordsOfSomebody if monitors.needs_more else Words
        self._decoder = msgspec.json.Decoder(shape)
        self._encoder = msgspec.json.Encoder()
        self._monitors = monitors
        self._complaints = complaints
        self._lines = 0
        self.bad = 0

    def matches(self, portion: bytes) -> bytes:
        """What is to be said of these lines; `portion` ends at the end of a line."""
        posts = self._posts(portion)
        wanted = self._monitors.matcher.match_many(
            [post.text for post in posts], _who(posts) if self._monitors.needs_more else None
        )
        self._lines += len(places(portion, b"\n"))
        return b"".join([self._line(posts[at], hits) for at, hits in wanted])

    def _line(self, post: Words, hits: list[Hit]) -> bytes:
        names = [self._monitors.names[hit.monitor] for hit in hits]
        return self._encoder.encode({"id": post.id, "monitors": names}) + b"\n"

    def _posts(self, portion: bytes) -> list[Words]:
        try:
            return self._decoder.decode_lines(portion)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return list(self._one_by_one(portion))

    def _one_by_one(self, portion: bytes) -> Iterator[Words]:
        for number, line in enumerate(portion.split(b"\n"), self._lines + 1):
            if not line.strip():
                continue
            try:
                yield self._decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as problem:
                self.bad += 1
                print(f"line {number}: {problem}", file=self._complaints, flush=True)


def run(path: str, *, posts: BinaryIO | None = None, matches: BinaryIO | None = None) -> int:
    """Read posts until they end. 65 if there were lines that are no posts; they are told each.

    What a portion brings is answered before the next is waited for.
    """
    monitors = Monitors.of_file(path)
    source, out = posts or sys.stdin.buffer, matches or sys.stdout.buffer
    sieve = Filter(monitors, sys.stderr)
    try:
        for portion in _portions(source.fileno()):
            said = sieve.matches(portion)
            if said:
                out.write(said)
                out.flush()
    except BrokenPipeError:  # nobody reads any more
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
    return BAD_LINES if sieve.bad else 0


def _portions(descriptor: int) -> Iterator[bytes]:
    """Whole lines, as many as there are at a time."""
    begun: list[bytes] = []
    first = True
    while came := os.read(descriptor, PORTION):
        if first:
            came, first = came.removeprefix(BYTE_ORDER_MARK), False
        lines, newline, rest = came.rpartition(b"\n")
        if not newline:
            begun.append(came)
            continue
        yield b"".join([*begun, lines, newline])
        begun = [rest]
    if any(begun):
        yield b"".join(begun)
