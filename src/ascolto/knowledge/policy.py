"""Fields in words written once: "Buongiorno {cliente}". Pure."""

import re
from collections.abc import Mapping

# What may stand in braces. `nome` is the first word of a person's name.
FIELDS = ("cliente", "nome", "caso", "oggetto", "operatore", "azienda", "squadra")
_FIELD = re.compile(r"\{\s*([^\W\d][\w-]*)\s*\}")


def fields_in(text: str) -> list[str]:
    """The fields a text asks for, in their order, once each."""
    return list(dict.fromkeys(name.casefold() for name in _FIELD.findall(text)))


def unknown_fields(text: str) -> list[str]:
    """Those of its fields that nothing would fill: such a text must not be kept."""
    return [name for name in fields_in(text) if name not in FIELDS]


def expand(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled. Braces that are no field we fill stay as they are.

    What is filled in is not looked at again: a customer called "{caso}" is called that.
    """
    return _FIELD.sub(lambda found: values.get(found[1].casefold(), found[0]), text)
