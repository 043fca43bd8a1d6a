"""What monitors find, and what they leave alone."""

from collections.abc import Mapping

import pytest

from ascolto.listening.matching import Hit, Matcher, Watch
from ascolto.listening.policy.rules import BadRule, Wrong, rule_from


def matches(rule: Mapping[str, object], text: str, **who: str) -> bool:
    return bool(Matcher([Watch(7, rule_from(rule))]).match(text, **who))


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("perché", "PERCHE' non risponde nessuno?"),
        ("perche", "perche\u0301 tre settimane"),
        ("Alba", "L’Alba non risponde"),
        ("alba telefonia", "Alba\n Telefonia, di nuovo"),
        ("alba", "#Alba giù"),
        ("alba", "@alba buonasera"),
        ("#fibragiù", "ancora #FibraGiu oggi"),
        ("@albatelefonia", "ciao @AlbaTelefonia!"),
        ("😀", "evviva😀"),
        ("👍", "bravi 👍🏽"),
        ("Straße", "in der STRASSE"),
        ("Łódź", "a lodz"),
        ("привет", "ну ПРИВЕТ всем"),
        ("東京", "明日東京へ"),
        ("wi-fi", "il wi fi va"),
        ("alba", "al\u200bba"),
    ],
)
def test_a_word_is_found_however_it_is_written(term: str, text: str) -> None:
    assert matches({"any": [term]}, text)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("alba", "Albania, albata, balba"),
        ("#fibra", "la fibra va"),
        ("@alba", "scrivete a info@alba.example"),
        ("alba telefonia", "alba di telefonia"),
        ("fibra", "fibr"),
        ("alba", "alba_fan"),
        ("при", "привет"),
    ],
)
def test_a_part_of_a_word_is_not_the_word(term: str, text: str) -> None:
    assert not matches({"any": [term]}, text)


def test_what_is_excluded_excludes() -> None:
    rule = {"any": ["alba"], "none": ["Alba Adriatica", "tramonto"]}

    assert matches(rule, "alba non risponde")
    assert not matches(rule, "una settimana ad Alba Adriatica")
    assert not matches(rule, "alba e tramonto")


def test_all_words_have_to_be_there() -> None:
    rule = {"any": ["fibra", "adsl"], "all": ["alba"]}

    assert matches(rule, "la fibra di alba")
    assert not matches(rule, "la fibra di altri")
    assert not matches(rule, "alba sul mare")


def test_two_words_are_near_in_any_order() -> None:
    rule = {"near": [["alba", "fibra", 2]]}

    assert matches(rule, "la fibra di questa Alba")
    assert matches(rule, "alba fibra")
    assert not matches(rule, "la fibra di chi abita presso Alba")
    assert not matches({"near": [["alba", "alba", 2]]}, "alba")


def test_a_language_that_is_not_known_excludes_nothing() -> None:
    rule = {"any": ["alba"], "languages": ["it-IT", "en"]}

    assert matches(rule, "alba", language="it")
    assert matches(rule, "alba")
    assert not matches(rule, "alba", language="ro")


def test_authors_are_wanted_or_not() -> None:
    mayor = {"authors": ["@Sindaco"]}

    assert matches(mayor, "qualsiasi cosa", author="sindaco")
    assert not matches(mayor, "qualsiasi cosa", author="giulia")
    assert not matches({"any": ["alba"], "not_authors": ["alba_bot"]}, "alba", author="@Alba_Bot")


def test_each_monitor_says_which_of_its_words_were_found() -> None:
    monitors = [
        Watch(1, rule_from({"any": ["fibra giù", "Fibra"]})),
        Watch(2, rule_from({"any": ["perché"], "all": ["fibra"]})),
        Watch(3, rule_from({"any": ["bolletta"]})),
    ]

    hits = Matcher(monitors).match("perche la FIBRA?")

    assert hits == [Hit(1, ("Fibra",)), Hit(2, ("perché", "fibra"))]


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ({}, Wrong.NOTHING),
        ({"languages": ["it"]}, Wrong.NOTHING),
        ({"any": ["++"]}, Wrong.NO_LETTERS),
        ({"any": ["a" * 121]}, Wrong.TOO_LONG),
        ({"any": "alba"}, Wrong.NOT_A_RULE),
        ({"any": ["alba"], "near": [["alba", "fibra"]]}, Wrong.NEAR),
        ({"any": ["alba"], "near": [["alba", "fibra", True]]}, Wrong.NEAR),
        ({"any": ["alba"], "languages": ["italiano"]}, Wrong.LANGUAGE),
        ({"any": ["Alba"], "none": ["àlba"]}, Wrong.CONTRADICTION),
        ({"any": [f"alba{n}" for n in range(5001)]}, Wrong.TOO_MANY),
    ],
)
def test_a_rule_that_cannot_be_used_says_why(written: dict[str, object], wrong: Wrong) -> None:
    with pytest.raises(BadRule) as refused:
        rule_from(written)

    assert refused.value.faults[0].wrong is wrong


def test_five_thousand_terms_are_looked_for_at_once() -> None:
    watches = [
        Watch(number, rule_from({"any": [f"parola{number * 100 + one}" for one in range(100)]}))
        for number in range(50)
    ]

    hits = Matcher(watches).match("parola4242 e PAROLA17, non parola5000")

    assert [hit.monitor for hit in hits] == [0, 42]
