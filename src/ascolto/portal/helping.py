"""The help centre: articles for everybody, without an account, a cookie or a script."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ascolto.kit.tokens import sign
from ascolto.knowledge.markup import drawn, excerpt
from ascolto.knowledge.models import Article, Topic
from ascolto.knowledge.queries.public import (
    open_article,
    other_languages,
    public_articles,
    search_public,
)
from ascolto.knowledge.services import judge
from ascolto.knowledge.services.worth import TooMany
from ascolto.portal.door import LANGUAGES
from ascolto.portal.queries.mailboxes import first_mailbox
from ascolto.staff.queries import company

FRESH = 300  # seconds a page may be kept by whoever stands between us and the reader
CLICKS_FROM_A_PLACE, CLICKS_WITHIN = 30, 3600  # a brake on floods, in each process's own memory
ON_A_SHELF = 5  # articles of a topic on the first page
MOST = 400
ICONS = {
    Topic.BILLING: "receipt-text",
    Topic.CONNECTIVITY: "wifi",
    Topic.DELIVERY_REPAIR: "wrench",
    Topic.CONTRACT: "file-text",
    Topic.PROMO: "tag",
    Topic.STAFF_SERVICE: "headset",
    Topic.ACCOUNT_APP: "smartphone",
    Topic.OTHER: "circle-question-mark",
}


@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """To the first page, in the language the browser asks for."""
    asked = translation.get_language_from_request(request).partition("-")[0]
    language = asked if asked in LANGUAGES else _ours()
    response = redirect("portal:help_home", language)
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Only the help centre is for search engines."""
    lines = "User-agent: *\nAllow: /aiuto/\nAllow: /static/\nDisallow: /\n"
    return _kept(HttpResponse(lines, content_type="text/plain"))


@require_safe
def home(request: HttpRequest, language: str) -> HttpResponse:
    return _spoken(request, language, _home)


@require_safe
def topic(request: HttpRequest, language: str, topic: str) -> HttpResponse:
    if topic not in Topic.values:
        raise Http404
    return _spoken(request, language, lambda asked: _topic(asked, language, topic))


@require_safe
def search(request: HttpRequest, language: str) -> HttpResponse:
    return _spoken(request, language, lambda asked: _found(asked, language))


