"""What leaves by itself: which fields it may name, and the company's own words, if it has any."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, override

from ascolto.knowledge.models import Template
from ascolto.knowledge.policy import expand, fields_in

# Nothing that the writer chose: his subject or his name would carry a stranger's words to others.
FIELDS: Mapping[str, tuple[str, ...]] = {
    Template.Key.RECEIPT: ("caso", "squadra", "azienda"),
    Template.Key.LINK_LINE: ("caso", "azienda"),
    Template.Key.POINTER: ("canale", "azienda"),  # anybody may read it
    Template.Key.READ_IT: ("nome", "azienda"),  # only to himself, and no insult of a name
    Template.Key.SIGN_IN: ("azienda",),  # the link itself stands below, whatever is written
    Template.Key.SECURITY: (
        "collega",
        "fatto",
        "quando",
        "dispositivo",
        "indirizzo",
        "azienda",
    ),
}


@dataclass(frozen=True, slots=True)
class Words:
    subject: str
    text: str

    def filled(self, values: Mapping[str, str]) -> "Words":
        return Words(expand(self.subject, values), expand(self.text, values))


def strange_fields(key: str, text: str) -> list[str]:
    """The fields in braces that nothing would fill."""
    return [name for name in fields_in(text) if name not in FIELDS.get(key, ())]


def own_words(key: str, languages: Collection[str]) -> dict[str, Words]:
    """The company's own words by language; where it has none, ours stand. One query."""
    found = Template.objects.filter(key=key, language__in=set(languages))
    return {one.language: Words(one.subject, one.text) for one in found}


def our_sign_in(language: str) -> Words:
    """What a customer reads who asked to be let in, where the company has no words of its own."""
    with override(language):
        return Words(
            gettext("Il suo collegamento per entrare"),
            gettext(
                "Qualcuno, forse lei, ha chiesto di vedere le richieste di questo indirizzo.\n"
                "Se è stato lei, apra il collegamento qui sotto e prema il bottone: vale un "
                "giorno e una volta sola.\n\n"
                "Se non è stato lei, non deve fare nulla: senza il collegamento non entra "
                "nessuno."
            ),
        )
