"""The words for what speaks for two records being one person."""

from collections.abc import Collection

from django import template
from django.utils.translation import gettext_lazy as _

from ascolto.people.likeness.policy import Evidence
from ascolto.people.likeness.queries import LikenessRow, Side

register = template.Library()

WHY = {
    "PHONE": _("un numero che è nelle parole dell’altro"),
    "EMAIL": _("un indirizzo che è nelle parole dell’altro"),
    "REFERENCE": _("lo stesso ordine o contratto"),
    "RARE_NAME": _("lo stesso nome, che non ha nessun altro"),
    "NAME": _("lo stesso nome"),
    "NAME_CLOSE": _("un nome quasi uguale"),
    "HANDLE": _("lo stesso nome di profilo o di posta"),
    "HANDLE_NAME": _("il profilo è il nome dell’altro"),
    "SIGNATURE": _("firma con il nome dell’altro"),
    "QUESTION": _("la stessa domanda su due canali, a pochi minuti"),
}


@register.filter
def why(one: Evidence) -> str:
    return str(WHY[one.kind])


@register.filter
def other_than(row: LikenessRow, customer_ids: Collection[int]) -> Side:
    """The side that is not one of these records."""
    return row.other(customer_ids)
