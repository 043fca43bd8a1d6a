"""Posts a second through `ascolto listen --stdin`, beside decoding them and nothing else.

Five thousand terms in fifty monitors; posts of a kilobyte of JSON. Twice: as networks send them (a
third of it words, the rest who wrote it and where), and with nearly nothing but words. How many are
wanted is printed: some of the terms are words that people say now and then. Both programs read the
same file by the same means, as processes; what is counted is their processor time without that of
starting.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

POSTS = 60_000
MONITORS, TERMS = 50, 5_000
ROUNDS = 3
CHANCE = random.Random(20260309)  # noqa: S311 # the same posts in every run
SYLLABLES = tuple(
    "ca sa fi bra te le fo nia con tro me ri pa ga re per ché più so lo an do gra".split(" ")  # noqa: SIM905 # read as one line
)
# The limit: only what is needed, typed, line by line, and dropped.
DECODE = """
import sys, msgspec
class Post(msgspec.Struct):
    id: str | int
    text: str = ""
decode = msgspec.json.Decoder(Post).decode
for line in sys.stdin.buffer:
    decode(line)
"""


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        words = _words()
        monitors = Path(folder) / "monitors.json"
        monitors.write_text(json.dumps(_monitors(words)))
        for about, size in (("a third of it words", 350), ("nearly all words", 800)):
            posts = Path(folder) / "posts.jsonl"
            _write(posts, words, size)
            report(about, posts, monitors)


def report(about: str, posts: Path, monitors: Path) -> None:
    ours = [sys.executable, "-m", "ascolto.config.cli", "listen", "--stdin", "--monitors"]
    pairs = [
        (
            _seconds([sys.executable, "-c", DECODE], posts),
            _seconds([*ours, str(monitors)], posts),
        )
        for _ in range(ROUNDS)
    ]
    decoding, listening = (min(pair[at] for pair in pairs) for at in (0, 1))
    size, wanted = posts.stat().st_size / POSTS, _wanted([*ours, str(monitors)], posts) / POSTS
    print(
        f"{POSTS:,} posts of {size:.0f} bytes, {about}, {wanted:.0%} wanted;"
        f" {TERMS:,} terms, {MONITORS} monitors"
    )
    print(f"  decoding alone     {POSTS / decoding:>10,.0f} posts/s of one core")
    print(f"  ascolto listen     {POSTS / listening:>10,.0f} posts/s of one core")
    print(f"  ratio              {decoding / listening:>10.2f}")


def _seconds(command: list[str], posts: Path) -> float:
    """Processor seconds for all posts, less those for none."""
    nothing = Path("/dev/null")
    return _spent(command, posts) - _spent(command, nothing)


def _wanted(command: list[str], posts: Path) -> int:
    with posts.open("rb") as source:
        said = subprocess.run(command, stdin=source, stdout=subprocess.PIPE, check=True)  # noqa: S603 # our own
    return said.stdout.count(b"\n")


def _spent(command: list[str], given: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with given.open("rb") as source:
        subprocess.run(command, stdin=source, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 # our own
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _words() -> list[str]:
    """Twenty thousand invented words, the first of them said most often."""
    return list(dict.fromkeys(_word(CHANCE.randint(1, 4)) for _ in range(24_000)))[:20_000]


def _word(syllables: int) -> str:
    return "".join(CHANCE.choice(SYLLABLES) for _ in range(syllables))


def _monitors(words: list[str]) -> list[dict[str, object]]:
    """Names that nobody says, and some words that are said now and then."""
    said = set(words)
    names = {f"{_word(CHANCE.randint(2, 4))}{CHANCE.choice('xkwy')}o" for _ in range(TERMS * 2)}
    terms = [*sorted(names - said)[: TERMS - 40], *words[3_000:5_000:50]]
    CHANCE.shuffle(terms)
    return [
        {"name": f"m{at}", "any": terms[at::MONITORS], "none": ["concorso"]}
        for at in range(MONITORS)
    ]


def _write(file: Path, words: list[str], size: int) -> None:
    with file.open("w") as out:
        for number, text in enumerate(_texts(words, size)):
            post = {
                "id": f"at://did:plc:{number:024}/app.bsky.feed.post/{number}",
                "text": text,
                "lang": "it",
                "author": f"@utente{number % 999}.example",
                "url": f"https://social.example/@utente{number % 999}/{number}",
                "created_at": "2026-03-09T08:00:00Z",
            }
            if size < 800:  # who wrote it, as networks say it
                post |= {"avatar": "https://cdn.example/" + "a" * 180, "about": "b" * 160}
            out.write(json.dumps(post, ensure_ascii=False) + "\n")


def _texts(words: list[str], size: int) -> Iterator[str]:
    weights = [1 / (rank + 3) for rank in range(len(words))]
    drawn = CHANCE.choices(words, weights, k=400_000)
    for number in range(POSTS):
        at = CHANCE.randrange(len(drawn) - size)
        text = " ".join(drawn[at : at + size // 4])[:size]
        yield text + (" 😀" if number % 5 == 0 else "")