@require_safe
def article(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The article; from a name it had before, or another language's address, to its own."""
    found = open_article(slug)
    if found is None:
        return _spoken(request, language, lambda asked: _gone(asked, slug))
    if (found.slug, found.language) != (slug, language):
        return redirect("portal:help_article", found.language, found.slug, permanent=True)
    return _spoken(request, language, lambda asked: _article(asked, found))


@csrf_exempt  # nobody has a session here: there is nothing a stranger's page could borrow
@require_POST
def useful(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """One click, counted once for a reader and a day. Nothing of the reader is kept."""
    found = open_article(slug)
    if found is None or language not in LANGUAGES:
        raise Http404
    said = request.POST.get("utile", "")
    place = str(get_adapter().get_client_ip(request))
    ours = request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    if said in {"si", "no"} and ours and not _flood(place):
        now = timezone.now()
        who = f"{place}|{request.headers.get('User-Agent', '')}|{found.pk}|{now.date()}"
        try:
            judge(found, useful=said == "si", mark=sign("help-useful", who), now=now)
        except TooMany:
            said = "si"  # thanked like everybody; who floods learns nothing from it
    response = redirect("portal:help_article", found.language, found.slug)
    response["Location"] += f"?grazie={'no' if said == 'no' else 'si'}#utile"
    response.status_code = 303
    return response


def _home(request: HttpRequest) -> HttpResponse:
    language = translation.get_language() or ""
    found = list(public_articles().order_by("-published_at")[:MOST])
    mine = [one for one in found if one.language == language]
    by_topic: dict[str, list[Article]] = {code: [] for code in Topic.values}
    for one in mine or found:
        by_topic[one.topic].append(one)
    shelves = [
        {
            "code": code,
            "name": Topic(code).label,
            "icon": ICONS[Topic(code)],
            "articles": some[:ON_A_SHELF],
            "many": len(some),
        }
        for code, some in by_topic.items()
        if some
    ]
    foreign = bool(found) and not mine
    return _drawn(request, "portal/help/home.html", shelves=shelves, foreign=foreign)


def _topic(request: HttpRequest, language: str, code: str) -> HttpResponse:
    found = public_articles().filter(topic=code, language=language).order_by("-published_at")
    lines = [_line(one) for one in found[:MOST]]
    if not lines:
        raise Http404
    name, icon = Topic(code).label, ICONS[Topic(code)]
    return _drawn(request, "portal/help/topic.html", lines=lines, name=name, icon=icon)


def _found(request: HttpRequest, language: str) -> HttpResponse:
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:120]
    found = search_public(words, language=language) if words else []
    lines = [_line(one) for one in found]
    return _drawn(request, "portal/help/found.html", words=words, lines=lines, hidden=True)


def _article(request: HttpRequest, found: Article) -> HttpResponse:
    version = found.published
    if version is None:
        raise Http404
    near = public_articles().filter(topic=found.topic, language=found.language)
    return _drawn(
        request,
        "portal/help/article.html",
        article=found,
        title=version.title,
        about=excerpt(version.body),
        # nh3 has cleaned it: see `knowledge.markup`
        body=mark_safe(drawn(version.body)),  # noqa: S308 # as above
        changed_at=version.at,
        topic=Topic(found.topic).label,
        others=other_languages(found),
        near=list(near.exclude(pk=found.pk).order_by("-published_at")[:4]),
        thanked=request.GET.get("grazie", "") if "grazie" in request.GET else "",
    )


def _gone(request: HttpRequest, slug: str) -> HttpResponse:
    """An article that is no more, or never was: what is near to its name."""
    language = translation.get_language() or ""
    near = search_public(slug.replace("-", " "), language=language)[:ON_A_SHELF]
    lines = [_line(one) for one in near]
    return _drawn(request, "portal/help/gone.html", status=404, lines=lines, hidden=True)


def _line(one: Article) -> dict[str, Any]:
    version = one.published
    return {
        "article": one,
        "title": version.title if version else one.slug,
        "about": excerpt(version.body, longest=140) if version else "",
    }


def _spoken(
    request: HttpRequest, language: str, view: Callable[[HttpRequest], HttpResponse]
) -> HttpResponse:
    """Answer in the language of the address; the page may be kept by anybody for a while."""
    if language not in LANGUAGES:
        raise Http404
    with translation.override(language):
        response = view(request)
    response.headers["Content-Language"] = language
    return _kept(response)


def _kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = f"public, max-age={FRESH}"
    response["Referrer-Policy"] = "strict-origin"
    return response


def _drawn(
    request: HttpRequest, template: str, *, status: int = 200, hidden: bool = False, **more: Any
) -> HttpResponse:
    """`hidden`: a page that search engines leave out."""
    language = translation.get_language() or ""
    mailbox = first_mailbox()
    context = {
        "company": company(),
        "language": language,
        "other": next(code for code in LANGUAGES if code != language),
        "canonical": f"{settings.PUBLIC_URL}{request.path}",
        "hidden": hidden,
        "mailbox": mailbox.address if mailbox else "",
        "search_at": reverse("portal:help_search", args=[language]),
        **more,
    }
    return render(request, template, context, status=status)


def _flood(place: str) -> bool:
    name = f"help-useful:{place}"
    cache.add(name, 0, timeout=CLICKS_WITHIN)
    return cache.incr(name) > CLICKS_FROM_A_PLACE


def _ours() -> str:
    spoken = company().language
    return spoken if spoken in LANGUAGES else LANGUAGES[0]
