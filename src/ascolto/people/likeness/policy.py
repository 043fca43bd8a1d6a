"""How much speaks for two records being one person. Pure; every weight can be read and argued.

The score is the plain sum of the weights, at most 95: a hundred would be certain, and what is
certain is no likeness.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any

from ascolto.people.handles import name_in, network_of
from ascolto.people.likeness.words import NOTHING, Clues, folded, mentions

MOST = 95
PROPOSED_FROM = 40
WEIGHTS = {
    "PHONE": 60,  # the number of one stands in the words of the other
    "EMAIL": 60,  # so does the address
    "REFERENCE": 45,  # both name the same order, contract or invoice
    "RARE_NAME": 45,  # the same name, and nobody else of all we know has it
    "NAME": 30,  # the same name, in whatever order
    "NAME_CLOSE": 15,  # a letter apart: "Ferraris", "Feraris"
    "HANDLE": 30,  # the same handle on another network, or the same word before the @
    "HANDLE_NAME": 20,  # the handle spells the name
    "SIGNATURE": 25,  # he signed with the name of the other
    "QUESTION": 30,  # the same question on two channels within minutes
}
CLOSE = 0.88  # of two names, by the longest runs of letters they share
SHORTEST_HANDLE = 7  # letters: "giulia" is half a country


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for it, as it stands on either side."""

    kind: str
    left: str
    right: str

    @property
    def weight(self) -> int:
        return WEIGHTS[self.kind]

    def turned(self) -> "Evidence":
        return Evidence(self.kind, self.right, self.left)

    def stored(self) -> dict[str, Any]:
        return {**asdict(self), "weight": self.weight}


@dataclass(frozen=True, slots=True)
class Portrait:
    """What is known of one record, as far as two can be compared by it."""

    customer_id: int
    name: str
    kind: str = "PERSON"
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    handles: frozenset[str] = frozenset()  # as looked up: "network:id" or as typed
    shown: frozenset[str] = frozenset()  # handles as people write them, with their network
    references: frozenset[str] = frozenset()
    namesakes: int = 0  # other records of exactly this name, of all we know
    clues: Clues = NOTHING  # what his own words gave away


def compare(left: Portrait, right: Portrait) -> list[Evidence]:
    """Everything that speaks for the two being one, the weightiest first.

    A person and an organisation are never one; nor are two accounts of one network for having
    nearly the same handle: there the handle tells people apart.
    """
    if left.kind != right.kind or left.customer_id == right.customer_id:
        return []
    found = [
        *_names(left, right),
        *_handles(left, right),
        *_in_words(left, right),
        *(one.turned() for one in _in_words(right, left)),
        *_references(left, right),
    ]
    return weighed(found)


def weighed(found: Iterable[Evidence]) -> list[Evidence]:
    """Of each kind the first, the weightiest first: two numbers do not prove twice as much."""
    best: dict[str, Evidence] = {}
    for one in found:
        best.setdefault(one.kind, one)
    return sorted(best.values(), key=lambda one: (-one.weight, one.kind))


def score(found: Sequence[Evidence]) -> int:
    """From 0 to 95."""
    return min(MOST, sum(one.weight for one in found))


def is_news(one: Evidence, known: Iterable[Evidence]) -> bool:
    """Whether a refusal that knew all this did not know this one yet.

    That he asks the same thing again is no news; another number is.
    """
    if one.kind == "QUESTION":
        return all(other.kind != "QUESTION" for other in known)
    sides = {folded(one.left), folded(one.right)}
    return all(
        other.kind != one.kind or {folded(other.left), folded(other.right)} != sides
        for other in known
    )


def evidence_of(stored: Iterable[dict[str, Any]]) -> list[Evidence]:
    return [
        Evidence(str(one["kind"]), str(one["left"]), str(one["right"]))
        for one in stored
        if one.get("kind") in WEIGHTS
    ]


def _names(left: Portrait, right: Portrait) -> Iterable[Evidence]:
    mine, his = sorted(folded(left.name).split()), sorted(folded(right.name).split())
    if len(mine) < 2 or len(his) < 2:  # noqa: PLR2004 # a first name alone is nobody's
        return
    if mine == his:
        rare = max(left.namesakes, right.namesakes) <= 1
        yield Evidence("RARE_NAME" if rare else "NAME", left.name, right.name)
    elif SequenceMatcher(None, " ".join(mine), " ".join(his)).ratio() >= CLOSE:
        yield Evidence("NAME_CLOSE", left.name, right.name)


def _handles(left: Portrait, right: Portrait) -> Iterable[Evidence]:
    for mine, where, name in _named(left):
        for his, elsewhere, other in _named(right):
            if name == other and (where != elsewhere or not where):
                yield Evidence("HANDLE", mine, his)
    for mine, _, name in _named(left):
        if "@" not in mine and _spells(name, right.name):
            yield Evidence("HANDLE_NAME", mine, right.name)
    for his, _, name in _named(right):
        if "@" not in his and _spells(name, left.name):
            yield Evidence("HANDLE_NAME", left.name, his)


def _named(one: Portrait) -> Iterable[tuple[str, str, str]]:
    """How he is called: as written, on which network or at which host, and in bare letters."""
    found = [(shown, network_of(shown), letters(called(shown))) for shown in sorted(one.shown)]
    for address in sorted(one.emails):
        name, _, host = address.partition("@")
        found.append((address, host, letters(name)))
    return [known for known in found if len(known[2]) >= SHORTEST_HANDLE]


def _spells(name: str, whole: str) -> bool:
    words = folded(whole).split()
    return len(words) > 1 and name in {"".join(words), "".join(reversed(words))}


def called(shown: str) -> str:
    """The name in a handle. On Bluesky it is a domain, and the end of it says nothing of him."""
    name = name_in(shown)
    if network_of(shown) != "bluesky":
        return name
    host = name.removesuffix(".bsky.social")
    return host if host != name else name.rpartition(".")[0]


def letters(name: str) -> str:
    """Its letters and figures: "giulia.ferraris" is "giulia_ferraris"."""
    return "".join(letter for letter in folded(name) if letter.isalnum())


def _in_words(writer: Portrait, other: Portrait) -> Iterable[Evidence]:
    """What the words of one say that belongs to the other."""
    for phone in sorted(writer.clues.phones & other.phones):
        yield Evidence("PHONE", phone, phone)
    for address in sorted(writer.clues.emails & other.emails):
        yield Evidence("EMAIL", address, address)
    for line in writer.clues.closing:
        if len(other.name.split()) > 1 and mentions(line, other.name):
            yield Evidence("SIGNATURE", line, other.name)


def _references(left: Portrait, right: Portrait) -> Iterable[Evidence]:
    mine = left.references | left.clues.numbers
    for number in sorted(mine & (right.references | right.clues.numbers)):
        yield Evidence("REFERENCE", number, number)
