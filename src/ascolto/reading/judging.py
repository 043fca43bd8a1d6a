"""From the words that were found to a judgement, with its reasons."""

import re
import unicodedata

from ascolto.reading import rules
from ascolto.reading.reading import Reading, Text

LONGEST = 20_000  # characters that are read
A_SENTENCE = 6  # words
SHOUTING = 12  # capital letters in a row of words
_WORD = re.compile(r"\w+")
_SHOUT = re.compile(r"(?:\b[A-ZÀÈÉÌÒÙ]{2,}\b\W*){3,}")


def judge(text: Text) -> Reading:
    """Read one text by the visible rules."""
    plain = fold(text.text[:LONGEST])
    found = {name: rules.hits(pattern, plain) for name, pattern in rules.SAYS.items()}
    if found["near_miss"]:
        found["leaving"] = found["going_public"] = []
    kind = _kind(found, text.text)
    care = kind in {"problem", "request"} or bool(found["leaving"] or found["going_public"])
    angry = bool(found["angry"]) or _shouts(text.text)
    topics = [(name, len(rules.hits(one, plain))) for name, one in rules.TOPICS.items()]
    return Reading(
        lang=language_of(text.text),
        kind="problem" if care and kind not in {"problem", "request"} else kind,
        topic=rules.most(topics, otherwise="other"),
        needs_care=care,
        polarity=_polarity(kind, found, angry=angry),
        angry=angry,
        churn_threat=bool(found["leaving"]),
        escalation_threat=bool(found["going_public"]),
        unrelated_to_post=_is_unrelated(text, plain, kind),
        why={FIELDS[name]: words[:5] for name, words in found.items() if words and name in FIELDS},
    )


FIELDS = {
    "problem": "needs_care",
    "request": "kind",
    "praise": "polarity",
    "suggestion": "suggestion",
    "angry": "angry",
    "leaving": "churn_threat",
    "going_public": "escalation_threat",
}


def fold(text: str) -> str:
    """Lower case, no accents, plain apostrophes: as the rules are written."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def language_of(text: str) -> str:
    """By its small words; Italian where they cannot tell and something Italian was heard."""
    words = set(_WORD.findall(text.casefold()))
    return rules.most(
        ((code, len(words & small)) for code, small in rules.SMALL_WORDS.items()), otherwise=""
    )


def _kind(found: dict[str, list[str]], text: str) -> str:
    """What is doubtful is a request: to let somebody wait costs more than to look too often."""
    trouble = len(found["problem"]) + len(found["negative"])
    if found["praise"] and len(found["praise"]) > trouble and not found["suggestion"]:
        return "praise"
    if trouble:
        return "problem"
    if found["suggestion"]:
        return "suggestion"
    wants = found["request"] or "?" in text or len(text.split()) >= A_SENTENCE
    return "request" if wants else "noise"


def _polarity(kind: str, found: dict[str, list[str]], *, angry: bool) -> str:
    bad = angry or kind == "problem"
    if bad and found["praise"] and not angry:
        return "mixed" if len(found["praise"]) > len(found["problem"]) else "negative"
    if bad:
        return "negative"
    return "positive" if found["praise"] else "neutral"


def _shouts(text: str) -> bool:
    shouted = _SHOUT.search(text)
    return shouted is not None and sum(map(str.isupper, shouted.group(0))) >= SHOUTING


def _is_unrelated(text: Text, plain: str, kind: str) -> bool:
    """A call for help under a post that speaks of something else: no word of weight in common."""
    if not text.post or kind not in {"problem", "request"}:
        return False
    ours = _weighty(fold(text.post))
    return kind == "problem" and not ours & _weighty(plain)


def _weighty(text: str) -> set[str]:
    return {word[:6] for word in _WORD.findall(text) if len(word) > 4}  # noqa: PLR2004 # short words say little
