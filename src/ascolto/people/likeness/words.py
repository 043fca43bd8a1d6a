"""What a writer's own words give away of him: numbers, addresses, a name under them. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import phonenumbers

from ascolto.people.policy import ADDRESS, normal_form

LOOKED_AT = 20_000  # characters of one text
MOST = 20  # numbers or addresses of each sort
CLOSING = 6  # lines at the end, in which people sign
# An order, a contract, an invoice: letters and figures in one piece, with five figures at least.
_NUMBER = re.compile(r"(?<![\w@.+-])[A-Za-z]{0,6}[-/]?\d[\w/-]{3,24}(?![\w@])")
FIGURES = 5  # fewer name nothing for good
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")


@dataclass(frozen=True, slots=True)
class Clues:
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()  # of orders, contracts, invoices
    closing: tuple[str, ...] = ()  # the last lines


NOTHING = Clues()


def folded(text: str) -> str:
    """Without case, accents and punctuation: "D’Ambrósio" is "d ambrosio"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(
        letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter)
    )
    return " ".join(kept.split())


def mentions(line: str, name: str) -> bool:
    """Whether a line says this name, in whole words and in whatever order."""
    words = set(folded(line).split())
    return all(word in words for word in folded(name).split())


def clues_in(texts: Iterable[str], *, region: str = "IT") -> Clues:
    """All that these texts of one writer give away."""
    phones: set[str] = set()
    emails: set[str] = set()
    numbers: set[str] = set()
    closing: list[str] = []
    for whole in texts:
        text = whole[:LOOKED_AT]
        said = phones_in(text, region=region)
        phones |= said
        emails |= emails_in(text)
        numbers |= {one for one in numbers_in(text) if not any(p.endswith(one[-8:]) for p in said)}
        lines = [ADDRESS.sub(" ", line).strip()[:80] for line in text.splitlines()]
        closing += [line for line in lines if line][-CLOSING:]
    return Clues(_few(phones), _few(emails), _few(numbers), tuple(dict.fromkeys(closing))[:MOST])


def phones_in(text: str, *, region: str = "IT") -> set[str]:
    matcher = phonenumbers.PhoneNumberMatcher(text, region, max_tries=200)
    shape = phonenumbers.PhoneNumberFormat.E164
    return {str(phonenumbers.format_number(found.number, shape)) for found in matcher}


def emails_in(text: str) -> set[str]:
    found = (one[0].strip(".'()[]{}") for one in ADDRESS.finditer(text))
    return {normal for one in found if (normal := normal_form("EMAIL", one))}


def numbers_in(text: str) -> set[str]:
    """Numbers that name one order, contract or invoice, in capitals and without what parts them."""
    pieces = {found[0] for found in _NUMBER.finditer(text) if not _DATE.fullmatch(found[0])}
    return {
        re.sub(r"[^A-Z0-9]", "", one.upper())
        for one in pieces
        if sum(letter.isdigit() for letter in one) >= FIGURES
    }


def _few(found: set[str]) -> frozenset[str]:
    return frozenset(sorted(found)[:MOST])
