"""Words written once: found with a few letters, and filled in for one case. As JSON."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ascolto.cases.models import Case
from ascolto.desk.guards import case_or_404, colleague_of, number_in, signed_in
from ascolto.knowledge.models import Article
from ascolto.knowledge.policy import expand
from ascolto.knowledge.queries import find_macros, visible_macros
from ascolto.knowledge.queries.articles import matching
from ascolto.staff.models import Colleague
from ascolto.staff.queries import company

PREVIEW = 80
ARTICLES = 5


@signed_in
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """`?q=` words of the title, `?lingua=` the customer's: [{"id", "title", "about", "kind"}].

    Articles come after the macros, only for words that were typed: their text, or their address.
    """
    words, language = request.GET.get("q", "")[:80], request.GET.get("lingua", "")[:5]
    found = find_macros(colleague_of(request), words, language=language)
    rows = [
        {
            "id": macro.pk,
            "title": macro.title,
            "about": " ".join(macro.text.split())[:PREVIEW],
            "kind": "macro",
        }
        for macro in found
    ]
    if words.strip():
        rows += _articles(words)
    return JsonResponse(rows, safe=False)


@signed_in
@require_safe
def expanded(request: HttpRequest, case_id: int, macro_id: int) -> HttpResponse:
    """The words of one macro as they are said in this case, and what is to happen besides."""
    case, me = case_or_404(request, case_id), colleague_of(request)
    macro = visible_macros(me).filter(pk=number_in(str(macro_id))).first()
    if macro is None:
        raise Http404
    text = expand(macro.text, values(case, me))
    return JsonResponse({"id": macro.pk, "title": macro.title, "text": text, "deeds": macro.deeds})


def _articles(words: str) -> list[dict[str, object]]:
    published = Article.objects.filter(published__isnull=False).select_related("published")
    rows: list[dict[str, object]] = []
    for one in matching(published, words, version="published")[:ARTICLES]:
        title = one.published.title if one.published else one.slug
        about = _("articolo") if one.is_public else _("articolo interno")
        rows.append({"id": one.pk, "title": title, "about": about, "kind": "article"})
        if one.is_public:
            row = {"id": one.pk, "title": title, "about": _("il collegamento"), "kind": "link"}
            rows.append(row)
    return rows


def values(case: Case, colleague: Colleague) -> dict[str, str]:
    """What stands for each of `knowledge.policy.FIELDS` here."""
    name = case.customer.name
    return {
        "cliente": name,
        "nome": name.split(maxsplit=1)[0] if name.split() else name,
        "caso": case.number,
        "oggetto": case.subject,
        "operatore": colleague.name,
        "azienda": company().name,
        "squadra": case.team.name,
    }
