"""Every version of an article, and what is different between two of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ascolto.administration.services.articles import may_change
from ascolto.desk.guards import colleague_of, number_in, signed_in
from ascolto.desk.knowledge.guard import article_or_404
from ascolto.knowledge.comparing import compare
from ascolto.knowledge.models import Version

SHOWN = 100


@signed_in
@require_safe
def show(request: HttpRequest, article_id: int) -> HttpResponse:
    """`?a=` a version, `?da=` the one it is held against: the one before it, if none is named."""
    article = article_or_404(article_id)
    known = list(article.versions.select_related("by").defer("search").order_by("-pk")[:SHOWN])
    by_id = {one.pk: one for one in known}
    after = by_id.get(number_in(request.GET.get("a", ""))) or (known[0] if known else None)
    before = by_id.get(number_in(request.GET.get("da", ""))) or _one_before(known, after)
    context = {
        "section": "knowledge",
        "article": article,
        "title": article.newest.title if article.newest else article.slug,
        "versions": known,
        "after": after,
        "before": before,
        "lines": compare(_whole(before), _whole(after)) if after else [],
        "changed": before is None or after is None or _whole(before) != _whole(after),
        "may_change": may_change(article, colleague_of(request)),
    }
    return render(request, "desk/knowledge/versions.html", context)


def _one_before(known: list[Version], after: Version | None) -> Version | None:
    older = [one for one in known if after is not None and one.pk < after.pk]
    return next((one for one in older if not one.is_proposal), older[0] if older else None)


def _whole(version: Version | None) -> str:
    if version is None:
        return ""
    return _("Titolo: %(title)s") % {"title": version.title} + f"\n\n{version.body}"
