"""What a channel is told by those who lead: its settings and its sealed secret, read loudly."""

import json
from collections.abc import Mapping
from typing import Any

from ascolto.channels.models import Channel
from ascolto.channels.ports import NotLetIn
from ascolto.channels.words import web_address
from ascolto.kit.secrets import WrongKey, unseal

LONGEST = 2000
COMMON = frozenset({"answers_by", "demo"})


class BadSettings(NotLetIn):
    """A setting that cannot be meant: a person has to mend it. Never quotes a secret."""


class Told:
    """The settings of one channel. Every method raises `BadSettings`, naming the setting."""

    def __init__(self, given: Mapping[str, Any], secrets: Mapping[str, str] | None = None) -> None:
        self._given = given
        self._secrets = secrets or {}

    def only(self, *names: str) -> None:
        """Refuse what nobody reads: most likely a slip of the pen."""
        strange = sorted(str(name)[:40] for name in self._given.keys() - {*names} - COMMON)
        if strange:
            raise BadSettings(f"l’impostazione {strange[0]} non esiste per questa fonte")

    def text(self, name: str, default: str | None = None) -> str:
        value = self._given.get(name, default)
        if not isinstance(value, str) or len(value) > LONGEST or not value.isprintable():
            raise BadSettings(f"manca {name}, o non è una riga di testo")
        return value.strip()

    def secret(self, name: str) -> str:
        value = self._secrets.get(name, "")
        if not value or not value.isprintable():
            raise BadSettings(f"manca il segreto {name}")
        return value

    def url(self, name: str, default: str | None = None) -> str:
        given = self.text(name, default)
        if not web_address(given):
            raise BadSettings(f"{name} non è un indirizzo web")
        return given.rstrip("/")

    def number(self, name: str, default: int, *, low: int, high: int) -> int:
        value = self._given.get(name, default)
        if type(value) is not int or not low <= value <= high:
            raise BadSettings(f"{name} dev’essere un numero da {low} a {high}")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        value = self._given.get(name, default)
        if not isinstance(value, bool):
            raise BadSettings(f"{name} dev’essere vero o falso")
        return value

    def choice(self, name: str, default: str, allowed: frozenset[str]) -> str:
        value = self._given.get(name, default)
        if value not in allowed:
            raise BadSettings(f"{name} dev’essere uno di: {', '.join(sorted(allowed))}")
        return str(value)

    def words(self, name: str) -> tuple[str, ...]:
        value = self._given.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise BadSettings(f"{name} dev’essere un elenco di parole")
        return tuple(one.strip() for one in value if one.strip())


def told(channel: Channel) -> Told:
    """Settings and unsealed secret of a channel. Raises `BadSettings`."""
    sealed = bytes(channel.secret)
    try:
        opened = json.loads(unseal(sealed)) if sealed else {}
    except WrongKey as problem:
        raise BadSettings(str(problem)) from problem
    except ValueError:
        raise BadSettings("il segreto custodito non è leggibile") from None
    if not isinstance(opened, dict) or not all(isinstance(one, str) for one in opened.values()):
        raise BadSettings("il segreto custodito non è leggibile")
    return Told(channel.settings, opened)
