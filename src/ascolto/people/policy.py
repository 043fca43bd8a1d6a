"""How an identity is written so that the same one is always found again. Pure."""

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers

from ascolto.people.handles import typed_form

ADDRESS = re.compile(r"[^\s@<>\",;:\\]{1,64}@[^\s@<>\",;:\\]{1,255}")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a message says it is from: one identity as written, and the name beside it.

    A handle is `network:id` with the id that never changes ("bluesky:did:plc:…"); `shown` is how
    people write it ("@giulia.example"), and `aliases` are other keys under which somebody may have
    written it down before it was ever heard ("bluesky:giulia.example").
    """

    kind: str  # one of Identity.Kind
    value: str
    name: str = ""
    shown: str = ""
    aliases: tuple[str, ...] = ()


def initials_of(name: str) -> str:
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


def normal_form(kind: str, value: str, *, region: str = "IT") -> str | None:
    """The form under which `value` is looked up, or None if it is not one of its kind.

    E-mail: lower case, the domain in its ASCII (IDNA) form. Phone: E.164 of a possible number.
    Handles: `network:name` where the network is told. References: folded case, no spaces around.
    """
    text = unicodedata.normalize("NFKC", value).strip()
    if kind == "EMAIL":
        return _normal_address(text)
    if kind == "PHONE":
        return _normal_phone(text, region)
    return (typed_form(text) if kind == "HANDLE" else text.casefold()) or None


def guessed_kind(text: str, *, region: str = "IT") -> str:
    """What somebody typed into one box: an address, a number, or else a handle."""
    if "@" in text.strip().lstrip("@") and typed_form(text) == text.strip().casefold():
        return "EMAIL"
    only_digits = re.fullmatch(r"[\d\s()+./-]+", text.strip())
    return "PHONE" if only_digits and _normal_phone(text, region) else "HANDLE"


def _normal_address(text: str) -> str | None:
    if not ADDRESS.fullmatch(text):
        return None
    local, _, domain = text.rpartition("@")
    try:
        host = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return f"{local}@{host}".casefold()


def _normal_phone(text: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def name_from(sender: Sender) -> str:
    """A name to call a customer by when all we have is his address."""
    name = " ".join("".join(c if c.isprintable() else " " for c in sender.name).split())
    if name:
        return name[:200]
    local = sender.value.partition("@")[0] if sender.kind == "EMAIL" else sender.value
    words = [word for word in re.split(r"[._\-+\d]+", local) if word]
    return " ".join(word.capitalize() for word in words)[:200] or sender.value[:200]
