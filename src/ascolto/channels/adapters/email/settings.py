"""What a mailbox channel is told: where its servers are and how to sign. Loud on nonsense."""

import ipaddress
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ascolto.channels.adapters.email.dkim import BadKey, Signer

Security = Literal["tls", "starttls", "plain"]
Start = Literal["ALL", "NEW"]

_HOST = re.compile(r"(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
_PORTS: dict[str, dict[str, int]] = {
    "imap": {"tls": 993, "starttls": 143, "plain": 143},
    "smtp": {"tls": 465, "starttls": 587, "plain": 25},
}
_KEYS = {"imap", "smtp", "dkim", "folder", "idle", "mark_seen", "start", "demo"}
_SERVER_KEYS = {"host", "port", "security", "user", "ca_file", "allow_plain"}
_SECRETS = {"imap_password", "smtp_password", "dkim_key"}
_LONGEST = 500
_LAST_PORT = 65535


class BadSettings(ValueError):
    """A setting that cannot be meant. Names it; never quotes a secret."""


@dataclass(frozen=True, slots=True)
class Server:
    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""
    """Trust only this authority, for a server with a certificate of the house."""


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    address: str
    imap: Server | None = None
    smtp: Server | None = None
    signer: Signer | None = None
    folder: str = "INBOX"
    idle: bool = True
    mark_seen: bool = False
    start: Start = "ALL"
    """What of a mailbox that is older than the channel belongs to it."""


def parse(address: str, settings: Mapping[str, Any], secret: bytes) -> MailboxSettings:
    """`settings` as stored with the channel, `secret` its unsealed JSON. Raises `BadSettings`.

    settings: `imap` and `smtp` {host, port, security, user, ca_file, allow_plain}, `dkim`
    {domain, selector}, `folder`, `idle`, `mark_seen`, `start`. secret: `imap_password`,
    `smtp_password`, `dkim_key`.
    """
    _known(settings, _KEYS, "")
    secrets = _secrets(secret)
    start = _text(settings, "start", "ALL")
    if start not in {"ALL", "NEW"}:
        raise BadSettings("start must be ALL or NEW")
    return MailboxSettings(
        address=address,
        imap=_server("imap", settings, secrets.get("imap_password", "")),
        smtp=_server("smtp", settings, secrets.get("smtp_password", "")),
        signer=_signer(settings, secrets.get("dkim_key", "")),
        folder=_text(settings, "folder", "INBOX"),
        idle=_flag(settings, "idle", default=True),
        mark_seen=_flag(settings, "mark_seen", default=False),
        start="NEW" if start == "NEW" else "ALL",
    )


def _secrets(secret: bytes) -> dict[str, str]:
    try:
        found = json.loads(secret) if secret else {}
    except ValueError:
        raise BadSettings("the sealed secret is not JSON") from None
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise BadSettings("the sealed secret must be an object of texts")
    _known(found, _SECRETS, "the secret's ")
    if any(re.search(r"[\r\n\0]", found.get(name, "")) for name in _SECRETS - {"dkim_key"}):
        raise BadSettings("a password has no line ends")
    return found


def _server(name: str, settings: Mapping[str, Any], password: str) -> Server | None:
    given = settings.get(name)
    if given is None:
        return None
    if not isinstance(given, Mapping):
        raise BadSettings(f"{name} must be an object")
    _known(given, _SERVER_KEYS, f"{name}.")
    host = _text(given, "host", "", of=name)
    if not _HOST.fullmatch(host):
        raise BadSettings(f"{name}.host must be the name of a server, not {host!r}")
    security = _security(name, given, host)
    port = given.get("port", _PORTS[name][security])
    if type(port) is not int or not 1 <= port <= _LAST_PORT:
        raise BadSettings(f"{name}.port must be a number from 1 to 65535, not {port!r}")
    user = _text(given, "user", "", of=name)
    if bool(user) != bool(password) or (name == "imap" and not user):
        raise BadSettings(f"{name} needs both a user and a password")
    return Server(host, port, security, user, password, _text(given, "ca_file", "", of=name))


def _security(name: str, given: Mapping[str, Any], host: str) -> Security:
    said = _text(given, "security", "tls", of=name)
    if said == "plain" and not (_flag(given, "allow_plain", default=False) or _is_here(host)):
        raise BadSettings(f"{name}.security: plain would send the password readable over the net")
    match said:
        case "tls" | "starttls" | "plain":
            return said
        case _:
            raise BadSettings(f"{name}.security must be tls, starttls or plain, not {said!r}")


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _signer(settings: Mapping[str, Any], key: str) -> Signer | None:
    given = settings.get("dkim")
    if given is None and not key:
        return None
    if not isinstance(given, Mapping) or not key:
        raise BadSettings("dkim needs a domain, a selector and a key")
    _known(given, {"domain", "selector"}, "dkim.")
    try:
        return Signer.from_pem(
            domain=_text(given, "domain", "", of="dkim"),
            selector=_text(given, "selector", "", of="dkim"),
            pem=key,
        )
    except BadKey as problem:
        raise BadSettings(f"dkim: {problem}") from None


def _known(given: Mapping[str, Any], keys: set[str], where: str) -> None:
    strange = sorted(str(key)[:40] for key in given.keys() - keys)
    if strange:
        raise BadSettings(f"{where}{strange[0]} is not a setting of a mailbox")


def _text(given: Mapping[str, Any], name: str, default: str, *, of: str = "") -> str:
    value = given.get(name, default)
    where = f"{of}.{name}" if of else name
    if not isinstance(value, str) or len(value) > _LONGEST or not value.isprintable():
        raise BadSettings(f"{where} must be a line of text")
    return value.strip()


def _flag(given: Mapping[str, Any], name: str, *, default: bool) -> bool:
    value = given.get(name, default)
    if not isinstance(value, bool):
        raise BadSettings(f"{name} must be true or false, not {value!r}")
    return value
