"""Suggested answers, beside the answer one writes; an article called by its name; and what was
used, written down when the answer is sent."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case, Message
from ascolto.desk.guards import case_or_404, colleague_of, is_part, signed_in
from ascolto.desk.writing.macros import values
from ascolto.desk.writing.suggesting import suggested, text_of_article
from ascolto.knowledge.masking import without_people
from ascolto.knowledge.models import Article, Drafter, Macro
from ascolto.knowledge.policy import expand
from ascolto.knowledge.services import Source, record_uses
from ascolto.staff.models import Colleague

MOST = 20
_SOURCE = re.compile(r"(article|macro|answer):([0-9]{1,18})(:draft)?")


@signed_in
@require_safe
def show(request: HttpRequest, case_id: int) -> HttpResponse:
    """For the last question of this case. Comes after the page, so that nobody waits for it."""
    case = case_or_404(request, case_id)
    found = [] if case.resolved_at else suggested(case, colleague_of(request))
    context = {
        "case": case,
        "suggestions": found,
        "section": "inbox",
        "drafts": bool(found) and Drafter.objects.filter(is_on=True).exists(),
    }
    template = "_suggested.html" if is_part(request) else "suggested.html"
    return render(request, f"desk/writing/{template}", context)


@signed_in
@require_safe
def article(request: HttpRequest, case_id: int, article_id: int) -> HttpResponse:
    """The words of a published article as a letter says them; `?link=1`: where to read it."""
    case_or_404(request, case_id)
    published = Article.objects.select_related("published").filter(published__isnull=False)
    found = published.filter(pk=article_id).first()
    if found is None or ("link" in request.GET and not found.is_public):
        raise Http404
    text = text_of_article(found, link="link" in request.GET)
    title = found.published.title if found.published else found.slug
    return JsonResponse({"id": found.pk, "title": title, "text": text})


def record_sources(
    message: Message, given: Sequence[str], *, by: Colleague, now: datetime
) -> list[str]:
    """Write down what this answer began with, and whether it was said as it stood.

    What a form names that he may not see, or that is none, is left out. Returns the sources.
    """
    read = [_SOURCE.fullmatch(one) for one in dict.fromkeys(given[:MOST])]
    named = [(one[1], int(one[2]), bool(one[3])) for one in read if one]
    said = _plain(message.text)
    sources = []
    for kind, pk, drafted in named:
        words = _words(kind, pk, message.case, by)
        if words is not None:
            edited = _plain(words) not in said
            sources.append(Source(kind, pk, edited=edited, drafted=drafted))
    if sources:
        record_uses(sources, case_id=message.case_id, message_id=message.pk, by=by, now=now)
    return [f"{one.kind}:{one.pk}" for one in sources]


def _words(kind: str, pk: int, case: Case, by: Colleague) -> str | None:
    """What the source would have put into the answer; None if there is no such source."""
    if kind == "article":
        found = Article.objects.select_related("published").filter(pk=pk).first()
        return text_of_article(found) if found else None
    if kind == "macro":
        macro = Macro.objects.filter(pk=pk).first()
        return expand(macro.text, values(case, by)) if macro else None
    answers = Message.objects.filter(pk=pk, item=None, case__in=visible_cases(by))
    answer = answers.select_related("case__customer", "author").defer("search").first()
    if answer is None:
        return None
    author = answer.author.name if answer.author else ""
    names = {answer.case.customer.name: case.customer.name, author: by.name}
    return without_people(answer.text, names=names)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
