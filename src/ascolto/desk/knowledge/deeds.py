"""What is decided about an article: its place, who reads it, which suggestion becomes its words."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ascolto.administration.services import articles as services
from ascolto.administration.services.changing import NotAllowed
from ascolto.desk.guards import colleague_of
from ascolto.desk.knowledge.forms import PlaceForm
from ascolto.desk.knowledge.guard import article_or_404, not_his, version_or_404, writers_only
from ascolto.desk.knowledge.pages import article_page
from ascolto.knowledge.models import Article, Version
from ascolto.staff.models import Colleague

Settle = Callable[..., Article]


@writers_only
@require_POST
def place(request: HttpRequest, article_id: int) -> HttpResponse:
    article = article_or_404(article_id)
    me = colleague_of(request)
    if not services.may_change(article, me):
        return not_his(request)
    form = PlaceForm(request.POST, article=article)
    if not form.is_valid():
        return article_page(request, article, form=form, status=422)
    services.place_article(article, form.place(), by=me, now=timezone.now())
    messages.success(request, _("Salvato."))
    return redirect("desk:article", article.pk)


@writers_only
@require_POST
def publish(request: HttpRequest, article_id: int) -> HttpResponse:
    """`per`: PUBLIC, or INTERNAL for us alone."""
    article = article_or_404(article_id)
    audience = request.POST.get("per", "")
    if audience not in Article.Audience.values:
        return redirect("desk:article", article.pk)
    if not colleague_of(request).leads:
        return not_his(request)
    services.publish(article, audience=audience, by=colleague_of(request), now=timezone.now())
    if audience == Article.Audience.PUBLIC:
        messages.success(request, _("Pubblicato: adesso lo legge chiunque."))
    else:
        messages.success(request, _("Pubblicato per noi: fuori non si vede."))
    return redirect("desk:article", article.pk)


@writers_only
@require_POST
def withdraw(request: HttpRequest, article_id: int) -> HttpResponse:
    article = article_or_404(article_id)
    if not colleague_of(request).leads:
        return not_his(request)
    services.withdraw(article, by=colleague_of(request), now=timezone.now())
    messages.success(request, _("Ritirato: non si legge più, e le versioni restano."))
    return redirect("desk:article", article.pk)


@writers_only
@require_POST
def take(request: HttpRequest, version_id: int) -> HttpResponse:
    said = _("Accolta: è la versione più nuova. Per farla leggere, pubblicala.")
    return _settled(request, version_or_404(version_id), services.take_proposal, said)


@writers_only
@require_POST
def decline(request: HttpRequest, version_id: int) -> HttpResponse:
    said = _("Lasciata cadere: resta fra le versioni.")
    return _settled(request, version_or_404(version_id), services.decline_proposal, said)


@writers_only
@require_POST
def restore(request: HttpRequest, version_id: int) -> HttpResponse:
    version, now = version_or_404(version_id), timezone.now()
    note = _("come il %(day)s") % {
        "day": formats.date_format(timezone.localtime(version.at), "SHORT_DATETIME_FORMAT")
    }
    me: Colleague = colleague_of(request)
    services.restore_version(version, note=note, by=me, now=now)
    messages.success(request, _("Le parole di allora sono di nuovo la versione più nuova."))
    return redirect("desk:article", version.article_id)


def _settled(request: HttpRequest, version: Version, settle: Settle, said: str) -> HttpResponse:
    try:
        settle(version, by=colleague_of(request), now=timezone.now())
    except NotAllowed:
        return not_his(request)
    except services.NotOpen:
        said = _("Questa proposta era già stata decisa.")
    messages.success(request, said)
    return redirect("desk:article", version.article_id)
