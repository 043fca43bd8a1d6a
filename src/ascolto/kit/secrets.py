"""Where the installation's secret comes from, and how stored secrets are sealed with it."""

import base64
import os
import secrets
import stat
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from ascolto.kit import keyring
from ascolto.kit.environment import BadSetting, Environment

SECRET = "ASCOLTO_SECRET_KEY"  # noqa: S105 -- the name of a setting
OLD_SECRETS = "ASCOLTO_OLD_SECRET_KEYS"
FILE = "secret.key"
SHORTEST = 32  # characters
PURPOSE = "sealed"


class WrongKey(Exception):
    """It was sealed with another secret, or was altered since. Nothing of it can be told."""


def installation_secret(environment: Environment, home: Path) -> bytes:
    """The secret of this installation: from the environment, else from `home/secret.key`.

    The file is made on the first start, for its owner's eyes only. It belongs in the backup, but
    not beside the database's: whoever has both can read the stored passwords.
    """
    given = environment.secret(SECRET)
    if given is not None:
        return _long_enough(given, SECRET)
    file = home / FILE
    try:
        if not file.exists():
            _make(file)
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise BadSetting(f"{file} can be read by others: chmod 600 it, or set {SECRET}")
        return _long_enough(file.read_text(encoding="utf-8").strip(), str(file))
    except (OSError, UnicodeDecodeError) as problem:
        raise BadSetting(f"{file} cannot be used: {problem}; or set {SECRET}") from problem


def old_secrets(environment: Environment) -> tuple[bytes, ...]:
    """Secrets of before, separated by commas or blanks, newest first: they open, never seal."""
    given = environment.secret(OLD_SECRETS) or ""
    return tuple(_long_enough(part, OLD_SECRETS) for part in given.replace(",", " ").split())


def seal(text: str) -> bytes:
    """Encrypt `text` with the installed secret, to be stored."""
    return seal_with(keyring.current(), text)


def unseal(sealed: bytes) -> str:
    """What was sealed, with the installed secret or one of the old ones. Raises `WrongKey`."""
    return unseal_with(keyring.current(), sealed)


def seal_with(given: Sequence[bytes], text: str) -> bytes:
    return _box(given).encrypt(text.encode())


def unseal_with(given: Sequence[bytes], sealed: bytes) -> str:
    try:
        return _box(given).decrypt(sealed).decode()
    except InvalidToken as problem:
        raise WrongKey(
            f"a stored secret was sealed with another key; add the former one to {OLD_SECRETS}"
        ) from problem


def seal_anew(given: Sequence[bytes], sealed: bytes) -> bytes:
    """The same content under the newest secret: after this the old ones can be thrown away."""
    return seal_with(given, unseal_with(given, sealed))


def _box(given: Sequence[bytes]) -> MultiFernet:
    keys = [keyring.purpose_key(secret, PURPOSE) for secret in given]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def _long_enough(text: str, origin: str) -> bytes:
    if len(text) < SHORTEST:
        raise BadSetting(f"{origin} must be at least {SHORTEST} characters long")
    return text.encode()


def _make(file: Path) -> None:
    """Two processes may start at once: both write a draft, and the first to link it wins."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{FILE}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(secrets.token_urlsafe(48) + "\n")
        opened.flush()
        os.fsync(opened.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
