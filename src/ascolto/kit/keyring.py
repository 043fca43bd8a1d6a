"""The secrets of the running installation. Installed once, when Django starts; no Django here.

Policies sign and verify, and policies are pure: so the secret is put here by `kit.apps` instead of
being fetched from the settings by whoever needs it.
"""

from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32

_installed: tuple[bytes, ...] = ()


class NoSecret(RuntimeError):
    """Nobody installed a secret: Django was not set up."""


def install(newest: bytes, *older: bytes) -> None:
    """The first secret seals and signs; the older ones still open and verify."""
    global _installed  # noqa: PLW0603 -- one process serves one installation
    _installed = (newest, *older)


def current() -> tuple[bytes, ...]:
    if not _installed:
        raise NoSecret("no secret is installed; call django.setup() first")
    return _installed


@lru_cache(maxsize=256)
def purpose_key(secret: bytes, purpose: str) -> bytes:
    """32 bytes for this purpose alone (HKDF-SHA256): what leaks for one opens no other."""
    derived = HKDF(SHA256(), KEY_BYTES, salt=b"ascolto", info=purpose.encode())
    return derived.derive(secret)
