"""What a monitor looks for, as it is stored and as people write it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ascolto.listening.policy.folding import fold

LONGEST_TERM = 120  # characters
MOST_TERMS = 5_000  # of one monitor
FURTHEST = 20  # words between two that are near
LANGUAGE = re.compile(r"[a-z]{2,3}")


class Wrong(Enum):
    """What is wrong with a rule. `words.said` of this package says it in a sentence."""

    NOT_A_RULE = "not a rule"
    NOTHING = "it looks for nothing"
    NO_LETTERS = "a term without letters"
    TOO_LONG = "a term too long"
    TOO_MANY = "too many terms"
    NEAR = "near is two words and a number"
    LANGUAGE = "no language"
    CONTRADICTION = "wanted and excluded"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and the words that it is wrong with."""

    wrong: Wrong
    about: str = ""


class BadRule(ValueError):
    """The rule cannot be used. `faults` are all the reasons."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{one.wrong.value}: {one.about}" for one in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Near:
    """Two terms with at most `between` words between them, in any order."""

    one: str
    other: str
    between: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One of `any` or of `near`, all of `all`, none of `none`; these languages and authors.

    An empty condition holds. Terms are words or phrases. A rule of authors alone wants all of
    their words.
    """

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    near: tuple[Near, ...] = ()
    languages: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()
    not_authors: frozenset[str] = frozenset()

    def terms(self) -> tuple[str, ...]:
        """What it looks for, as written: not what it excludes."""
        pairs = tuple(term for near in self.near for term in (near.one, near.other))
        return tuple(dict.fromkeys(self.any + self.all + pairs))


LISTS = ("any", "all", "none", "languages", "authors", "not_authors")


def rule_from(stored: Mapping[str, Any]) -> Rule:
    """The rule that `Monitor.rule` holds. Raises `BadRule` with everything that is wrong."""
    wrong_shape = [key for key in LISTS if not _is_texts(stored.get(key, []))]
    if wrong_shape or not isinstance(stored.get("near", []), list | tuple):
        raise BadRule([Fault(Wrong.NOT_A_RULE, ", ".join(wrong_shape or ["near"]))])
    faults: list[Fault] = []
    pairs = [_near(one, faults) for one in stored.get("near", [])]
    rule = Rule(
        any=_terms(stored.get("any", []), faults),
        all=_terms(stored.get("all", []), faults),
        none=_terms(stored.get("none", []), faults),
        near=tuple(pair for pair in pairs if pair is not None),
        languages=_languages(stored.get("languages", []), faults),
        authors=frozenset(filter(None, map(author_form, stored.get("authors", [])))),
        not_authors=frozenset(filter(None, map(author_form, stored.get("not_authors", [])))),
    )
    faults += _of_the_whole(rule, stored)
    if faults:
        raise BadRule(faults)
    return rule


def author_form(author: str) -> str:
    """How authors are compared: case folded, without the sign before a handle."""
    return author.strip().removeprefix("@").casefold()


def language_form(language: str) -> str:
    """ "it-IT" is "it"."""
    return language.strip().casefold().replace("_", "-").partition("-")[0]


def _is_texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)


def _terms(written: Sequence[str], faults: list[Fault]) -> tuple[str, ...]:
    kept: dict[bytes, str] = {}
    for one in written:
        term = " ".join(one.split())
        if term and _is_term(term, faults):
            kept.setdefault(fold(term), term)
    return tuple(kept.values())


def _is_term(term: str, faults: list[Fault]) -> bool:
    if len(term) > LONGEST_TERM:
        faults.append(Fault(Wrong.TOO_LONG, f"{term[:40]}…"))
    elif not fold(term).strip(b" #@"):
        faults.append(Fault(Wrong.NO_LETTERS, term))
    else:
        return True
    return False


def _near(written: object, faults: list[Fault]) -> Near | None:
    if isinstance(written, list | tuple) and len(written) == len(("one", "other", "between")):
        one, other, between = written
        texts = isinstance(one, str) and isinstance(other, str)
        number = isinstance(between, int) and not isinstance(between, bool)
        if texts and number and 0 <= between <= FURTHEST:
            both = [" ".join(term.split()) for term in (one, other)]
            if all(_is_term(term, faults) for term in both):
                return Near(both[0], both[1], between)
            return None
    parts = written if isinstance(written, list | tuple) else []
    faults.append(Fault(Wrong.NEAR, " ".join(str(part) for part in parts)))
    return None


def _languages(written: Sequence[str], faults: list[Fault]) -> frozenset[str]:
    languages = [language_form(one) for one in written if one.strip()]
    faults += [Fault(Wrong.LANGUAGE, one) for one in languages if not LANGUAGE.fullmatch(one)]
    return frozenset(languages)


def _of_the_whole(rule: Rule, stored: Mapping[str, Any]) -> list[Fault]:
    faults = []
    terms = [*stored.get("any", []), *stored.get("all", [])]
    tried = stored.get("near") or any(term.strip() for term in terms)
    if not (rule.any or rule.all or rule.near or rule.authors or tried):
        faults.append(Fault(Wrong.NOTHING))
    if len(rule.any) + len(rule.all) + len(rule.none) + 2 * len(rule.near) > MOST_TERMS:
        faults.append(Fault(Wrong.TOO_MANY, str(MOST_TERMS)))
    excluded = {fold(term) for term in rule.none}
    wanted = [term for term in rule.all if fold(term) in excluded]
    if not rule.all and rule.any and all(fold(term) in excluded for term in rule.any):
        wanted = list(rule.any)
    return faults + [Fault(Wrong.CONTRADICTION, term) for term in wanted[:3]]
