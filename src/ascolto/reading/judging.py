"""From what was found to a judgement, with its reasons: visible rules and the trained model."""

import re
from collections.abc import Iterable, Mapping

from ascolto.reading import rules
from ascolto.reading.features import features, plainly
from ascolto.reading.model import Head, Weighed
from ascolto.reading.reading import Reading, Text
from ascolto.reading.shelf import in_use

SHOUTING = 12  # capital letters in a row of words
_LETTER = re.compile(r"[^\W\d_]")
_SHOUT = re.compile(r"(?:\b[A-ZÀÈÉÌÒÙ]{2,}\b\W*){3,}")
YES_OR_NO = ("needs_care", "angry", "churn_threat", "escalation_threat", "unrelated_to_post")
CARE = frozenset({"problem", "request"})
TAKEN_BACK = {"churn_threat": "staying", "escalation_threat": "near_miss"}
RULES = {"churn_threat": "leaving", "escalation_threat": "going_public", "angry": "angry"}
AGREES = 0.1  # what a rule heard counts where the model deems it at least this likely
SMALL_WORD = 4.0  # times likelier with each
WORDS = 5  # that are told for a field


def judge(text: Text) -> Reading:
    """Read one text."""
    heard = rules.heard(plainly(text.text))
    found = features(text, heard)
    model = in_use()
    weighed = model.weigh(found)
    shares = weighed.probabilities()
    said = decided(text, heard, shares, model.heads)
    yes = {name: shares[name][name] for name in said}
    one_of = {name: likeliest(shares[name]) for name in ("kind", "topic", "polarity")}
    return Reading(
        lang=language(shares["lang"], found.spoken) if _LETTER.search(text.text) else "",
        kind=one_of["kind"],
        topic=one_of["topic"],
        polarity=one_of["polarity"],
        **said,
        model=model.version,
        probabilities={
            **{name: round(share, 3) for name, share in yes.items()},
            "unrelated_to_post": round(yes["unrelated_to_post"], 3) if text.post else 0.0,
            **{name: round(shares[name][label], 3) for name, label in one_of.items()},
        },
        why=_why(weighed, heard, one_of, said),
    )


def decided(
    text: Text, heard: rules.Heard, shares: dict[str, dict[str, float]], heads: Mapping[str, Head]
) -> dict[str, bool]:
    """What is said of the yes-or-no fields: the model, and the visible rules where it agrees.

    A rule is heard where the model deems it at least somewhat likely; words that take a threat
    back ("non voglio andarmene", "il mio avvocato vi consiglia") outweigh both.
    """
    yes = {name: shares[name][name] for name in YES_OR_NO}
    said = {name: yes[name] >= heads[name].threshold for name in yes}
    for field, rule in RULES.items():
        said[field] |= bool(heard.says[rule]) and yes[field] >= AGREES
    for field, words in TAKEN_BACK.items():
        said[field] &= not heard.says[words]
    said["angry"] |= _shouts(text.text) and yes["angry"] >= AGREES
    said["needs_care"] |= likeliest(shares["kind"]) in CARE or any(said[one] for one in TAKEN_BACK)
    said["unrelated_to_post"] &= bool(text.post)
    return said


def _why(
    weighed: Weighed,
    heard: rules.Heard,
    one_of: Mapping[str, str],
    said: dict[str, bool],
) -> dict[str, list[str]]:
    """The words that decided: first those of a visible rule, then those the model weighs most."""
    told = {field: field for field, is_so in said.items() if is_so} | dict(one_of)
    why = {}
    for field, label in told.items():
        words = heard.says[RULES[field]] if field in RULES else []
        reasons = weighed.reasons(field, label)
        why[field] = list(dict.fromkeys([*words, *reasons]))[:WORDS]
    return {field: words for field, words in why.items() if words}


def likeliest(shares: Mapping[str, float]) -> str:
    """The label with the largest share."""
    return max(shares, key=lambda label: shares[label])


def language(shares: Mapping[str, float], spoken: Iterable[str]) -> str:
    """The model was shown little but Italian: each small word of a language speaks for it."""
    told = set(spoken)
    return likeliest(
        {
            code: share * SMALL_WORD ** len(told & rules.SMALL_WORDS[code])
            for code, share in shares.items()
        }
    )


def _shouts(text: str) -> bool:
    shouted = _SHOUT.search(text)
    return shouted is not None and sum(map(str.isupper, shouted.group(0))) >= SHOUTING
