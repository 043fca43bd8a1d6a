"""What leaves by itself: which fields it may name, and the company's own words, if it has any."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ascolto.knowledge.models import Template
from ascolto.knowledge.policy import expand, fields_in

# Nothing that the writer chose: his subject or his name would carry a stranger's words to others.
FIELDS: Mapping[str, tuple[str, ...]] = {
    Template.Key.RECEIPT: ("caso", "squadra", "azienda"),
    Template.Key.LINK_LINE: ("caso", "azienda"),
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
