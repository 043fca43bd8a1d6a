"""Whether two things that one person wrote are one question. Pure, and it says why.

Only asked of words of one person within `WITHIN`: between strangers the same words prove nothing.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from ascolto.triage.policy.facts import Facts, facts_in
from ascolto.triage.policy.same_words import MATTERS, NOT_GOING, STOP, matter_of

WITHIN = timedelta(hours=48)
ENOUGH = 0.5  # of what the shorter of the two says stands in the other too
LEAST = 2  # things in common: one word is a topic, not a question
_WORD = re.compile(r"[^\W\d_]{2,}")
_NOISE = re.compile(r"https?://\S+|(?<!\w)@[\w.@-]+")


class Why(Enum):
    """What spoke for the two being one question, or against it."""

    SAME_NUMBER = "same_number"
    SAME_DAY = "same_day"
    SAME_SUM = "same_sum"
    SAME_WORDS = "same_words"
    OTHER_NUMBER = "other_number"
    OTHER_DAY = "other_day"
    OTHER_SUM = "other_sum"
    OTHER_WORDS = "other_words"


AGAINST = frozenset({Why.OTHER_NUMBER, Why.OTHER_DAY, Why.OTHER_SUM, Why.OTHER_WORDS})


@dataclass(frozen=True, slots=True)
class Reason:
    why: Why
    what: tuple[str, ...] = ()  # the words or numbers themselves

    @property
    def speaks_against(self) -> bool:
        return self.why in AGAINST


@dataclass(frozen=True, slots=True)
class Sameness:
    same: bool
    overlap: float  # 0 to 1: how much of the shorter one stands in the other
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, as far as it can be compared."""

    words: dict[str, str]  # what it means -> the word that was written
    facts: Facts


def asked_in(text: str, *, subject: str = "") -> Asked:
    """The words that say something, with case, accents and filler gone; and the facts."""
    facts, rest = facts_in(_NOISE.sub(" ", f"{subject}\n{text}"))
    words: dict[str, str] = {}
    for word in _WORD.findall(NOT_GOING.sub(" guasto ", _folded(rest))):
        if word not in _STOP:
            words.setdefault(matter_of(word), word)
    return Asked(words, facts)


def same_question(one: Asked, other: Asked) -> Sameness:
    """Whether the two are one question.

    A number, a day or a sum that both name and that differs makes them two, whatever else they
    say; the same number makes them one if they speak of the same matter at all.
    """
    told = _facts(one.facts, other.facts)
    common = sorted(one.words.keys() & other.words.keys())
    least = min(len(one.words), len(other.words))
    overlap = len(common) / least if least else 0.0
    said = tuple(one.words[key] for key in common)
    if any(reason.speaks_against for reason in told):
        return Sameness(same=False, overlap=overlap, reasons=tuple(told))
    named = any(reason.why in {Why.SAME_NUMBER, Why.SAME_DAY, Why.SAME_SUM} for reason in told)
    weight = len(common) + sum(1 for key in common if key in MATTERS)  # a matter says more
    enough = overlap >= ENOUGH and weight > LEAST
    same = enough or (named and bool(common)) or _same_number(told, least=least)
    why = Why.SAME_WORDS if common else Why.OTHER_WORDS
    if not same and common:
        why = Why.OTHER_WORDS
    return Sameness(same=same, overlap=overlap, reasons=(*told, Reason(why, said)))


def _same_number(told: list[Reason], *, least: int) -> bool:
    """One of the two says nothing but the number."""
    return not least and any(reason.why == Why.SAME_NUMBER for reason in told)


def _facts(one: Facts, other: Facts) -> list[Reason]:
    told: list[Reason] = []
    pairs = (
        (Why.SAME_NUMBER, Why.OTHER_NUMBER, one.codes, other.codes),
        (Why.SAME_DAY, Why.OTHER_DAY, _written(one.days), _written(other.days)),
        (Why.SAME_SUM, Why.OTHER_SUM, _sums(one), _sums(other)),
    )
    for same, different, mine, his in pairs:
        if mine & his:
            told.append(Reason(same, tuple(sorted(mine & his))))
        elif mine and his:
            told.append(Reason(different, tuple(sorted(mine | his))))
    return told


def _written(days: frozenset[tuple[int, int]]) -> frozenset[str]:
    return frozenset(f"{day}/{month}" for month, day in days)


def _sums(facts: Facts) -> frozenset[str]:
    return frozenset(str(one) for one in facts.sums)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


_STOP = frozenset(_folded(word) for word in STOP)
