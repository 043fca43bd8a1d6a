"""Django's `{% url %}` and `{% translate %}`, which find out the same thing only once.

A page of the desk names a hundred and forty addresses and two hundred words of ours; to look each
of them up again takes about a sixth of its time.
"""

from functools import lru_cache
from typing import Any

from django import template
from django.template import Context, defaulttags
from django.template.base import FilterExpression, Parser, Token
from django.templatetags import i18n
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape
from django.utils.translation import get_language

ADDRESSES = 20_000
_KEPT = "place_of_addresses"  # on a request

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Address(defaulttags.URLNode):
    """One kept for every view, object, set of addresses and place where the site stands."""

    def render(self, context: Context) -> str:
        if self.kwargs:
            return super().render(context)
        names = tuple(argument.resolve(context) for argument in self.args)
        place = _place(context)
        try:
            found = _address(self.view_name.resolve(context), names, place)
        except NoReverseMatch:
            return super().render(context)
        if self.asvar is not None:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


def _place(context: Context) -> tuple[str | None, str]:
    """The set of addresses, and where the site stands: the same for as long as a page is drawn."""
    request = getattr(context, "request", None)
    if request is None:
        return get_urlconf(), get_script_prefix()
    place: tuple[str | None, str] | None = getattr(request, _KEPT, None)
    if place is None:
        place = (get_urlconf(), get_script_prefix())
        setattr(request, _KEPT, place)
    return place


@lru_cache(maxsize=ADDRESSES)
def _address(view: str, names: tuple[Any, ...], place: tuple[str | None, str]) -> str:
    return reverse(view, urlconf=place[0], args=names)


class Words(i18n.TranslateNode):
    """Words that stand in the template itself are kept, once in each language."""

    def __init__(self, words: FilterExpression, *given: Any) -> None:
        super().__init__(words, *given)
        literal = isinstance(words.var.literal, str) and not words.filters
        self.kept: dict[tuple[str | None, bool], str] | None = None
        if literal and self.asvar is None and self.message_context is None:
            self.kept = {}

    def render(self, context: Context) -> str:
        if self.kept is None:
            return super().render(context)
        key = (get_language(), context.autoescape)
        if key not in self.kept:
            self.kept[key] = super().render(context)
        return self.kept[key]


@register.tag
def url(parser: Parser, token: Token) -> Address:
    made = defaulttags.url(parser, token)
    return Address(made.view_name, made.args, made.kwargs, made.asvar)


@register.tag("trans")
@register.tag("translate")
def translate(parser: Parser, token: Token) -> Words:
    made = i18n.do_translate(parser, token)
    return Words(made.filter_expression, made.noop, made.asvar, made.message_context)
