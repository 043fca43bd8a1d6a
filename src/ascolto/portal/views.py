from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ascolto.cases.models import MatterLink
from ascolto.portal import forms, queries, services, words
from ascolto.portal.door import gone, matter_page
from ascolto.portal.files import given_out
from ascolto.staff.queries import company


@matter_page
@require_safe
def page(request: HttpRequest, link: MatterLink, token: str) -> HttpResponse:
    """The matter of the link. Looking changes nothing, here or in the history."""
    return _draw(request, link, token, sent="inviato" in request.GET)


@matter_page
def write(request: HttpRequest, link: MatterLink, token: str) -> HttpResponse:
    if request.method != "POST":
        return redirect("portal:page", token)
    if forms.too_heavy(request):
        return _draw(request, link, token, error=forms.heavy_words(), status=413)
    filled = forms.read_form(request)
    if filled.error:
        return _draw(request, link, token, error=filled.error, typed=filled.words.text, status=422)
    try:
        services.write(link, filled.words, now=timezone.now())
    except services.TooMany:
        sentence = _(
            "Ha scritto molte volte in pochi minuti: aspetti un poco e riprovi. "
            "Il suo testo è ancora qui."
        )
        return _draw(request, link, token, error=sentence, typed=filled.words.text, status=429)
    response = redirect("portal:page", token)
    response["Location"] += "?inviato#scritto"
    response.status_code = 303
    return response


@matter_page
def not_me(request: HttpRequest, link: MatterLink, token: str) -> HttpResponse:
    """A GET explains; only the button ends the link, because machines open links too."""
    context = {"token": token, "company": company(), "done": False}
    if request.method == "POST":
        services.not_me(link, now=timezone.now())
        return render(request, "portal/not_me.html", {**context, "done": True})
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    return render(request, "portal/not_me.html", context)


@matter_page
@require_safe
def file(request: HttpRequest, link: MatterLink, token: str, way: str, pk: int) -> HttpResponse:
    found = queries.heard_file(link, pk) if way == "heard" else queries.said_file(link, pk)
    if found is None or way not in {"heard", "said"}:
        return gone(request)
    return given_out(found.blob_id, name=found.name, content_type=found.content_type)


def _draw(  # noqa: PLR0913 # a page is drawn with what was typed, and what is to be said of it
    request: HttpRequest,
    link: MatterLink,
    token: str,
    *,
    sent: bool = False,
    error: str = "",
    typed: str = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    matter = queries.matter(link, now=now)
    context = {
        "now": now,
        "token": token,
        "company": company(),
        "matter": matter,
        "hero": words.hero(matter, now=now),
        "steps": words.steps(matter, now=now),
        "said": [
            {"message": said, "at": words.moment(said.at, now=now)} for said in matter.messages
        ],
        "once": forms.new_mark(),
        "sent": sent,
        "error": error,
        "typed": typed,
    }
    return render(request, "portal/page.html", context, status=status)
