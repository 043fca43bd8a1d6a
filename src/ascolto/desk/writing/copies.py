"""Who gets a copy of an answer: typed, or taken over from a message only when somebody asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ascolto.cases import services
from ascolto.cases.queries.ways import all_readers
from ascolto.cases.services.reaching import NotReached
from ascolto.desk.guards import case_or_404, signed_in


@signed_in
@require_safe
def reply_to_all(request: HttpRequest, case_id: int) -> HttpResponse:
    """The copies field, filled with everybody else whom the customer wrote to.

    Without script, `?tutti=1` on the page of the case does the same.
    """
    case = case_or_404(request, case_id)
    context = {"case": case, "cc": ", ".join(all_readers(case)), "shown": True}
    return render(request, "desk/writing/_copies.html", context)


def problem_of(error: services.NotAnAddress | services.TooManyCopies | NotReached) -> str:
    """The sentence for addresses that cannot be written to."""
    if isinstance(error, NotReached):
        said = _("La posta a %s torna indietro: scegli un altro indirizzo.")
        return said % str(error.args[0])
    if isinstance(error, services.NotAnAddress):
        said = _(
            "«%s» non è un indirizzo a cui si può scrivere. Correggilo: il testo è ancora qui."
        )
        return said % str(error.args[0])
    said = _("Le copie sono %(given)s e se ne possono mandare al massimo %(limit)s.")
    return said % {"given": error.args[0], "limit": error.args[1]}
