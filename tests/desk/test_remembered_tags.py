"""Addresses and words that are kept are those that would be found anew."""

import pytest
from django.template import engines
from django.template.exceptions import TemplateSyntaxError
from django.urls import NoReverseMatch, set_script_prefix
from django.utils.translation import override

from ascolto.desk.templatetags.remembered import Address, Words


def drawn(text: str, **named: object) -> str:
    return str(engines["django"].from_string(text).render(named))


def test_every_page_uses_them() -> None:
    made = engines["django"].from_string('{% load i18n %}{% translate "Chiudi" %}{% url "home" %}')

    nodes = made.template.nodelist  # type: ignore[attr-defined] # of Django's own engine
    assert [type(node) for node in nodes if not hasattr(node, "s")][-2:] == [
        Words,
        Address,
    ]


def test_an_address_is_of_its_object() -> None:
    text = '{% url "desk:case" pk %}'

    assert [drawn(text, pk=pk) for pk in (7, 8, 7)] == ["/casi/C-7/", "/casi/C-8/", "/casi/C-7/"]
    assert drawn('{% url "desk:case" pk as place %}[{{ place }}]', pk=9) == "[/casi/C-9/]"


def test_an_address_follows_the_place_where_the_site_stands() -> None:
    assert drawn('{% url "desk:case" 7 %}') == "/casi/C-7/"
    set_script_prefix("/ascolto/")
    try:
        assert drawn('{% url "desk:case" 7 %}') == "/ascolto/casi/C-7/"
    finally:
        set_script_prefix("/")


def test_an_address_that_does_not_exist_is_an_error_or_nothing() -> None:
    with pytest.raises(NoReverseMatch):
        drawn('{% url "desk:nowhere" 7 %}')
    assert drawn('{% url "desk:nowhere" 7 as place %}[{{ place }}]') == "[]"


def test_words_are_said_in_the_language_of_who_looks() -> None:
    made = engines["django"].from_string('{% load i18n %}{% translate "Chiudi" %}')
    said = []
    for language in ("it", "en", "it", "en"):
        with override(language):
            said.append(made.render({}))

    assert said == ["Chiudi", "Close", "Chiudi", "Close"]


def test_words_that_come_from_elsewhere_are_not_kept() -> None:
    made = engines["django"].from_string("{% load i18n %}{% translate words %}")

    with override("en"):
        assert [made.render({"words": one}) for one in ("Chiudi", "Casella")] == ["Close", "Inbox"]


def test_words_may_be_named_and_used_twice() -> None:
    with override("en"):
        assert drawn('{% load i18n %}{% translate "Chiudi" as c %}{{ c }} {{ c }}') == "Close Close"


def test_what_django_refuses_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError):
        drawn("{% load i18n %}{% translate %}")
