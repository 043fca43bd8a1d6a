"""Personal data out of a text, and back again: names, addresses, numbers become signs. Pure."""

import re
from collections.abc import Mapping, Sequence

_FOUND: Sequence[tuple[str, re.Pattern[str]]] = (
    ("email", re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")),
    ("indirizzo", re.compile(r"(?:https?://|www\.)[^\s<>\"']+")),
    ("iban", re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,4})?\b")),
    (
        "codice fiscale",
        re.compile(
            r"\b[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPR-T][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]\b",
            re.IGNORECASE,
        ),
    ),
    ("carta", re.compile(r"\b(?:\d[ -]?){13,19}\b")),
    # A day ("12/03/2026") is none.
    (
        "telefono",
        re.compile(
            r"(?<![\w.,/-])(?!\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?![\d/]))"
            r"(?:\+|00)?\d[\d ./-]{6,16}\d(?![\w/-])"
        ),
    ),
    # An order, a contract, a bill: letters and digits together, or at least five digits.
    ("numero", re.compile(r"\b(?=[\w/-]*\d{3})(?:[A-Za-z]{1,4}[-/ ]?\d[\w/-]{2,}|\d{5,})\b")),
)
_SIGN = re.compile(r"\[([a-z ]+?) (\d+)\]")
SHORTEST_NAME = 3


class Mask:
    """One for everything that leaves together: the same value has the same sign in each text."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        """`names` of people in these texts; their parts are found alone, too."""
        self._signs: dict[tuple[str, str], str] = {}
        self._many: dict[str, int] = {}
        self._names = _any_of(names)

    def over(self, text: str) -> str:
        """The text with signs in the place of what tells who somebody is."""
        for kind, pattern in _FOUND:
            text = self._covered(kind, pattern, text)
        return text if self._names is None else self._covered("nome", self._names, text)

    @property
    def behind(self) -> Mapping[str, str]:
        return {sign: value for (_, value), sign in self._signs.items()}

    def lifted(self, text: str) -> str:
        """The text with what stood behind the signs; a sign that was made up stays as it is."""
        behind = self.behind
        return _SIGN.sub(lambda found: behind.get(found[0], found[0]), text)

    def _covered(self, kind: str, pattern: re.Pattern[str], text: str) -> str:
        return pattern.sub(lambda found: self._sign(kind, found[0]), text)

    def _sign(self, kind: str, value: str) -> str:
        if _SIGN.fullmatch(value):
            return value
        known = self._signs.get((kind, value))
        if known is None:
            self._many[kind] = self._many.get(kind, 0) + 1
            known = self._signs[kind, value] = f"[{kind} {self._many[kind]}]"
        return known


def without_people(text: str, *, names: Mapping[str, str]) -> str:
    """An earlier answer to be said again: names of then become those of now, the rest dots.

    `names`: whole names of then, each with the name that stands there now ("" for none).
    """
    text = _renamed(text, names)
    for kind, pattern in _FOUND:
        if kind != "indirizzo":  # a link of ours helped then, and helps now
            text = pattern.sub(f"[{kind}]", text)
    return text


def has_signs(text: str) -> bool:
    """Whether a text still has a place that somebody must fill in."""
    kinds = "|".join(re.escape(kind) for kind, _ in _FOUND)
    return re.search(rf"\[(?:{kinds}|nome)(?: \d+)?\]", text) is not None


def _renamed(text: str, names: Mapping[str, str]) -> str:
    pairs: dict[str, str] = {}
    for then, now in names.items():
        old, new = then.split(), now.split()
        if not old:
            continue
        pairs[then] = now or "[nome]"
        for part, instead in ((old[0], new[:1]), (old[-1], new[-1:])):
            if len(part) >= SHORTEST_NAME:
                pairs.setdefault(part, instead[0] if instead else "[nome]")
    wanted = _any_of(list(pairs), parts=False)
    if wanted is None:
        return text
    lower = {name.casefold(): now for name, now in pairs.items()}
    return wanted.sub(lambda found: lower.get(found[0].casefold(), "[nome]"), text)


def _any_of(names: Sequence[str], *, parts: bool = True) -> re.Pattern[str] | None:
    """Whole names before their parts; None if there is none."""
    known = {name.strip() for name in names if name.strip()}
    if parts:
        known |= {part for name in known for part in name.split() if len(part) >= SHORTEST_NAME}
    if not known:
        return None
    longest_first = sorted(known, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)
