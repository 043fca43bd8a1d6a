"""The quick matcher says what a plain one says, whatever is written."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from ascolto.listening.matching import Matcher, Watch
from ascolto.listening.policy.folding import fold
from ascolto.listening.policy.lexicon import Found, Lexicon
from ascolto.listening.policy.rules import BadRule, rule_from
from tests.listening import naive

# Few letters, so that words meet; and all that makes words hard to tell apart.
HARD = "abAB è é e\u0301 ß œ #@_-'’.,\n\u00a0\u200b\u00ad1²½ ™ 😀👍🏽 привет 東京 ı İ ﬁ"
HARD += "\x02\x7f ك \u202e\u2066"
some_text = st.text(alphabet=HARD + string.ascii_letters[:3], max_size=30)
any_text = st.text(max_size=40)
term = st.text(alphabet=HARD, min_size=1, max_size=8).filter(str.strip)
rules = st.fixed_dictionaries(
    {
        "any": st.lists(term, max_size=4),
        "all": st.lists(term, max_size=2),
        "none": st.lists(term, max_size=2),
        "near": st.lists(st.tuples(term, term, st.integers(0, 3)), max_size=2),
    }
)


@settings(max_examples=600, deadline=None)
@given(st.lists(rules, min_size=1, max_size=4), st.one_of(some_text, any_text))
def test_every_text_is_matched_as_by_the_plain_one(
    several: list[dict[str, object]], text: str
) -> None:
    good = []
    for one in several:
        try:
            good.append((one, rule_from(one)))
        except BadRule:
            continue

    matcher = Matcher(Watch(number, rule) for number, (_, rule) in enumerate(good))

    expected = [number for number, (one, _) in enumerate(good) if naive.wants(one, text)]
    assert [hit.monitor for hit in matcher.match(text)] == expected
    together = dict(matcher.match_many(["alba", text, "", text]))
    assert [hit.monitor for hit in together.get(1, [])] == expected
    assert together.get(3, []) == together.get(1, []) == matcher.match(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(rules, min_size=1, max_size=4), st.lists(st.one_of(some_text, any_text)))
def test_many_texts_are_matched_together_as_each_alone(
    several: list[dict[str, object]], texts: list[str]
) -> None:
    good = []
    for one in several:
        try:
            good.append(rule_from(one))
        except BadRule:
            continue
    matcher = Matcher(Watch(number, rule) for number, rule in enumerate(good))

    together = matcher.match_many(texts)

    alone = [(at, matcher.match(text)) for at, text in enumerate(texts)]
    assert together == [(at, hits) for at, hits in alone if hits]


# Words that differ only before, within or after the eight bytes that are weighed at once.
words = st.builds(
    lambda begin, middle, end: begin + middle * 4 + end,
    *(st.text(alphabet="ab", max_size=3) for _ in range(3)),
).map(str.encode)
folded_texts = st.lists(
    st.one_of(words, st.sampled_from([b"#", b"\x02", b"\x7f0000"])), max_size=30
)


@settings(max_examples=400, deadline=None)
@given(st.sets(words.filter(len), max_size=20), folded_texts, st.sampled_from([b" ", b"  "]))
def test_the_lexicon_finds_the_words_that_stand_between_spaces(
    known: set[bytes], said: list[bytes], between: bytes
) -> None:
    text = between.join(said)

    found = Lexicon(known).found(text)

    at, expected = 0, []
    for word in said:
        if word in known:
            expected.append(Found(word, at))
        at += len(word) + len(between)
    assert found == expected


@settings(max_examples=300, deadline=None)
@given(any_text)
def test_case_makes_no_difference(text: str) -> None:
    assert fold(text).split() == fold(text.casefold()).split()


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters(codec="latin-1"), max_size=40))
def test_letters_of_western_europe_become_plain_ones(text: str) -> None:
    folded = fold(text)

    assert set(folded) <= set(
        b" #@_" + string.ascii_lowercase.encode() + string.digits.encode() + b"\x7f"
    )
