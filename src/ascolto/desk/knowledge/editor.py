"""Where an article is written: its text beside how it will look, and nothing typed is lost."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ascolto.administration.services import articles as deeds
from ascolto.desk.guards import colleague_of
from ascolto.desk.knowledge.forms import WordsForm
from ascolto.desk.knowledge.guard import article_or_404, writers_only
from ascolto.knowledge.markup import drawn
from ascolto.knowledge.models import Article, ArticleDraft
from ascolto.knowledge.models.articles import LONGEST_BODY
from ascolto.knowledge.services import keep_draft, throw_draft
from ascolto.staff.queries import company


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, article_id: int | None = None) -> HttpResponse:
    """A new article, or new words for one. For who may not change it, they are a suggestion."""
    article = article_or_404(article_id) if article_id else None
    form = WordsForm(request.POST) if request.method == "POST" else _beginning(request, article)
    if not form.is_bound or not form.is_valid():
        return _page(request, article, form)
    me, now = colleague_of(request), timezone.now()
    if article is None:
        made = deeds.begin_article(form.words(), deeds.Place(), by=me, now=now)
        messages.success(request, _("L’articolo è salvato come bozza: fuori non lo legge nessuno."))
        return redirect("desk:article", made.pk)
    version = deeds.write_version(article, form.words(), by=me, now=now)
    if version.is_proposal:
        owner = article.owner.name if article.owner else _("chi dirige")
        said = _("La tua proposta è arrivata: la guarda %(who)s.") % {"who": owner}
    elif article.published_id and article.published_id != version.pk:
        said = _("Salvato. Fuori si legge ancora la versione di prima, finché non la pubblichi.")
    else:
        said = _("Salvato.")
    messages.success(request, said)
    return redirect("desk:article", article.pk)


@writers_only
@require_POST
def keep_typed(request: HttpRequest, article_id: int | None = None) -> HttpResponse:
    """What is typed so far. From a page without script: back to it, or thrown away."""
    article = article_or_404(article_id) if article_id else None
    me = colleague_of(request)
    if "butta" in request.POST:
        throw_draft(article, by=me)
        return redirect("desk:article", article.pk) if article else redirect("desk:articles")
    title, body = request.POST.get("title", ""), request.POST.get("body", "")
    title, body = title.replace("\x00", ""), body.replace("\x00", "")
    keep_draft(article, title=title, body=body, by=me, now=timezone.now())
    if "bottone" not in request.POST:
        return HttpResponse(status=204)
    if article is None:
        return redirect("desk:article_new")
    return redirect("desk:article_write", article.pk)


@writers_only
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """How it will look. Nothing is kept."""
    title = " ".join(request.POST.get("title", "").split())
    body = request.POST.get("body", "").replace("\x00", "")[:LONGEST_BODY]
    # nh3 has cleaned it: see `knowledge.markup`
    context = {"title": title, "drawn": mark_safe(drawn(body))}  # noqa: S308 # as above
    return render(request, "desk/knowledge/_preview.html", context)


def _beginning(request: HttpRequest, article: Article | None) -> WordsForm:
    """What he typed last, or the newest version, or nothing."""
    draft = _draft(request, article)
    newest = article.newest if article else None
    if newest is None:
        language = request.GET.get("lingua", "") or company().language
        initial = {"title": request.GET.get("titolo", "")[:160], "language": language}
    else:
        initial = {"title": newest.title, "body": newest.body, "language": newest.language}
    if draft is not None and (draft.title or draft.body):
        initial |= {"title": draft.title, "body": draft.body}
    return WordsForm(initial=initial)


def _draft(request: HttpRequest, article: Article | None) -> ArticleDraft | None:
    return ArticleDraft.objects.filter(article=article, colleague=colleague_of(request)).first()


def _page(request: HttpRequest, article: Article | None, form: WordsForm) -> HttpResponse:
    me = colleague_of(request)
    body, title = str(form["body"].value() or ""), str(form["title"].value() or "")
    context: dict[str, Any] = {
        "section": "knowledge",
        "article": article,
        "form": form,
        "draft": _draft(request, article) if not form.is_bound else None,
        "title": title,
        "drawn": mark_safe(drawn(body[:LONGEST_BODY])),  # noqa: S308 # cleaned by nh3, as above
        "suggests": article is not None and not deeds.may_change(article, me),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/knowledge/write.html", context, status=status)
