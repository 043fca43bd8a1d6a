from collections import Counter

from ascolto.reading.folding import fold
from ascolto.reading.training.examples import ONE_OF, Example, examples
from ascolto.reading.wording import words

KNOWN = examples()


def _count(name: str) -> int:
    return sum(bool(example.labels[name]) for example in KNOWN)


def test_care_is_needed_where_there_is_a_problem_or_a_request() -> None:
    for example in KNOWN:
        asks = example.labels["kind"] in {"problem", "request"}
        assert example.labels["needs_care"] is asks, example.text


def test_only_a_comment_can_be_unrelated_to_its_post() -> None:
    for example in KNOWN:
        is_comment = example.text.channel == "post_comment"
        assert is_comment is bool(example.text.post), example.text
        assert (example.labels["unrelated_to_post"] is None) is not is_comment, example.text


def test_every_label_is_one_of_the_guide() -> None:
    for example in KNOWN:
        assert all(example.labels[name] in allowed for name, allowed in ONE_OF.items())


def test_a_group_has_one_post_at_most() -> None:
    posts: dict[str, set[str]] = {}
    for example in KNOWN:
        posts.setdefault(example.group, set()).add(example.text.post)
    assert {group for group, several in posts.items() if len(several) > 1} == set()


def test_the_rare_is_there_often_enough_to_be_learnt() -> None:
    assert _count("churn_threat") >= 150
    assert _count("escalation_threat") >= 150
    assert _count("angry") >= 200
    assert _count("unrelated_to_post") >= 200


def test_nobody_says_the_same_twice() -> None:
    said = Counter(" ".join(_words(example)) for example in KNOWN if len(_words(example)) > 3)
    assert [words for words, times in said.items() if times > 1] == []


def _words(example: Example) -> list[str]:
    return [word for word in words(fold(example.text.text)) if word.isalnum()]
