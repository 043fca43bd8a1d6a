"""The demo company from its inside: what is worth trying, the post that never leaves, the end."""

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ascolto.cases.models import Message
from ascolto.channels.models import Outgoing
from ascolto.channels.services.parcels import parcel_of
from ascolto.desk import demo_emptying
from ascolto.desk.guards import number_in, signed_in
from ascolto.desk.setup_guard import let_in
from ascolto.kit.secrets import WrongKey
from ascolto.people.models import Customer
from ascolto.staff.queries import company

WORD = "svuota"
PAGE = 30


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What to try, and the way out of the fiction."""
    _only_in_demo()
    return render(request, "desk/demo/show.html", _context())


@signed_in
@require_safe
def post(request: HttpRequest) -> HttpResponse:
    """Everything that "left": newest first, with the words as their reader would have them."""
    _only_in_demo()
    before = number_in(request.GET.get("prima", ""))
    sent = Outgoing.objects.filter(sent_at__isnull=False).select_related(
        "channel", "identity__customer", "author"
    )
    if before:
        sent = sent.filter(pk__lt=before)
    letters = list(sent.order_by("-pk")[: PAGE + 1])
    context = {
        "letters": [{"outgoing": letter, "text": _text(letter)} for letter in letters[:PAGE]],
        "older": letters[PAGE - 1].pk if len(letters) > PAGE else None,
        "now": timezone.now(),
    }
    return render(request, "desk/demo/post.html", context)


@signed_in
@require_http_methods(["POST"])
def empty(request: HttpRequest) -> HttpResponse:
    """Empty the demo company, because somebody typed that he wants it, and go to the set-up."""
    _only_in_demo()
    if request.POST.get("parola", "").strip().casefold() != WORD:
        sentence = _("Per svuotare scrivi «svuota», poi premi il bottone.")
        return render(request, "desk/demo/show.html", {**_context(), "error": sentence}, status=422)
    try:
        demo_emptying.empty(now=timezone.now())
    except demo_emptying.RealMail:
        sentence = _(
            "È collegata una casella vera, e qualcuno ha già scritto. Per non perdere posta vera "
            "l’azienda di prova non si svuota: comincia con un’installazione nuova."
        )
        return render(request, "desk/demo/show.html", {**_context(), "error": sentence}, status=409)
    logout(request)
    let_in(request)
    return redirect("desk:setup")


def _only_in_demo() -> None:
    if not company().is_demo:
        raise Http404


def _context() -> dict[str, object]:
    return {"customers": Customer.objects.count(), "written": Message.objects.count()}


def _text(outgoing: Outgoing) -> str:
    try:
        return parcel_of(outgoing).text
    except WrongKey:  # the secret of the installation was changed: the link is gone, not the words
        return outgoing.text
