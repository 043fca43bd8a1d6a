"""Terms of a rule, ready to be looked for in folded text."""

import re
from dataclasses import dataclass

from ascolto.listening.policy.folding import WORD, fold

SIGNS = (b"#", b"@")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase, ready to be looked for."""

    anchor: bytes  # " word " or " # word ": its longest, as it stands in folded text
    whole: "re.Pattern[bytes] | None"  # None: the anchor alone is the term

    @property
    def word(self) -> bytes:
        """What the lexicon knows it by; whether a sign is before it, the whole says."""
        return self.anchor.split()[-1]

    def spans(self, folded: bytes) -> list[tuple[int, int]]:
        """Where it stands, with the spaces around it."""
        pattern = self.whole or re.compile(re.escape(self.anchor))
        found, at = [], 0
        while match := pattern.search(folded, at):
            found.append(match.span())
            at = match.end() - 1  # the space after one word is the space before the next
        return found


def tokens_of(folded: bytes) -> list[bytes]:
    """Words in their order; one with a sign of its own is written with it (`#fibra`)."""
    found = []
    for match in WORD.finditer(folded):
        at = match.start()
        # A sign that follows a word at once is part of an address, not a handle.
        signed = folded[at - 2 : at - 1] in SIGNS and not WORD.match(folded, at - 4, at - 3)
        found.append(folded[at - 2 : at - 1] + match[0] if signed else match[0])
    return found


def term_of(written: str) -> Term:
    tokens = tokens_of(fold(written))
    anchor = max(tokens, key=len)
    if len(tokens) == 1 and anchor[:1] not in SIGNS:
        return Term(_spaced(anchor), None)
    between = rb"[ #@]+"
    whole = re.compile(
        between.join(
            rb"(?<=[ #@])" + re.escape(_spaced(token).rstrip())
            if token[:1] in SIGNS
            else rb"(?<=[ ])" + re.escape(token)
            for token in tokens
        )
        + b" "
    )
    return Term(_spaced(anchor), whole)


def _spaced(token: bytes) -> bytes:
    if token[:1] in SIGNS:
        return b" " + token[:1] + b" " + token[1:] + b" "
    return b" " + token + b" "
