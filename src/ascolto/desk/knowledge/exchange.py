"""Articles out, as a file a person or a program reads, and in again as drafts."""

import io
import json
import zipfile

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ascolto.administration.services import articles as deeds
from ascolto.desk.guards import colleague_of, signed_in
from ascolto.desk.settings.guard import leads_only
from ascolto.knowledge.models import Article, Topic
from ascolto.knowledge.portable import BadFile, Portable, from_json, from_markdown, to_markdown

LARGEST = 4 * 1024 * 1024
MOST = 1_000


@signed_in
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """All articles in their newest words: `?come=json`, or a zip with one Markdown file each."""
    found = [_portable(one) for one in Article.objects.select_related("newest").order_by("slug")]
    if request.GET.get("come") == "json":
        body = json.dumps({"articles": [one.as_dict() for one in found]}, ensure_ascii=False)
        return _file(body.encode(), "articoli.json", "application/json")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in found:
            archive.writestr(f"{one.slug}.md", to_markdown(one))
    return _file(packed.getvalue(), "articoli.zip", "application/zip")


@leads_only
@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """Files of ours, or Markdown of anybody's. Nothing is published by it."""
    try:
        given = _read(request)
    except BadFile as problem:
        messages.error(request, _("Non si legge: %(why)s") % {"why": problem})
        return redirect("desk:articles")
    made = changed = 0
    for one in given:
        was_new = _kept(request, one)
        made, changed = made + (was_new is True), changed + (was_new is False)
    said = ngettext("%(n)d articolo nuovo", "%(n)d articoli nuovi", made) % {"n": made}
    more = ngettext("%(n)d cambiato", "%(n)d cambiati", changed) % {"n": changed}
    messages.success(
        request,
        _("%(new)s, %(changed)s. Niente è stato pubblicato.")
        % {
            "new": said,
            "changed": more,
        },
    )
    return redirect("desk:articles")


def _read(request: HttpRequest) -> list[Portable]:
    files = request.FILES.getlist("file")[:MOST]
    if not files:
        raise BadFile(_("non c’è nessun file."))
    if sum(file.size or 0 for file in files) > LARGEST:
        raise BadFile(_("insieme i file pesano più di 4 MB."))
    found: list[Portable] = []
    for file in files:
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            raise BadFile(_("«%(file)s» non è un testo.") % {"file": file.name}) from problem
        as_json = (file.name or "").lower().endswith(".json")
        found += from_json(text) if as_json else [from_markdown(text, name=file.name or "")]
    return found[:MOST]


def _kept(request: HttpRequest, given: Portable) -> bool | None:
    """True: a new article; False: a new version of one; None: it says what we have already."""
    me, now = colleague_of(request), timezone.now()
    words = deeds.Words(given.title, given.body, given.language, _("importato"))
    known = Article.objects.select_related("newest").filter(slug=given.slug).first()
    if known is not None:
        before = known.newest_id
        return False if deeds.write_version(known, words, by=me, now=now).pk != before else None
    topic = given.topic if given.topic in Topic.values else Topic.OTHER
    deeds.begin_article(words, deeds.Place(topic=topic, tags=given.tags), by=me, now=now)
    return True


def _portable(article: Article) -> Portable:
    newest = article.newest
    return Portable(
        slug=article.slug,
        title=newest.title if newest else article.slug,
        body=newest.body if newest else "",
        language=article.language,
        topic=article.topic,
        tags=tuple(article.tags),
    )


def _file(body: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
