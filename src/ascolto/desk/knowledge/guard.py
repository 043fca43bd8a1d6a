"""Who reads articles (everybody here) and who writes them (all but light helpers)."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ascolto.desk.guards import colleague_of, signed_in
from ascolto.knowledge.models import Article, Version
from ascolto.staff.models import Colleague
from ascolto.staff.queries import who_can_change_settings

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def writers_only(view: View[P]) -> View[P]:
    """A light helper answers when he is asked; he is told who writes here."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if colleague_of(request).role == Colleague.Role.HELPER:
            return not_his(request)
        return view(request, *args, **kwargs)

    return guarded


def not_his(request: HttpRequest) -> HttpResponse:
    context = {"section": "knowledge", "who": who_can_change_settings()}
    return render(request, "desk/knowledge/not_his.html", context, status=403)


def article_or_404(article_id: int) -> Article:
    known = Article.objects.select_related("newest__by", "published", "owner", "translation_of")
    found = known.filter(pk=article_id).first()
    if found is None:
        raise Http404
    return found


def version_or_404(version_id: int) -> Version:
    found = Version.objects.select_related("article__newest").filter(pk=version_id).first()
    if found is None:
        raise Http404
    return found
