"""Where in a text the words of a rule stand, so that people see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ascolto.listening.policy.folding import EDGE, SPELLINGS, fold
from ascolto.listening.policy.terms import term_of

AROUND = 90  # characters on each side of the first word that was found


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `marked` if it is one of the words looked for."""

    text: str
    marked: bool = False


def spans(text: str, terms: Iterable[str]) -> list[tuple[int, int]]:
    """Where the terms stand in `text`, in order, none inside another."""
    folded, origins = _folded_with_origins(text)
    found = set()
    for written in terms:
        if not fold(written).strip(b" #@"):
            continue
        for begin, end in term_of(written).spans(folded):
            inside = [at for at in range(begin, end) if folded[at : at + 1] != b" "]
            if inside:
                found.add((origins[inside[0]], origins[inside[-1]] + 1))
    kept: list[tuple[int, int]] = []
    for begin, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or begin >= kept[-1][1]:
            kept.append((begin, end))
    return kept


def marked(text: str, terms: Iterable[str]) -> list[Piece]:
    """The whole text in pieces."""
    pieces, at = [], 0
    for begin, end in spans(text, terms):
        pieces += [Piece(text[at:begin]), Piece(text[begin:end], marked=True)]
        at = end
    return [piece for piece in [*pieces, Piece(text[at:])] if piece.text]


def snippet(text: str, terms: Sequence[str]) -> list[Piece]:
    """The part of a long text around the first word that was found, in pieces."""
    flat = " ".join(text.split())
    first = next(iter(spans(flat, terms)), (0, 0))
    begin, end = max(0, first[0] - AROUND), first[1] + AROUND
    if begin:
        begin = flat.find(" ", begin) + 1 or begin
    if end < len(flat):
        end = max(flat.rfind(" ", begin, end), first[1])
    shown = flat[begin:end]
    return marked(f"{'…' if begin else ''}{shown}{'…' if end < len(flat) else ''}", terms)


def _folded_with_origins(text: str) -> tuple[bytes, list[int]]:
    """The folded text, and for each byte of it the character it comes from."""
    parts, origins = [EDGE], [0] * len(EDGE)
    for at, char in enumerate(text):
        spelled = b" " if char == "\x7f" else SPELLINGS[char]
        spelled = spelled.replace(b"#", b" # ").replace(b"@", b" @ ")
        parts.append(spelled)
        origins += [at] * len(spelled)
    return b"".join([*parts, b" "]), [*origins, max(0, len(text) - 1)]
