"""Writing to a customer first: which address, from which mailbox, about what."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascolto.cases.access import visible_team_ids
from ascolto.cases.models import Conversation
from ascolto.cases.services import NothingToSay, NoWayToAnswer
from ascolto.cases.services.beginning import FirstLetter, NoSubject, begin_case
from ascolto.cases.services.reaching import NotReached
from ascolto.channels.models import Channel
from ascolto.desk.case import place
from ascolto.desk.customers.guards import editor_of, records_or_404
from ascolto.desk.guards import number_in, signed_in
from ascolto.people.models import Customer, Identity
from ascolto.people.queries import identities_of
from ascolto.pressure.models import Unreachable
from ascolto.staff.models import Colleague


@signed_in
@require_safe
def compose(request: HttpRequest, customer_id: int) -> HttpResponse:
    """The page to write on."""
    author, customer = editor_of(request), records_or_404(request, customer_id)[0]
    return _page(request, customer, author)


@signed_in
@require_POST
def send(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Open a case with these words. What cannot leave stays in its boxes, with the reason."""
    author, customer = editor_of(request), records_or_404(request, customer_id)[0]
    said = {name: request.POST.get(name, "").replace("\x00", "") for name in ("subject", "text")}
    chosen = number_in(request.POST.get("a", ""))
    identity = next((one for one in _addresses(customer) if one.pk == chosen), None)
    mailbox = _mailboxes(author).filter(pk=number_in(request.POST.get("da", ""))).first()
    if identity is None or mailbox is None:
        return _page(request, customer, author, problem=_("Scegli a quale indirizzo, e da dove."))
    letter = FirstLetter(identity, mailbox, **said)
    try:
        message = begin_case(customer, letter, author=author, now=timezone.now())
    except NoSubject:
        return _page(request, customer, author, problem=_("Scrivi di che cosa si tratta."))
    except NothingToSay:
        problem = _("Non c’è niente da inviare: scrivi il messaggio.")
        return _page(request, customer, author, problem=problem)
    except NoWayToAnswer:
        problem = _("Da qui non si può scrivere a quell’indirizzo: scegline un altro.")
        return _page(request, customer, author, problem=problem)
    except NotReached:
        problem = _("La posta a %s torna indietro: scegli un altro indirizzo.") % identity.value
        return _page(request, customer, author, problem=problem)
    return redirect(place(message.case))


def _page(
    request: HttpRequest, customer: Customer, author: Colleague, *, problem: str = ""
) -> HttpResponse:
    addresses, mailboxes = _addresses(customer), list(_mailboxes(author).order_by("title", "pk"))
    lost = Unreachable.objects.filter(identity__in=addresses, reached_again_at=None)
    context = {
        "section": "customers",
        "customer": customer,
        "addresses": addresses,
        "lost": set(lost.values_list("identity", flat=True)),
        "mailboxes": mailboxes,
        "chosen_address": number_in(request.POST.get("a", "")),
        "chosen_mailbox": number_in(request.POST.get("da", "")) or _known(addresses, mailboxes),
        "subject": request.POST.get("subject", ""),
        "text": request.POST.get("text", ""),
        "problem": problem,
    }
    return render(request, "desk/customers/write.html", context, status=422 if problem else 200)


def _addresses(customer: Customer) -> list[Identity]:
    return [one for one in identities_of(customer.pk) if one.kind == Identity.Kind.EMAIL]


def _mailboxes(colleague: Colleague) -> QuerySet[Channel]:
    """Those that are open, of teams whose cases he may see."""
    known = Channel.objects.filter(kind=Channel.Kind.EMAIL, closed_at=None)
    teams = visible_team_ids(colleague)
    return known if teams is None else known.filter(team__in=teams)


def _known(addresses: list[Identity], mailboxes: list[Channel]) -> int | None:
    """The mailbox he knows: that of his newest conversation by mail."""
    newest = Conversation.objects.filter(identity__in=addresses, channel__in=mailboxes)
    return newest.order_by("-opened_at").values_list("channel", flat=True).first()
