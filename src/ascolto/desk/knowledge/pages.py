"""The list of articles, and one of them with everything that can be done with it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ascolto.administration.services.articles import may_change, subject_of
from ascolto.cases.queries.quality import worth_of_article
from ascolto.desk.guards import colleague_of, number_in, signed_in
from ascolto.desk.knowledge.forms import PlaceForm
from ascolto.desk.knowledge.guard import article_or_404
from ascolto.desk.setup_forms import LANGUAGES
from ascolto.knowledge.markup import drawn
from ascolto.knowledge.models import Article, ArticleDraft, Topic
from ascolto.knowledge.queries.articles import (
    SHOWN,
    Wish,
    counts,
    found_articles,
    lines,
    numbers_of,
    owners,
    proposals_of,
)
from ascolto.staff.models import Colleague
from ascolto.timeline.queries import history_of

STATES: list[tuple[str, Promise]] = [
    ("", gettext_lazy("Tutti")),
    ("pubblici", gettext_lazy("Pubblici")),
    ("interni", gettext_lazy("Interni")),
    ("bozze", gettext_lazy("Bozze")),
    ("rivedere", gettext_lazy("Da rivedere")),
    ("proposte", gettext_lazy("Con proposte")),
]
LAST_DEEDS = 20


@signed_in
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """`?q=` words, `?stato=`, `?di=` the owner, `?lingua=`, `?tema=`, `?pagina=`."""
    me, today = colleague_of(request), timezone.localdate()
    wish = _wish(request)
    page = max(1, number_in(request.GET.get("pagina", "")) or 1)
    start = (min(page, 1000) - 1) * SHOWN
    found = list(found_articles(wish, today=today)[start : start + SHOWN + 1])
    many = counts(today=today)
    context = {
        "section": "knowledge",
        "wish": wish,
        "lines": lines(found[:SHOWN]),
        "today": today,
        "page": page,
        "more": len(found) > SHOWN,
        "states": [(code, name, many.get(code)) for code, name in STATES],
        "topics": Topic.choices,
        "languages": LANGUAGES,
        "owners": owners(),
        "kept": _unfinished(me),
        "may_write": me.role != Colleague.Role.HELPER,
        "any": any(many.values()),
        "narrowed": wish != Wish(),
    }
    return render(request, "desk/knowledge/all.html", context)


@signed_in
@require_safe
def show(request: HttpRequest, article_id: int) -> HttpResponse:
    return article_page(request, article_or_404(article_id))


def article_page(
    request: HttpRequest, article: Article, *, form: PlaceForm | None = None, status: int = 200
) -> HttpResponse:
    """One article as it stands; `form` if its place was filled in and could not be kept."""
    me, newest = colleague_of(request), article.newest
    numbers = numbers_of([article.pk])
    context: dict[str, Any] = {
        "section": "knowledge",
        "article": article,
        "title": newest.title if newest else article.slug,
        # nh3 has cleaned it: see `knowledge.markup`
        "drawn": mark_safe(drawn(newest.body if newest else "")),  # noqa: S308 # as above
        "topic": Topic(article.topic).label,
        "is_due": article.is_due(timezone.localdate()),
        "ahead": article.published_id is not None and article.published_id != article.newest_id,
        "proposals": list(proposals_of(article).select_related("by")),
        "form": form or PlaceForm(article=article),
        "useful": numbers.useful.get(article.pk, 0),
        "not_useful": numbers.not_useful.get(article.pk, 0),
        "used": numbers.used.get(article.pk, 0),
        "worth": worth_of_article(article.pk),
        "may_write": me.role != Colleague.Role.HELPER,
        "may_change": may_change(article, me),
        "history": history_of(subject_of(article), limit=LAST_DEEDS)[::-1],
    }
    return render(request, "desk/knowledge/one.html", context, status=status)


def _wish(request: HttpRequest) -> Wish:
    """What nobody offers narrows nothing."""
    asked = request.GET
    state, topic, language = asked.get("stato", ""), asked.get("tema", ""), asked.get("lingua", "")
    return Wish(
        words=asked.get("q", "").replace("\x00", "").strip()[:200],
        state=state if state in {code for code, _ in STATES} else "",
        owner=number_in(asked.get("di", "")) or None,
        language=language if language in dict(LANGUAGES) else "",
        topic=topic if topic in Topic.values else "",
    )


def _unfinished(colleague: Colleague) -> list[ArticleDraft]:
    """What he began to type and has not kept."""
    mine = ArticleDraft.objects.filter(colleague=colleague).exclude(title="", body="")
    return list(mine.order_by("-saved_at")[:5])
