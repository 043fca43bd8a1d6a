"""Looking for words, people and case numbers."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ascolto.cases.queries import search as look
from ascolto.desk.guards import colleague_of, signed_in
from ascolto.kit import patience
from ascolto.reading.abuse import covered, is_abusive

SCOPES = {
    "tutto": ("all", _("Tutto")),
    "aperti": ("open", _("Casi aperti")),
    "risolti": ("resolved", _("Risolti")),
    "miei": ("mine", _("Miei")),
}
# What can be written, and what it does. The list that the help line shows.
OPERATORS = [
    ("da:giulia", _("parole di una persona")),
    ("squadra:assistenza", _("casi di una squadra")),
    ("chi:io", _("chi lo segue: un nome, «io» o «nessuno»")),
    ("etichetta:guasto", _("casi con un’etichetta")),
    ("stato:aperto", _("aperto, risolto o rimandato")),
    ("canale:email", _("e-mail, telefono, modulo, pagina, o il nome di un canale")),
    ("dopo:2026-03-01", _("da quel giorno in poi; anche «ieri», «1/3/2026»")),
    ("prima:2026-04-01", _("prima di quel giorno")),
    ('"frase esatta"', _("queste parole, una dopo l’altra")),
    ("-parola", _("senza questa parola")),
]
_FOUND = re.compile(f"{look.START}([^{look.START}{look.STOP}]*){look.STOP}")
_STRAY = re.compile(f"[{look.START}{look.STOP}]")


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    scope = request.GET.get("dove", "tutto")
    scope = scope if scope in SCOPES else "tutto"
    too_slow = False
    found = look.Found()
    try:
        found = look.search(
            colleague_of(request), words, scope=SCOPES[scope][0], now=timezone.now()
        )
    except patience.TooSlow:
        too_slow = True
    open_to_him = colleague_of(request).shows_abuse
    context = {
        "section": "search",
        "words": words,
        "scope": scope,
        "scopes": [(path, name) for path, (_code, name) in SCOPES.items()],
        "found": found,
        "hits": [(hit, marked(seen(hit.snippet, whole=open_to_him))) for hit in found.hits],
        "too_slow": too_slow,
        "strange": [*found.wanted.unknown, *found.wanted.unread],
        "operators": OPERATORS,
    }
    return render(request, "desk/search/search.html", context)


def seen(snippet: str, *, whole: bool) -> str:
    """Without its insults: they stand in the message, behind its click. Where a mark stands in the
    middle of one, the marks go."""
    plain = _STRAY.sub("", snippet)
    if whole or not is_abusive(plain):
        return snippet
    as_marked, as_read = covered(snippet), covered(plain)
    return as_marked if _STRAY.sub("", as_marked) == as_read else as_read


def marked(snippet: str) -> SafeString:
    """The snippet as HTML: everything escaped, then what was found put in `<mark>`."""
    found = _FOUND.sub(r"<mark>\1</mark>", str(escape(snippet)))
    return mark_safe(_STRAY.sub("", found))  # noqa: S308 # escaped in the line above
