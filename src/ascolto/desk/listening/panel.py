"""What stands beside something said in public: what is known of its author, and what to do."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ascolto.alerts.models import Call
from ascolto.alerts.queries import calls_about
from ascolto.cases.access import visible_cases, visible_customers
from ascolto.cases.models import Case
from ascolto.channels.ports import Manners
from ascolto.channels.registry import manners_of
from ascolto.desk.guards import colleague_of
from ascolto.desk.listening.forms import AnswerForm, AskForm, CaseForm, ThanksForm
from ascolto.desk.listening.seeing import hidden_teams
from ascolto.listening import queries
from ascolto.listening.models import Mention
from ascolto.listening.queries import OurAnswer, StreamRow
from ascolto.listening.queries.mention import MentionPage
from ascolto.people.likeness.policy import Evidence, evidence_of
from ascolto.people.likeness.queries import likenesses_of
from ascolto.people.likeness.strangers import resembled
from ascolto.people.models import Customer
from ascolto.people.queries import records_of
from ascolto.staff.models import Colleague
from ascolto.triage.authors import author_of
from ascolto.triage.reading_it import what_one_click_says

FEW = 3
HOPS = {
    "written": _("scritto"),
    "heard": _("sentito"),
    "matched": _("riconosciuto dal monitor"),
    "alerted": _("avvisato chi è di turno"),
    "opened": _("aperto da qualcuno"),
    "answered": _("risposto"),
}


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody we know who may be the author, with what speaks for it."""

    customer: Customer
    score: int
    evidence: Sequence[Evidence]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of who wrote it, as far as the reader may know."""

    customer: Customer | None = None
    likely: Sequence[Likely] = ()
    cases: Sequence[Case] = ()
    others: Sequence[StreamRow] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    known: Known
    answers: Sequence[tuple[OurAnswer, bool]]  # and whether it can still be called back
    calls: Sequence[Call]
    manners: Manners
    named: str  # the name that is put before the words, if they do not say it
    ways: Sequence[str]  # of "caso", "rispondi", "chiedi": what can be done now
    does: str  # the one that is shown
    forms: dict[str, Any] = field(default_factory=dict)
    reads: str = ""  # what one click says in public before one goes on in private; empty: nothing


def panel_of(
    request: HttpRequest,
    mention: Mention,
    page: MentionPage,
    *,
    case_id: int | None,
    now: datetime,
    bound: dict[str, Any] | None = None,
) -> Panel:
    """`bound` holds the form that was sent and is not right, by what it was to do."""
    me = colleague_of(request)
    answers = queries.answers_to(mention)
    ways = _ways(page, case_id)
    wanted = next(iter(bound)) if bound else request.GET.get("fai", "")
    first = "rispondi" if page.row.kind == Mention.Kind.PRAISE and "rispondi" in ways else ways[0]
    does = wanted if wanted in ways else first
    forms = _forms(mention, page, answers, me=me) | (bound or {})
    if wanted in ways:  # it was chosen: one writes at once
        _begin_in(forms[does])
    manners = manners_of(mention.channel.kind)
    handle = page.row.handle if manners.names_him and page.row.handle.startswith("@") else ""
    return Panel(
        known=known_of(mention, me, hidden=hidden_teams(me)),
        answers=[(one, one.may_be_called_back(me, now=now)) for one in answers],
        calls=calls_about(mention.reference),
        manners=manners,
        named=handle,
        ways=ways,
        does=does,
        forms=forms,
        reads=what_one_click_says(mention, by=me),
    )


def known_of(mention: Mention, me: Colleague, *, hidden: Collection[int]) -> Known:
    others = queries.others_of(mention, hidden_teams=hidden)
    among = visible_customers(me)
    if mention.identity is None:
        several = resembled(author_of(mention), words=[mention.text])[:FEW]
        found = among.in_bulk([one.customer_id for one in several])
        likely = [
            Likely(found[one.customer_id], one.score, one.evidence)
            for one in several
            if one.customer_id in found
        ]
        return Known(likely=likely, others=others)
    records = records_of(mention.identity.customer_id)
    cases = visible_cases(me).filter(customer__in=records, resolved_at=None, merged_into=None)
    likely = [
        Likely(row.other(records).customer, row.likeness.score, evidence_of(row.likeness.evidence))
        for row in likenesses_of(records, lambda: among)
    ]
    return Known(
        customer=among.filter(pk=records[0]).first(),
        likely=likely,
        cases=list(cases.order_by("-last_at")[:FEW]),
        others=others,
    )


def back_of(request: HttpRequest) -> str:
    """The stream as it was when this was opened: its choices travel along as `da`."""
    chosen = QueryDict(request.GET.get("da", "")[:300], mutable=True)
    for name in set(chosen) - {"di", "monitor", "fonte", "stato", "cliente"}:
        del chosen[name]
    query = chosen.urlencode()
    return reverse("desk:listening") + (f"?{query}" if query else "")


def _ways(page: MentionPage, case_id: int | None) -> list[str]:
    open_to = case_id is None and page.row.gone_at is None
    found = ["caso"] if open_to else []
    found += ["rispondi"] if open_to and page.can_answer else []
    return [*found, "chiedi"]


def _begin_in(form: django_forms.Form) -> None:
    first = "to" if "to" in form.fields else "text" if "text" in form.fields else "subject"
    form.fields[first].widget.attrs["autofocus"] = True


def _forms(
    mention: Mention, page: MentionPage, answers: Sequence[OurAnswer], *, me: Colleague
) -> dict[str, Any]:
    praised = page.row.kind == Mention.Kind.PRAISE and not answers
    again = next((one.text for one in reversed(answers) if one.author_id == me.pk), "")
    newest = answers[-1] if answers else None
    begun = again if newest and newest.called_back_at and newest.author_id == me.pk else ""
    seen = newest.id if newest else 0
    return {
        "caso": CaseForm(mention=mention, can_answer=page.can_answer),
        "rispondi": ThanksForm(mention=mention)
        if praised
        else AnswerForm(mention=mention, begun=begun, seen=seen),
        "chiedi": AskForm(mention=mention, by=me),
    }
