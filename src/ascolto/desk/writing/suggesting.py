"""Three things one could answer to the last question: articles, macros, what we said before.

Each quotes where it comes from. Nothing is sent by it: a person puts it into his answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ascolto.cases.models import Case, Message
from ascolto.cases.queries.earlier_answers import (
    EarlierAnswer,
    earlier_answers,
    last_question,
    lexemes_of,
)
from ascolto.desk.writing.macros import values
from ascolto.knowledge.likeness import Nearness, folded, nearness
from ascolto.knowledge.markup import excerpt, plain
from ascolto.knowledge.masking import has_signs, without_people
from ascolto.knowledge.models import Article, Macro
from ascolto.knowledge.policy import expand
from ascolto.knowledge.queries.near import near
from ascolto.staff.models import Colleague

SHOWN = 3
ENOUGH = 0.2  # of the weight of the question's words
GREETINGS = (
    *("buongiorn", "buonaser", "buonas", "salv", "ciao", "graz", "cordial", "salut", "gentil"),
    *("cortes", "distint", "hello", "dear", "thank", "regard"),
)
# What is kept true by somebody comes before what was said once.
ARTICLE, MACRO, GOOD = 0.10, 0.05, 0.06


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`source` is what the form sends back when it is used: "article:12"."""

    source: str
    kind: str
    title: str
    about: str
    text: str
    link: str
    quoted: str  # where it comes from, in words
    why: tuple[str, ...]
    score: float
    to_fill: bool = False
    number: str = ""  # of the case it was said in


def suggested(case: Case, colleague: Colleague) -> list[Suggestion]:
    """At most three, the nearest first. Nine queries at most."""
    asked = last_question(case)
    if asked is None:
        return []
    lexemes = _about_the_matter(lexemes_of(_question(case, asked)), case)
    known = near(colleague, lexemes, language=case.customer.language)
    found = [_article(one, lexemes) for one in known.articles]
    found += [_macro(one, case, colleague, lexemes) for one in known.macros]
    for one in earlier_answers(colleague, case, lexemes):
        found.append(_earlier(one, case, colleague, lexemes))
    best = sorted((one for one in found if one.score), key=lambda one: -one.score)
    return _without_echoes(best)[:SHOWN]


def text_of_article(article: Article, *, link: bool = False) -> str:
    """What a letter says of an article: all of it, or where it can be read."""
    version = article.published
    if version is None:
        return ""
    if link:
        return f"{version.title}: {public_address(article)}"
    return plain(version.body)


def public_address(article: Article) -> str:
    place = reverse("portal:help_article", args=[article.language, article.slug])
    return f"{settings.PUBLIC_URL}{place}"


def _about_the_matter(lexemes: Mapping[str, float], case: Case) -> dict[str, float]:
    """Without his own name and without greetings: two people called Rossi ask different things."""
    names = folded(case.customer.name).split()
    return {
        one: share
        for one, share in lexemes.items()
        if not one.startswith(GREETINGS) and not any(name.startswith(one) for name in names)
    }


def _question(case: Case, asked: Message) -> str:
    """What he said last; a few words alone are read with the subject."""
    return f"{case.subject}\n{asked.text}"


def _article(one: Article, lexemes: Mapping[str, float]) -> Suggestion:
    version = one.published
    title, body = (version.title, version.body) if version else ("", "")
    how = nearness(lexemes, title, body)
    in_title = nearness(lexemes, title)
    return Suggestion(
        source=f"article:{one.pk}",
        kind="article",
        title=title,
        about=excerpt(body),
        text=text_of_article(one),
        link=reverse("desk:article", args=[one.pk]),
        quoted=_("articolo pubblico") if one.is_public else _("articolo interno"),
        why=how.words,
        score=_scored(how, ARTICLE + in_title.score * 0.5),
    )


def _macro(
    one: Macro, case: Case, colleague: Colleague, lexemes: Mapping[str, float]
) -> Suggestion:
    how = nearness(lexemes, one.title, one.text)
    text = expand(one.text, values(case, colleague))
    return Suggestion(
        source=f"macro:{one.pk}",
        kind="macro",
        title=one.title,
        about=" ".join(text.split())[:160],
        text=text,
        link=reverse("desk:settings_macros"),
        quoted=_("risposta pronta"),
        why=how.words,
        score=_scored(how, MACRO),
    )


def _earlier(
    one: EarlierAnswer, case: Case, colleague: Colleague, lexemes: Mapping[str, float]
) -> Suggestion:
    how = nearness(lexemes, one.subject, one.question)
    names = {one.customer: case.customer.name, one.author: colleague.name}
    text = without_people(one.text, names=names)
    return Suggestion(
        source=f"answer:{one.message_id}",
        kind="answer",
        title=without_people(one.subject, names={one.customer: ""}) or f"C-{one.case_id}",
        about=" ".join(text.split())[:160],
        text=text,
        link=reverse("desk:case", args=[one.case_id]),
        quoted=_("C-%(number)s, %(who)s") % {"number": one.case_id, "who": one.author},
        why=how.words,
        score=_scored(how, GOOD if one.was_good else 0.0),
        to_fill=has_signs(text),
        number=f"C-{one.case_id}",
    )


def _scored(how: Nearness, more: float) -> float:
    """What shares little with the question gets nothing for being an article."""
    return how.score + more if how.score >= ENOUGH else 0.0


def _without_echoes(found: list[Suggestion]) -> list[Suggestion]:
    """The same words are offered once, whoever said them."""
    kept: dict[str, Suggestion] = {}
    for one in found:
        kept.setdefault(" ".join(one.text.split())[:200].casefold(), one)
    return list(kept.values())
