"""From what was found to a judgement, with its reasons: visible rules and the trained model."""

import re

from ascolto.reading import rules
from ascolto.reading.features import LONGEST, Features, features
from ascolto.reading.folding import fold
from ascolto.reading.model import Weighed, shipped
from ascolto.reading.reading import Reading, Text

SHOUTING = 12  # capital letters in a row of words
_LETTER = re.compile(r"[^\W\d_]")
_SHOUT = re.compile(r"(?:\b[A-ZÀÈÉÌÒÙ]{2,}\b\W*){3,}")
THREATS = ("churn_threat", "escalation_threat")
RULES = {"churn_threat": "leaving", "escalation_threat": "going_public", "angry": "angry"}
AGREES = 0.1  # what a rule heard counts where the model deems it at least this likely
SMALL_WORD = 4.0  # times likelier with each
WORDS = 5  # that are told for a field


def judge(text: Text) -> Reading:
    """Read one text."""
    heard = rules.heard(fold(text.text[:LONGEST]))
    found = features(text, heard)
    model = shipped()
    weighed = model.weigh(found)
    shares = weighed.probabilities()
    yes = {name: shares[name][name] for name in ("needs_care", "angry", *THREATS)}
    said = {name: yes[name] >= model.heads[name].threshold for name in yes}
    for field, rule in RULES.items():
        said[field] |= bool(heard.says[rule]) and yes[field] >= AGREES
    for field in THREATS:
        said[field] &= not heard.says["near_miss"]
    said["angry"] |= _shouts(text.text) and yes["angry"] >= AGREES
    kind = _likeliest(shares["kind"])
    said["needs_care"] |= kind in {"problem", "request"} or any(said[field] for field in THREATS)
    unrelated = shares["unrelated_to_post"]["unrelated_to_post"] if text.post else 0.0
    said["unrelated_to_post"] = unrelated >= model.heads["unrelated_to_post"].threshold
    one_of: dict[str, str] = {name: _likeliest(shares[name]) for name in ("topic", "polarity")}
    return Reading(
        lang=_language(shares["lang"], found) if _LETTER.search(text.text) else "",
        kind=kind,
        topic=one_of["topic"],
        polarity=one_of["polarity"],
        **said,
        probabilities={
            **{name: round(share, 3) for name, share in yes.items()},
            "unrelated_to_post": round(unrelated, 3),
            "kind": round(shares["kind"][kind], 3),
            **{name: round(shares[name][label], 3) for name, label in one_of.items()},
        },
        why=_why(weighed, heard, {"kind": kind, **one_of}, said),
    )


def _why(
    weighed: Weighed,
    heard: rules.Heard,
    one_of: dict[str, str],
    said: dict[str, bool],
) -> dict[str, list[str]]:
    """The words that decided: first those of a visible rule, then those the model weighs most."""
    told = {field: field for field, is_so in said.items() if is_so} | one_of
    why = {}
    for field, label in told.items():
        words = heard.says[RULES[field]] if field in RULES else []
        reasons = weighed.reasons(field, label)
        why[field] = list(dict.fromkeys([*words, *reasons]))[:WORDS]
    return {field: words for field, words in why.items() if words}


def _likeliest(shares: dict[str, float]) -> str:
    return max(shares, key=lambda label: shares[label])


def _language(shares: dict[str, float], found: Features) -> str:
    """The model was shown little but Italian: each small word of a language speaks for it."""
    spoken = set(found.spoken)
    return _likeliest(
        {
            code: share * SMALL_WORD ** len(spoken & rules.SMALL_WORDS[code])
            for code, share in shares.items()
        }
    )


def _shouts(text: str) -> bool:
    shouted = _SHOUT.search(text)
    return shouted is not None and sum(map(str.isupper, shouted.group(0))) >= SHOUTING
